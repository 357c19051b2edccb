/// Three loops over arrays of rows, as the definition says: each number of C is a row times a column.
struct NestedLoops: LadderProduct {
  private let size: Int
  private let a: [[Float]]
  private let b: [[Float]]
  private var c: [[Float]]

  init(_ factors: LadderFactors) {
    size = factors.size
    a = LadderFactors.nested(factors.a, size: size)
    b = LadderFactors.nested(factors.b, size: size)
    c = a
  }

  mutating func compute(_ rows: Range<Int>) {
    for i in rows {
      for j in 0..<size {
        var sum: Float = 0
        for k in 0..<size { sum += a[i][k] * b[k][j] }
        c[i][j] = sum
      }
    }
  }

  func row(_ index: Int) -> [Float] { c[index] }
}

/// Loops over matrices that lie in one array each, row after row.
protocol FlatLoops {
  /// Computes rows of C = A · B; all are size × size.
  static func compute(
    _ rows: Range<Int>, _ size: Int, _ a: [Float], _ b: [Float], _ c: inout [Float])
}

/// A product by such loops.
struct FlatProduct<Loops: FlatLoops>: LadderProduct {
  private let size: Int
  private let a: [Float]
  private let b: [Float]
  private var c: [Float]

  init(_ factors: LadderFactors) {
    size = factors.size
    a = factors.a
    b = factors.b
    c = [Float](repeating: 0, count: size * size)
  }

  mutating func compute(_ rows: Range<Int>) { Loops.compute(rows, size, a, b, &c) }

  func row(_ index: Int) -> [Float] { Array(c[index * size..<(index + 1) * size]) }
}

/// The same three loops as `NestedLoops`.
enum PlainLoops: FlatLoops {
  static func compute(
    _ rows: Range<Int>, _ size: Int, _ a: [Float], _ b: [Float], _ c: inout [Float]
  ) {
    for i in rows {
      for j in 0..<size {
        var sum: Float = 0
        for k in 0..<size { sum += a[i * size + k] * b[k * size + j] }
        c[i * size + j] = sum
      }
    }
  }
}

/// The two inner loops exchanged: the innermost one goes along rows of B and C, which lie in memory in
/// this order, and its steps do not wait for each other.
enum ReorderedLoops: FlatLoops {
  static func compute(
    _ rows: Range<Int>, _ size: Int, _ a: [Float], _ b: [Float], _ c: inout [Float]
  ) {
    for i in rows {
      for j in 0..<size { c[i * size + j] = 0 }
      for k in 0..<size {
        let factor = a[i * size + k]
        for j in 0..<size { c[i * size + j] += factor * b[k * size + j] }
      }
    }
  }
}

/// The same in blocks: a part of B that fits a cache serves all the rows before the next part is read.
enum BlockedLoops: FlatLoops {
  /// `Chosen:` 64 rows × 512 columns of B are 128 KiB, a part of a second cache.
  private static let blockRows = 64
  private static let blockColumns = 512

  static func compute(
    _ rows: Range<Int>, _ size: Int, _ a: [Float], _ b: [Float], _ c: inout [Float]
  ) {
    c.withUnsafeMutableBufferPointer { c in
      guard let c = c.baseAddress else { return }
      for i in rows {
        for j in 0..<size { c[i * size + j] = 0 }
      }
      b.withUnsafeBufferPointer { b in
        guard let b = b.baseAddress else { return }
        for column in stride(from: 0, to: size, by: blockColumns) {
          let columns = min(blockColumns, size - column)
          for depth in stride(from: 0, to: size, by: blockRows) {
            for i in rows {
              for k in depth..<min(size, depth + blockRows) {
                let factor = a[i * size + k]
                let (target, source) = (c + (i * size + column), b + (k * size + column))
                for j in 0..<columns { target[j] += factor * source[j] }
              }
            }
          }
        }
      }
    }
  }
}
