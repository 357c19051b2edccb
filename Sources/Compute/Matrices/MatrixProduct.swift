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
  let rowsPerChunk = 8
  pool.run(chunks: (rows + rowsPerChunk - 1) / rowsPerChunk) { chunk in
    for row in chunk * rowsPerChunk..<min(rows, (chunk + 1) * rowsPerChunk) {
      let target = c + row * cStride
      if !accumulates { target.update(repeating: 0, count: columns) }
      for place in 0..<depth {
        let factor = isATransposed ? a[place * aStride + row] : a[row * aStride + place]
        if isBTransposed {
          for column in 0..<columns { target[column] += factor * b[column * bStride + place] }
        } else {
          compute_axpy(factor, b + place * bStride, target, columns)
        }
      }
    }
  }
}
