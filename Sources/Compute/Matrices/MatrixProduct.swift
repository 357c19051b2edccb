import CComputeKernels

/// C ← A · B, or C ← C + A · B, of 32-bit numbers in rows.
///
/// A has `rows` × `depth` numbers, B `depth` × `columns`, C `rows` × `columns`; the number after in
/// the same row is the next in memory, and the same place of the next row `stride` further. A
/// `transposed` A lies there as `depth` rows of `rows` numbers, a `transposed` B as `columns` rows of
/// `depth` numbers. C must not lie where A or B does.
///
/// The result depends on the instruction set, and not on the number of threads.
public func multiply(
  rows: Int, columns: Int, depth: Int,
  _ a: UnsafePointer<Float>, stride aStride: Int, transposed isATransposed: Bool,
  _ b: UnsafePointer<Float>, stride bStride: Int, transposed isBTransposed: Bool,
  into c: UnsafeMutablePointer<Float>, stride cStride: Int, accumulates: Bool,
  pool: WorkerPool, instructionSet: InstructionSet = .best
) {
  guard rows > 0, columns > 0 else { return }
  let product = MatrixProduct(
    rows: rows, columns: columns, depth: depth,
    a: MatrixProduct.Operand(a, stride: aStride, isTransposed: isATransposed),
    b: MatrixProduct.Operand(b, stride: bStride, isTransposed: isBTransposed),
    c: c, cStride: cStride, accumulates: accumulates)
  product.run(on: pool, instructionSet)
}

nonisolated(unsafe) public var packA = true, KC = 384, MC = 96, NC = 3072

/// A product that is about to be computed.
///
/// Where the time goes: a tile of C stays in registers while it takes in `depth` columns of A and rows
/// of B; a panel of B, as wide as a tile, stays in the first cache while all tiles of a block of rows
/// pass; the block of A that they read stays in the second cache. So B is copied into panels first, which
/// also turns it round if it is transposed, and A into strips as high as a tile.
/// - Source: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34,
///   2008; Van Zee and van de Geijn, "BLIS", ACM TOMS 41, 2015, for the loops around the tile.
struct MatrixProduct {
  /// A matrix to read.
  struct Operand {
    let start: UnsafePointer<Float>
    /// From a row to the next, and from a column to the next; one of them is 1.
    let row: Int
    let column: Int

    init(_ start: UnsafePointer<Float>, stride: Int, isTransposed: Bool) {
      self.start = start
      row = isTransposed ? 1 : stride
      column = isTransposed ? stride : 1
    }

    func at(_ row: Int, _ column: Int) -> UnsafePointer<Float> {
      start + (row * self.row + column * self.column)
    }
  }

  let rows: Int
  let columns: Int
  let depth: Int
  let a: Operand
  let b: Operand
  let c: UnsafeMutablePointer<Float>
  let cStride: Int
  let accumulates: Bool

  func run(on pool: WorkerPool, _ instructionSet: InstructionSet) {
    guard let kernel = compute_gemm_for(instructionSet.kernels)?.pointee else {
      preconditionFailure("there are no kernels for \(instructionSet)")
    }
    let height = Int(kernel.tile_rows), width = Int(kernel.tile_columns)
    func blocks(_ n: Int, _ limit: Int, _ grain: Int) -> Int {
      let count = (n + limit - 1) / limit
      return ((n + count - 1) / count + grain - 1) / grain * grain
    }
    let kc = blocks(depth, KC, 4), nc = blocks(columns, NC, width)
    let mc = blocks(rows, MC, height)
    let strips = (rows + height - 1) / height
    pool.scratch.withFloats(nc * kc + (packA ? strips * height * kc : 0)) { memory in
      let packedA = memory + nc * kc
      for firstColumn in stride(from: 0, to: columns, by: nc) {
        let nb = min(nc, columns - firstColumn)
        let panels = (nb + width - 1) / width
        for firstDepth in stride(from: 0, to: depth, by: kc) {
          let kb = min(kc, depth - firstDepth)
          let bChunks = (panels + 7) / 8
          let aChunks = packA ? (strips + 7) / 8 : 0
          pool.run(chunks: bChunks + aChunks) { chunk in
            if chunk < bChunks {
              let panel = chunk * 8, j = firstColumn + panel * width
              compute_gemm_pack(b.at(firstDepth, j), b.row, b.column, kb, min(8 * width, firstColumn + nb - j), width, memory + panel * width * kb)
            } else {
              let strip = (chunk - bChunks) * 8, i = strip * height
              compute_gemm_pack(a.at(i, firstDepth), a.column, a.row, kb, min(8 * height, rows - i), height, packedA + strip * height * kb)
            }
          }
          let rowBlocks = (rows + mc - 1) / mc
          pool.run(chunks: rowBlocks) { block in
            for panel in 0..<panels {
              let j = firstColumn + panel * width
              for i in stride(from: block * mc, to: min(rows, block * mc + mc), by: height) {
                let left = packA ? packedA + i * kb : UnsafeMutablePointer(mutating: a.at(i, firstDepth))
                kernel.tile(min(height, rows - i), min(width, columns - j), kb, left, packA ? 1 : a.row, packA ? height : a.column, memory + panel * width * kb, width, c + i * cStride + j, cStride, accumulates || firstDepth > 0)
              }
            }
          }
        }
      }
    }
  }
}
