import Testing

@testable import Compute

/// A matrix in memory with room beside each row, and what should not be written in that room.
private struct Matrix {
  let rows: Int
  let columns: Int
  let stride: Int
  var numbers: [Float]

  static let untouched: Float = -77

  init(rows: Int, columns: Int, spare: Int, seed: UInt64) {
    self.rows = rows
    self.columns = columns
    stride = columns + spare
    numbers = [Float](repeating: Matrix.untouched, count: max(1, rows * stride))
    var state = seed &* 2 &+ 1
    for row in 0..<rows {
      for column in 0..<columns {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        numbers[row * stride + column] = Float(Int(state >> 40) - (1 << 23)) / Float(1 << 23)
      }
    }
  }

  func at(_ row: Int, _ column: Int, transposed: Bool) -> Double {
    Double(transposed ? numbers[column * stride + row] : numbers[row * stride + column])
  }
}

private struct Shape: CustomTestStringConvertible {
  var rows: Int
  var columns: Int
  var depth: Int
  var testDescription: String { "\(rows) × \(columns) × \(depth)" }
}

@Suite struct MatrixProductTests {
  /// Odd ones, tiles and one more or less, few rows, few columns, no depth, blocks of depth.
  private static let shapes = [
    Shape(rows: 1, columns: 1, depth: 1), Shape(rows: 1, columns: 70, depth: 33),
    Shape(rows: 3, columns: 5, depth: 7), Shape(rows: 5, columns: 4, depth: 0),
    Shape(rows: 6, columns: 16, depth: 8), Shape(rows: 7, columns: 17, depth: 9),
    Shape(rows: 8, columns: 32, depth: 4), Shape(rows: 9, columns: 33, depth: 31),
    Shape(rows: 13, columns: 3, depth: 50), Shape(rows: 25, columns: 65, depth: 12),
    Shape(rows: 65, columns: 1, depth: 17), Shape(rows: 31, columns: 275, depth: 5),
    Shape(rows: 12, columns: 15, depth: 801),
  ]
  private static let sets = InstructionSet.available

  /// The product beside the one in double, for each way in which A and B can lie.
  ///
  /// Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1: a sum of k products, in
  /// any order, is off by at most k u / (1 − k u) · Σ |a b| with u = 2⁻²⁴; one more for adding to C.
  private func check(_ shape: Shape, set: InstructionSet, threads: Int, accumulates: Bool) {
    let pool = WorkerPool(threads: threads)
    for (isATransposed, isBTransposed) in [
      (false, false), (false, true), (true, false), (true, true),
    ] {
      let (m, n, k) = (shape.rows, shape.columns, shape.depth)
      let a = Matrix(
        rows: isATransposed ? k : m, columns: isATransposed ? m : k, spare: 3, seed: 1)
      let b = Matrix(
        rows: isBTransposed ? n : k, columns: isBTransposed ? k : n, spare: 2, seed: 2)
      let before = Matrix(rows: m, columns: n, spare: 5, seed: 3)
      var c = before
      multiply(
        rows: m, columns: n, depth: k, a.numbers, stride: a.stride, transposed: isATransposed,
        b.numbers, stride: b.stride, transposed: isBTransposed, into: &c.numbers, stride: c.stride,
        accumulates: accumulates, pool: pool, instructionSet: set)
      var worst = 0.0
      for row in 0..<m {
        for column in 0..<n {
          var sum = accumulates ? before.at(row, column, transposed: false) : 0
          var size = abs(sum)
          for place in 0..<k {
            let product =
              a.at(row, place, transposed: isATransposed)
              * b.at(place, column, transposed: isBTransposed)
            sum += product
            size += abs(product)
          }
          let error = abs(c.at(row, column, transposed: false) - sum)
          let bound = Double(k + 1) * 0x1p-24 / (1 - Double(k + 1) * 0x1p-24) * size
          worst = max(worst, error == 0 ? 0 : error / bound)
        }
        #expect(c.numbers[row * c.stride + n..<(row + 1) * c.stride].allSatisfy { $0 == -77 })
      }
      #expect(
        worst <= 1, "\(set), \(threads) threads, transposed \(isATransposed) \(isBTransposed)")
    }
  }

  @Test(arguments: shapes, sets)
  private func theProductIsThatInDouble(shape: Shape, set: InstructionSet) {
    check(shape, set: set, threads: 1, accumulates: false)
  }

  @Test(arguments: shapes, sets)
  private func theProductIsAddedToWhatIsThere(shape: Shape, set: InstructionSet) {
    check(shape, set: set, threads: 2, accumulates: true)
  }

  @Test(arguments: [true, false], sets)
  func theNumberOfThreadsChangesNoBit(isBTransposed: Bool, set: InstructionSet) {
    // Large enough that the threads share it: 2 · 130 · 150 · 420 = 16 million operations.
    let (m, n, k) = (130, 150, 420)
    let a = Matrix(rows: m, columns: k, spare: 0, seed: 4)
    let b = Matrix(
      rows: isBTransposed ? n : k, columns: isBTransposed ? k : n, spare: 0, seed: 5)
    let results = [1, 2, 3].map { threads in
      var c = [Float](repeating: 0, count: m * n)
      multiply(
        rows: m, columns: n, depth: k, a.numbers, stride: k, transposed: false, b.numbers,
        stride: b.stride, transposed: isBTransposed, into: &c, stride: n, accumulates: false,
        pool: WorkerPool(threads: threads), instructionSet: set)
      return c
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test(arguments: sets)
  func fewRowsAreTheSameOnSeveralThreads(set: InstructionSet) {
    let (m, n, k) = (4, 700, 200)
    let a = Matrix(rows: m, columns: k, spare: 0, seed: 6)
    let b = Matrix(rows: n, columns: k, spare: 0, seed: 7)
    let results = [1, 2, 3].map { threads in
      var c = [Float](repeating: 0, count: m * n)
      multiply(
        rows: m, columns: n, depth: k, a.numbers, stride: k, transposed: false, b.numbers,
        stride: k,
        transposed: true, into: &c, stride: n, accumulates: false,
        pool: WorkerPool(threads: threads), instructionSet: set)
      return c
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  // A block of B is 3,072 columns: with 3,100 there are two. Each number of C is 2 + 2 by hand.
  @Test(arguments: sets)
  func moreColumnsThanABlockAreAllComputed(set: InstructionSet) {
    let a = [Float](repeating: 2, count: 9 * 2)
    let b = [Float](repeating: 1, count: 2 * 3_100)
    var c = [Float](repeating: 0, count: 9 * 3_100)
    multiply(
      rows: 9, columns: 3_100, depth: 2, a, stride: 2, transposed: false, b, stride: 3_100,
      transposed: false, into: &c, stride: 3_100, accumulates: false, pool: WorkerPool(threads: 2),
      instructionSet: set)
    #expect(c.allSatisfy { $0 == 4 })
  }

  @Test func everyProcessorHasTheBaselineAndTheBestIsOneOfItsSets() {
    #expect(InstructionSet.available.first == .baseline)
    #expect(InstructionSet.available.contains(.best))
  }
}
