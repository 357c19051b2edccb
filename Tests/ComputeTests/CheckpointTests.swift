import Testing

@testable import Compute

/// How much is done between two checkpoints, counted in what has been written since the last one.
@Suite struct CheckpointTests {
  private struct Stopped: Error {}

  @Test(arguments: [1, 3])
  func aPoolAsksAfterEachPortionOfChunks(threads: Int) throws {
    let pool = WorkerPool(threads: threads)
    let done = UnsafeMutablePointer<Int>.allocate(capacity: 100)
    defer { done.deallocate() }
    done.initialize(repeating: 0, count: 100)
    func count() -> Int { (0..<100).reduce(0) { $0 + done[$1] } }
    var seen: [Int] = []
    pool.run(chunks: 100, atOnce: 30) {
      seen.append(count())
    } _: {
      done[$0] += 1
    }
    #expect(seen == [30, 60, 90])
    #expect((0..<100).allSatisfy { done[$0] == 1 })
    #expect(throws: Stopped.self) {
      try pool.run(chunks: 100, atOnce: 40) {
        throw Stopped()
      } _: {
        done[$0] += 1
      }
    }
    #expect(count() == 140)
  }

  /// The most numbers of C that were written between two checkpoints, and how many were in all.
  private func mostAtOnce(
    rows: Int, columns: Int, depth: Int, transposed: Bool, threads: Int, operationsAtOnce: Int
  ) -> (most: Int, all: Int) {
    let a = [Float](repeating: 1, count: rows * depth)
    let b = [Float](repeating: 1, count: depth * columns)
    var c = [Float](repeating: .nan, count: rows * columns)
    var (most, last) = (0, 0)
    c.withUnsafeMutableBufferPointer { c in
      guard let start = c.baseAddress else { return }
      func look() {
        let written = c.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
        (most, last) = (max(most, written - last), written)
      }
      let product = MatrixProduct(
        rows: rows, columns: columns, depth: depth,
        a: .init(a, stride: depth, isTransposed: false),
        b: .init(b, stride: transposed ? depth : columns, isTransposed: transposed),
        c: start, cStride: columns, accumulates: false)
      product.run(
        on: WorkerPool(threads: threads), GemmKernel(.best), operationsAtOnce: operationsAtOnce,
        checkpoint: look)
      look()
    }
    return (most, last)
  }

  /// 40 rows' worth for each thread is allowed, and what a tile has beyond.
  @Test(arguments: [1, 2])
  func aProductAsksWithinItsOperations(threads: Int) {
    let (rows, columns, depth) = (300, 200, 64)
    let (most, all) = mostAtOnce(
      rows: rows, columns: columns, depth: depth, transposed: false, threads: threads,
      operationsAtOnce: 40 * 2 * columns * depth)
    #expect(all == rows * columns)
    #expect(most <= (40 * threads + GemmKernel(.best).height) * columns)
  }

  /// Dot products of four rows: 50 columns' worth for each thread.
  @Test(arguments: [1, 2])
  func aProductOfFewRowsAsksWithinItsOperations(threads: Int) {
    let (rows, columns, depth) = (4, 700, 200)
    let (most, all) = mostAtOnce(
      rows: rows, columns: columns, depth: depth, transposed: true, threads: threads,
      operationsAtOnce: 50 * 2 * rows * depth)
    #expect(all == rows * columns)
    #expect(most <= 50 * threads * rows)
  }

  @Test func aProductEndsWhereItIsStopped() {
    let ones = [Float](repeating: 1, count: 100 * 100)
    var c = [Float](repeating: 0, count: 100 * 100)
    c.withUnsafeMutableBufferPointer { c in
      guard let start = c.baseAddress else { return }
      let product = MatrixProduct(
        rows: 100, columns: 100, depth: 100,
        a: .init(ones, stride: 100, isTransposed: false),
        b: .init(ones, stride: 100, isTransposed: false), c: start, cStride: 100,
        accumulates: false)
      #expect(throws: Stopped.self) {
        try product.run(
          on: WorkerPool(threads: 1), GemmKernel(.best), operationsAtOnce: 1_000_000
        ) { throw Stopped() }
      }
    }
    // Half of the rows are the first portion, and a row of tiles may be more.
    #expect(
      c.prefix(40 * 100).allSatisfy { $0 == 100 } && c.suffix(40 * 100).allSatisfy { $0 == 0 })
  }
}
