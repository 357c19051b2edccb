import CComputeKernels

/// A matrix product by tiles, of matrices that are copied into the order in which the tiles read them.
///
/// Where the time goes: a tile of C stays in registers while it takes in `depth` columns of A and rows
/// of B; a panel of B, as wide as a tile, stays in the first cache while all tiles of a block of rows
/// pass; the block of A that they read stays in the second cache. So B is copied into panels first, which
/// also turns it round if it is transposed, and A into strips as high as a tile.
///
/// Each number of C is computed by one thread, over the depth in order, in blocks whose size depends on
/// the shape alone. So the result is the same for any number of threads.
/// - Source: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34,
///   2008; Van Zee and van de Geijn, "BLIS", ACM TOMS 41, 2015, for the loops around the tile.
struct PackedProduct {
  /// `Chosen:` a panel of 384 × 16 numbers fills three quarters of a first cache of 32 KiB.
  private static let largestDepth = 384
  /// `Chosen:` strips of 192 rows × 384 fill 288 KiB of a second cache of 512 KiB or more.
  private static let largestRows = 192
  /// `Chosen:` panels of 3,072 columns × 384 fill 4.5 MiB of a third cache, once for all threads.
  private static let largestColumns = 3_072
  /// `Chosen:` up to so many tiles beside each other read A where it lies: a copy costs more than it
  /// saves, by measurement between 64 and 128 columns.
  private static let fewPanels = 8
  /// `Chosen:` so many chunks for each thread, so that one that is held up holds up little.
  private static let chunksPerThread = 4
  /// Panels or strips that are copied in one chunk.
  private static let copiedAtOnce = 4

  private let product: MatrixProduct
  private let kernel: GemmKernel
  private let threads: Int
  private let copiesA: Bool

  /// Depth and columns of a block.
  private let depthStep: Int
  private let columnStep: Int
  private let strips: Int

  init(_ product: MatrixProduct, kernel: GemmKernel, threads: Int) {
    self.product = product
    self.kernel = kernel
    self.threads = threads
    depthStep = PackedProduct.step(product.depth, PackedProduct.largestDepth, multipleOf: 4)
    columnStep = PackedProduct.step(
      product.columns, PackedProduct.largestColumns, multipleOf: kernel.width)
    strips = (product.rows + kernel.height - 1) / kernel.height
    copiesA = product.columns > PackedProduct.fewPanels * kernel.width
  }

  /// The length of equal steps that are no longer than a limit.
  private static func step(_ count: Int, _ limit: Int, multipleOf grain: Int) -> Int {
    let steps = (count + limit - 1) / limit
    return ((count + steps - 1) / steps + grain - 1) / grain * grain
  }

  func run(on pool: WorkerPool) {
    let panelFloats = columnStep * depthStep
    let stripFloats = copiesA ? strips * kernel.height * depthStep : 0
    pool.scratch.withFloats(panelFloats + stripFloats) { memory in
      for column in stride(from: 0, to: product.columns, by: columnStep) {
        for depth in stride(from: 0, to: product.depth, by: depthStep) {
          let block = Block(
            column: column, columns: min(columnStep, product.columns - column), firstDepth: depth,
            depth: min(depthStep, product.depth - depth), panels: memory,
            strips: memory + panelFloats)
          copy(block, on: pool)
          multiply(block, on: pool)
        }
      }
    }
  }

  /// Some columns of B and C over some of the depth, with the copies.
  private struct Block {
    let column: Int
    let columns: Int
    let firstDepth: Int
    let depth: Int
    let panels: UnsafeMutablePointer<Float>
    let strips: UnsafeMutablePointer<Float>
  }

  // MARK: - Copies

  private func copy(_ block: Block, on pool: WorkerPool) {
    let panelColumns = PackedProduct.copiedAtOnce * kernel.width
    let stripRows = PackedProduct.copiedAtOnce * kernel.height
    let panelChunks = (block.columns + panelColumns - 1) / panelColumns
    let stripChunks = copiesA ? (product.rows + stripRows - 1) / stripRows : 0
    run(panelChunks + stripChunks, on: pool) { chunk in
      if chunk < panelChunks {
        copyPanels(block, from: chunk * panelColumns, upTo: panelColumns)
      } else {
        copyStrips(block, from: (chunk - panelChunks) * stripRows, upTo: stripRows)
      }
    }
  }

  private func copyPanels(_ block: Block, from column: Int, upTo limit: Int) {
    let b = product.b
    compute_gemm_pack(
      b.at(block.firstDepth, block.column + column), b.row, b.column, block.depth,
      min(limit, block.columns - column), kernel.width, block.panels + column * block.depth)
  }

  private func copyStrips(_ block: Block, from row: Int, upTo limit: Int) {
    let a = product.a
    compute_gemm_pack(
      a.at(row, block.firstDepth), a.column, a.row, block.depth, min(limit, product.rows - row),
      kernel.height, block.strips + row * block.depth)
  }

  // MARK: - Tiles

  private func multiply(_ block: Block, on pool: WorkerPool) {
    let panels = (block.columns + kernel.width - 1) / kernel.width
    let wanted = threads == 1 ? 1 : PackedProduct.chunksPerThread * threads
    let rowStep = PackedProduct.step(
      product.rows,
      max(4 * kernel.height, min(PackedProduct.largestRows, product.rows / wanted)),
      multipleOf: kernel.height)
    let rowChunks = (product.rows + rowStep - 1) / rowStep
    let panelStep = max(1, panels * rowChunks / max(wanted, rowChunks))
    let panelChunks = (panels + panelStep - 1) / panelStep
    run(rowChunks * panelChunks, on: pool) { chunk in
      let row = chunk / panelChunks * rowStep
      let panel = chunk % panelChunks * panelStep
      multiply(
        block, rows: row..<min(product.rows, row + rowStep),
        panels: panel..<min(panels, panel + panelStep))
    }
  }

  private func multiply(_ block: Block, rows: Range<Int>, panels: Range<Int>) {
    let (height, width) = (kernel.height, kernel.width)
    let accumulates = product.accumulates || block.firstDepth > 0
    for panel in panels {
      let column = panel * width
      let columns = min(width, block.columns - column)
      let right = block.panels + column * block.depth
      let target = product.c + (block.column + column)
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: height) {
        let height = min(height, rows.upperBound - row)
        let c = target + row * product.cStride
        if copiesA {
          kernel.tile(
            height, columns, block.depth, block.strips + row * block.depth, 1, kernel.height, right,
            c, product.cStride, accumulates)
        } else {
          let a = product.a
          kernel.tile(
            height, columns, block.depth, a.at(row, block.firstDepth), a.row, a.column, right, c,
            product.cStride, accumulates)
        }
      }
    }
  }

  private func run(_ chunks: Int, on pool: WorkerPool, _ body: (Int) -> Void) {
    if threads > 1 {
      pool.run(chunks: chunks, body)
    } else {
      for chunk in 0..<chunks { body(chunk) }
    }
  }
}
