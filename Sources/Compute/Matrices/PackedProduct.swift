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
  /// `Chosen:` a panel of 512 × 16 numbers is as large as a first cache of 32 KiB.
  ///
  /// It is read in order, so that what does not fit comes in time; 384 and 768 were slower on two threads.
  private static let largestDepth = 512
  /// `Chosen:` strips of 128 rows × 512 are 256 KiB, half of a second cache of 512 KiB.
  private static let largestRows = 128
  /// `Chosen:` panels of 3,072 columns × 512 are 6 MiB of a third cache, once for all threads.
  private static let largestColumns = 3_072
  /// `Chosen:` up to so many tiles beside each other read A where it lies: a copy costs more than it
  /// saves, by measurement between 64 and 128 columns.
  private static let fewPanels = 8
  /// `Chosen:` with more and shorter chunks the threads wait less for each other at the end, and each
  /// chunk reads all panels again; 4 and 8 were slower.
  private static let chunksPerThread = 2
  private static let panelsCopiedAtOnce = 4

  private let product: MatrixProduct
  private let kernel: GemmKernel
  private let threads: Int
  /// Operations of one thread between two checkpoints.
  private let operationsAtOnce: Int
  /// Depth and columns of a block.
  private let depthStep: Int
  private let columnStep: Int

  init(_ product: MatrixProduct, kernel: GemmKernel, threads: Int, operationsAtOnce: Int) {
    self.product = product
    self.kernel = kernel
    self.threads = threads
    self.operationsAtOnce = operationsAtOnce
    depthStep = PackedProduct.step(product.depth, PackedProduct.largestDepth, multipleOf: 4)
    columnStep = PackedProduct.step(
      product.columns, PackedProduct.largestColumns, multipleOf: kernel.width)
  }

  /// The length of equal steps that are no longer than a limit.
  private static func step(_ count: Int, _ limit: Int, multipleOf grain: Int) -> Int {
    let steps = (count + limit - 1) / limit
    return ((count + steps - 1) / steps + grain - 1) / grain * grain
  }

  func run(on pool: WorkerPool, checkpoint: () throws -> Void) rethrows {
    var isFirst = true
    try pool.scratch.withFloats(columnStep * depthStep) { panels in
      for column in stride(from: 0, to: product.columns, by: columnStep) {
        for depth in stride(from: 0, to: product.depth, by: depthStep) {
          let block = Block(
            column: column, columns: min(columnStep, product.columns - column), firstDepth: depth,
            depth: min(depthStep, product.depth - depth), panels: panels)
          if !isFirst { try checkpoint() }
          isFirst = false
          copyPanels(block, on: pool)
          let rowStep = rowsAtOnce(block)
          for row in stride(from: 0, to: product.rows, by: rowStep) {
            if row > 0 { try checkpoint() }
            multiply(block, rows: row..<min(product.rows, row + rowStep), on: pool)
          }
        }
      }
    }
  }

  /// Some columns of B and C over some of the depth, with the copy of B.
  private struct Block {
    let column: Int
    let columns: Int
    let firstDepth: Int
    let depth: Int
    let panels: UnsafeMutablePointer<Float>
  }

  private func copyPanels(_ block: Block, on pool: WorkerPool) {
    let b = product.b
    let step = PackedProduct.panelsCopiedAtOnce * kernel.width
    run((block.columns + step - 1) / step, on: pool) { chunk, _ in
      let column = chunk * step
      compute_gemm_pack(
        b.at(block.firstDepth, block.column + column), b.row, b.column, block.depth,
        min(step, block.columns - column), kernel.width, block.panels + column * block.depth)
    }
  }

  /// Rows of the block between two checkpoints, so many that all threads have full blocks of rows if
  /// there are several such parts.
  private func rowsAtOnce(_ block: Block) -> Int {
    let limit = operationsAtOnce / (2 * block.columns * block.depth) * threads
    let grain = PackedProduct.largestRows * threads
    return PackedProduct.step(
      product.rows, limit > grain ? limit / grain * grain : max(1, limit),
      multipleOf: kernel.height)
  }

  /// Shares some rows of the block among the threads: by rows, and by columns where there are few.
  private func multiply(_ block: Block, rows part: Range<Int>, on pool: WorkerPool) {
    let panels = (block.columns + kernel.width - 1) / kernel.width
    let wanted = threads == 1 ? 1 : PackedProduct.chunksPerThread * threads
    let rowStep = PackedProduct.step(
      part.count,
      max(4 * kernel.height, min(PackedProduct.largestRows, part.count / wanted)),
      multipleOf: kernel.height)
    let rowChunks = (part.count + rowStep - 1) / rowStep
    let panelStep = max(1, panels * rowChunks / max(wanted, rowChunks))
    let panelChunks = (panels + panelStep - 1) / panelStep
    run(rowChunks * panelChunks, on: pool) { chunk, worker in
      let row = part.lowerBound + chunk / panelChunks * rowStep
      let panel = chunk % panelChunks * panelStep
      multiply(
        block, rows: row..<min(part.upperBound, row + rowStep),
        panels: panel..<min(panels, panel + panelStep), pool.scratch, place: 1 + worker)
    }
  }

  private func multiply(
    _ block: Block, rows: Range<Int>, panels: Range<Int>, _ scratch: Scratch, place: Int
  ) {
    let a = product.a
    let first = a.at(rows.lowerBound, block.firstDepth)
    guard panels.count > PackedProduct.fewPanels else {
      return multiply(block, rows, panels, Left(start: first, row: a.row, step: a.column))
    }
    let height = kernel.height
    let count = (rows.count + height - 1) / height * height * block.depth
    scratch.withFloats(count, place: place) { strips in
      compute_gemm_pack(first, a.column, a.row, block.depth, rows.count, height, strips)
      multiply(block, rows, panels, Left(start: UnsafePointer(strips), row: nil, step: height))
    }
  }

  /// Rows of A as tiles read them: where they lie, or in strips.
  private struct Left {
    let start: UnsafePointer<Float>
    /// From a row to the next; nil in strips.
    let row: Int?
    /// From a column to the next.
    let step: Int
  }

  private func multiply(_ block: Block, _ rows: Range<Int>, _ panels: Range<Int>, _ left: Left) {
    let accumulates = product.accumulates || block.firstDepth > 0
    let rowDistance = left.row ?? block.depth
    for panel in panels {
      let column = panel * kernel.width
      let columns = min(kernel.width, block.columns - column)
      let right = block.panels + column * block.depth
      let target = product.c + (rows.lowerBound * product.cStride + block.column + column)
      for row in stride(from: 0, to: rows.count, by: kernel.height) {
        kernel.tile(
          min(kernel.height, rows.count - row), columns, block.depth,
          left.start + row * rowDistance, left.row ?? 1, left.step, right,
          target + row * product.cStride, product.cStride, accumulates)
      }
    }
  }

  private func run(
    _ chunks: Int, on pool: WorkerPool, _ body: (_ chunk: Int, _ worker: Int) -> Void
  ) {
    if threads > 1 {
      pool.run(chunks: chunks, body)
    } else {
      for chunk in 0..<chunks { body(chunk, 0) }
    }
  }
}
