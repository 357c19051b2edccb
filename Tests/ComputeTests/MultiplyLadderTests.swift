import CComputeKernels
import Testing

@testable import Compute

@Suite struct MultiplyLadderTests {
  /// Seconds that pass by themselves, a ten-thousandth at each look.
  private final class Clock {
    var seconds = 0.0

    func next() -> Double {
      seconds += 0.0001
      return seconds
    }
  }

  private func ladder(_ size: Int, threads: Int = 2, set: InstructionSet = .best) throws
    -> MultiplyLadder
  {
    let clock = Clock()
    return try MultiplyLadder(
      size: size, pool: WorkerPool(threads: threads), instructionSet: set, budget: 0.01,
      clock: clock.next)
  }

  // The ladder compares with the product in double itself; odd sizes have edges of each kind.
  @Test(arguments: MultiplyLadder.Rung.allCases, [1, 2, 29, 50])
  func everyRungIsTheProduct(rung: MultiplyLadder.Rung, size: Int) throws {
    let step = try ladder(size).climb(rung)
    #expect(step.isRight, "off by \(step.largestError)")
    #expect(step.rung == rung && step.size == size)
  }

  @Test(arguments: InstructionSet.available)
  func kernelsOfEachSetAreTheProduct(set: InstructionSet) throws {
    let ladder = try ladder(41, set: set)
    for rung in [MultiplyLadder.Rung.vector, .threads, .bytes] {
      let step = try ladder.climb(rung)
      #expect(step.isRight && step.instructionSet == set)
    }
  }

  // Rounded to 255 steps, a number is off by 1/254 of the largest at most: more than 32 bits ever are.
  @Test func bytesAreOffByMoreThanFloats() throws {
    let ladder = try ladder(64)
    let bytes = try ladder.climb(.bytes)
    #expect(try bytes.largestError > 100 * ladder.climb(.vector).largestError)
  }

  // Whole sums are exact, so sets and threads cannot differ.
  @Test func bytesAreTheSameOnEverySetAndNumberOfThreads() {
    let factors = LadderFactors(size: 75)
    let results = InstructionSet.available.flatMap { set in
      [1, 3].map { threads in
        var product = ByteProduct(
          factors, instructionSet: set, pool: WorkerPool(threads: threads))
        product.compute(0..<75)
        return (0..<75).map { product.row($0) }
      }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  // By hand: the scales are 4/127 for the row and 2/127 and 1/127 for the columns; 4 → 127, 1 → 32,
  // 2 → 127, −1 → −64, 1 → 127, 0.25 → 32.
  @Test func pairsAreRoundedAsByHand() {
    var pairs = [Int32](repeating: 0, count: 2)
    let scale = compute_byte_row([4, 1, -4], 3, &pairs)
    #expect(scale == Float(4) / 127)
    #expect(pairs == [127 | 32 << 16, -127 & 0xffff])
    var scales = [Float](repeating: 0, count: 2)
    let matrix: [Float] = [2, 1, -1, 0.25]
    compute_byte_scales(matrix, 2, 2, &scales)
    #expect(scales == [Float(2) / 127, Float(1) / 127])
    compute_byte_rows(matrix, [Float](matrix[2...]), scales, 2, &pairs)
    #expect(pairs == [127 | -64 << 16, 127 | 32 << 16])
    compute_byte_rows(matrix, nil, scales, 2, &pairs)
    #expect(pairs == [127, 127])
  }

  // 2 · 8³ operations in the time of the clock, which moves by a tenth of a millisecond at each look.
  @Test func theRateIsTwoNCubedOverTheTime() throws {
    let step = try ladder(8).climb(.flat)
    #expect(abs(step.rate.low * step.seconds.high - 1_024) < 1)
    #expect(step.seconds.repetitions > 1)
  }

  @Test func aLadderStopsAtACheckpoint() throws {
    struct Stop: Error {}
    var calls = 0
    let clock = Clock()
    #expect(throws: Stop.self) {
      let ladder = try MultiplyLadder(
        size: 10, pool: WorkerPool(threads: 1), clock: clock.next,
        checkpoint: {
          calls += 1
          if calls > 15 { throw Stop() }
        })
      // Ten checkpoints for the product in double; the loops come to the next six.
      _ = try ladder.climb(.nested)
    }
    #expect(calls == 16)
  }

  // A clock on which each piece takes long: then no piece may have more than a row.
  @Test func slowPiecesStayShort() throws {
    var (now, checks) = (0.0, 0)
    let ladder = try MultiplyLadder(
      size: 12, pool: WorkerPool(threads: 1), budget: 0,
      clock: {
        now += 0.2
        return now
      }, checkpoint: { checks += 1 })
    let before = checks
    _ = try ladder.climb(.reordered)
    // One before each of 12 rows, and one for each row when the result is checked.
    #expect(checks - before == 24)
  }
}
