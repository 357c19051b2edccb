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
  multiply(
    rows: rows, columns: columns, depth: depth, a, stride: aStride, transposed: isATransposed,
    b, stride: bStride, transposed: isBTransposed, into: c, stride: cStride,
    accumulates: accumulates, pool: pool, instructionSet: instructionSet, checkpoint: {})
}

/// The same with a checkpoint after some milliseconds of work each time; what it throws ends the
/// product, with some of C computed.
public func multiply(
  rows: Int, columns: Int, depth: Int,
  _ a: UnsafePointer<Float>, stride aStride: Int, transposed isATransposed: Bool,
  _ b: UnsafePointer<Float>, stride bStride: Int, transposed isBTransposed: Bool,
  into c: UnsafeMutablePointer<Float>, stride cStride: Int, accumulates: Bool,
  pool: WorkerPool, instructionSet: InstructionSet = .best, checkpoint: () throws -> Void
) rethrows {
  guard rows > 0, columns > 0 else { return }
  let product = MatrixProduct(
    rows: rows, columns: columns, depth: depth,
    a: MatrixProduct.Operand(a, stride: aStride, isTransposed: isATransposed),
    b: MatrixProduct.Operand(b, stride: bStride, isTransposed: isBTransposed),
    c: c, cStride: cStride, accumulates: accumulates)
  try product.run(on: pool, GemmKernel(instructionSet), checkpoint: checkpoint)
}

/// A product that is about to be computed.
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

  /// `Chosen:` below this a copy of B costs more than it saves; measured at depth and columns of 576.
  static let fewRows = 16
  /// `Chosen:` operations that take about as long as waking a thread.
  private static let worthAFork = 500_000

  /// Operations of one thread between two checkpoints.
  ///
  /// `Chosen:` 25 ms at the 40 billion a second of a core without AVX, 5 with it, and long enough that
  /// waiting for each other costs the threads nothing.
  static let operationsAtOnce = 1 << 30

  /// Computes it in the way that suits its shape.
  func run(
    on pool: WorkerPool, _ kernel: GemmKernel,
    operationsAtOnce: Int = MatrixProduct.operationsAtOnce, checkpoint: () throws -> Void
  ) rethrows {
    let isLarge = 2 * rows * columns * depth >= MatrixProduct.worthAFork
    let threads = isLarge ? pool.threads : 1
    if depth == 0 {
      clear()
    } else if rows <= MatrixProduct.fewRows, a.column == 1, b.row == 1 {
      try multiplyFewRows(threads, pool, kernel, operationsAtOnce, checkpoint)
    } else {
      try PackedProduct(
        self, kernel: kernel, threads: threads, operationsAtOnce: operationsAtOnce
      ).run(on: pool, checkpoint: checkpoint)
    }
  }

  private func clear() {
    guard !accumulates else { return }
    for row in 0..<rows { (c + row * cStride).update(repeating: 0, count: columns) }
  }

  /// Few rows by dot products, without a copy of B, which is read once: what a step of generation does.
  private func multiplyFewRows(
    _ threads: Int, _ pool: WorkerPool, _ kernel: GemmKernel, _ operationsAtOnce: Int,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let shared = threads == 1 ? columns : max(16, columns / (8 * threads))
    let width = max(1, min(shared, operationsAtOnce / (2 * rows * depth)))
    let chunks = (columns + width - 1) / width
    let atOnce = max(1, threads * operationsAtOnce / (2 * rows * depth * width))
    try pool.run(chunks: chunks, atOnce: atOnce, checkpoint: checkpoint) { chunk in
      let first = chunk * width
      kernel.dots(
        rows, min(width, columns - first), depth, a.start, a.row, b.at(0, first), b.column,
        c + first, cStride, accumulates)
    }
  }
}
