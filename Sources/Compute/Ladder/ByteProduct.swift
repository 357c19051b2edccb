import CComputeKernels

/// The product in low precision: each row of A and each column of B is rounded to whole numbers from
/// −127 to 127 of a scale of its own, the products are added up in whole numbers, and the sums scaled
/// back.
///
/// Rounding is part of the work that is timed. Whole sums do not depend on their order, so the result
/// is the same on every instruction set.
struct ByteProduct: LadderProduct {
  private let work: ByteWork
  private var c: [Float]

  init(_ factors: LadderFactors, instructionSet: InstructionSet, pool: WorkerPool) {
    guard let kernel = compute_bytes_for(instructionSet.kernels)?.pointee else {
      preconditionFailure("there are no kernels for \(instructionSet)")
    }
    work = ByteWork(factors: factors, kernel: kernel, pool: pool)
    c = [Float](repeating: 0, count: factors.size * factors.size)
  }

  func row(_ index: Int) -> [Float] {
    Array(c[index * work.factors.size..<(index + 1) * work.factors.size])
  }

  mutating func compute(_ rows: Range<Int>) {
    let work = work
    c.withUnsafeMutableBufferPointer { c in
      work.factors.a.withUnsafeBufferPointer { a in
        work.factors.b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          work.multiply(a, b, rows, into: c)
        }
      }
    }
  }
}

/// What is done for it: B is rounded and laid into panels, then chunks of rows of A, each of which is
/// multiplied with all panels.
private struct ByteWork {
  /// `Chosen:` 8 strips of 6 rows with a depth of 512 are 48 KiB, a part of a second cache.
  private static let stripsPerChunk = 8
  /// Rows of pairs, or panels, that are prepared in one chunk.
  private static let preparedAtOnce = 8

  let factors: LadderFactors
  let kernel: compute_bytes
  let pool: WorkerPool

  private var size: Int { factors.size }
  private var pairs: Int { (factors.size + 1) / 2 }
  private var height: Int { Int(kernel.tile_rows) }
  private var width: Int { Int(kernel.tile_columns) }

  /// B, rounded: a scale for each column, and the pairs in panels.
  private struct Right {
    let scales: UnsafeMutablePointer<Float>
    let panels: UnsafeMutablePointer<Float>
  }

  func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ rows: Range<Int>,
    into c: UnsafeMutablePointer<Float>
  ) {
    let chunkRows = ByteWork.stripsPerChunk * height
    pool.scratch.withFloats(size + pairs * (size + width - 1)) { memory in
      let right = Right(scales: memory, panels: memory + size)
      prepare(b, right)
      pool.run(chunks: (rows.count + chunkRows - 1) / chunkRows) { chunk in
        let first = rows.lowerBound + chunk * chunkRows
        multiply(
          a + first * size, rows: min(chunkRows, rows.upperBound - first), right,
          into: c + first * size)
      }
    }
  }

  private func prepare(_ b: UnsafePointer<Float>, _ right: Right) {
    let (group, columns) = (ByteWork.preparedAtOnce, ByteWork.preparedAtOnce * width)
    compute_byte_scales(b, size, size, right.scales)
    pool.scratch.withFloats(pairs * size) { rounded in
      pool.run(chunks: (pairs + group - 1) / group) { chunk in
        for pair in chunk * group..<min(pairs, (chunk + 1) * group) {
          let first = b + 2 * pair * size
          rounded.advanced(by: pair * size).withMemoryRebound(to: Int32.self, capacity: size) {
            compute_byte_rows(
              first, 2 * pair + 1 < size ? first + size : nil, right.scales, size, $0)
          }
        }
      }
      pool.run(chunks: (size + columns - 1) / columns) { chunk in
        let first = chunk * columns
        compute_gemm_pack(
          rounded + first, size, 1, pairs, min(columns, size - first), width,
          right.panels + first * pairs)
      }
    }
  }

  private func multiply(
    _ a: UnsafePointer<Float>, rows: Int, _ right: Right, into c: UnsafeMutablePointer<Float>
  ) {
    let stripRows = (rows + height - 1) / height * height
    pool.scratch.withFloats(rows * (1 + pairs) + stripRows * pairs) { scales in
      let rounded = scales + rows
      let strips = rounded + rows * pairs
      for row in 0..<rows {
        rounded.advanced(by: row * pairs).withMemoryRebound(to: Int32.self, capacity: pairs) {
          scales[row] = compute_byte_row(a + row * size, size, $0)
        }
      }
      compute_gemm_pack(rounded, 1, pairs, pairs, rows, height, strips)
      strips.withMemoryRebound(to: Int32.self, capacity: stripRows * pairs) { strips in
        for column in stride(from: 0, to: size, by: width) {
          multiply(strips, rows, scales, right, column, into: c)
        }
      }
    }
  }

  private func multiply(
    _ strips: UnsafePointer<Int32>, _ rows: Int, _ scales: UnsafePointer<Float>, _ right: Right,
    _ column: Int, into c: UnsafeMutablePointer<Float>
  ) {
    right.panels.advanced(by: column * pairs).withMemoryRebound(
      to: Int32.self, capacity: width * pairs
    ) { panel in
      for row in stride(from: 0, to: rows, by: height) {
        kernel.tile(
          min(height, rows - row), min(width, size - column), pairs, strips + row * pairs, panel,
          scales + row, right.scales + column, c + (row * size + column), size)
      }
    }
  }
}
