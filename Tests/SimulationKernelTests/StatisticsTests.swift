import Foundation
import Quantities
import Randomness
import Testing

@testable import SimulationKernel

@Suite struct StatisticsTests {
  func moment(_ nanoseconds: Int64) -> Moment { Moment(nanoseconds: nanoseconds) }

  @Test func `a level counts for as long as it holds`() {
    var busy = TimeWeightedMean(level: 2, start: moment(100))
    busy.set(5, at: moment(200))
    busy.add(-5, at: moment(300))
    // By hand: 2 · 100 + 5 · 100 + 0 · 100 over 300 ns.
    #expect(busy.integral(until: moment(400)) == 700)
    #expect(busy.mean(until: moment(400)) == 700.0 / 300)
    #expect(busy.level == 0)
  }

  @Test func `the warm-up of a level is forgotten, not its value`() {
    var busy = TimeWeightedMean(level: 4, start: .origin)
    busy.restart(at: moment(1_000))
    #expect(busy.mean(until: moment(1_000)) == nil)
    #expect(busy.mean(until: moment(1_010)) == 4)
  }

  @Test func `the area under a level outgrows 64 bits without harm`() {
    var level = TimeWeightedMean(level: 40_000, start: .origin)
    level.set(0, at: moment(.max / 2))
    #expect(level.integral(until: moment(.max)) == Int128(40_000) * Int128(Int64.max / 2))
  }

  @Test func `a series gives back what was appended, across chunks`() throws {
    var series = Series<Int>()
    for value in 0..<10_000 { series.append(value * value) }
    #expect(series.count == 10_000)
    #expect(series.elementsEqual((0..<10_000).lazy.map { $0 * $0 }))
    let read = try JSONDecoder().decode(Series<Int>.self, from: JSONEncoder().encode(series))
    #expect(read == series)
  }

  @Test func `a copy of a series shares its sealed chunks`() {
    var series = Series<Int>()
    for value in 0..<9_000 { series.append(value) }
    let copy = series
    series.append(9_000)
    #expect(copy.count == 9_000)
    #expect(series.count == 9_001)
    let shared = zip(copy.sealed, series.sealed).allSatisfy { a, b in
      a.withUnsafeBufferPointer { $0.baseAddress } == b.withUnsafeBufferPointer { $0.baseAddress }
    }
    #expect(copy.sealed.count == 2)
    #expect(shared)
  }

  @Test func `points of a window are found by time`() {
    var series = Series<TimedValue>()
    for step in 0..<100 { series.append(TimedValue(0, at: moment(Int64(step) * 10))) }
    #expect(series.indices(from: moment(15), before: moment(40)) == 2..<4)
    #expect(series.indices(from: moment(5_000), before: moment(6_000)) == 100..<100)
    #expect(series.indices(from: moment(40), before: moment(15)) == 4..<4)
  }

  @Test func `a plan leaves no observation over`() {
    let plan = BatchPlan(observations: 1_000_003)
    #expect(plan.warmUp + plan.batchCount * plan.batchLength == 1_000_003)
    #expect(plan.batchLength == 47_500)
  }

  @Test func `Student's t agrees with published quantiles beyond the table`() {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2: 40, 60 and 100 degrees of freedom.
    for (degrees, published) in [(9, 2.262), (19, 2.093), (40, 2.021), (60, 2.000), (100, 1.984)] {
      #expect(abs(StudentT.quantile975(degreesOfFreedom: degrees) - published) < 0.0006)
    }
  }

  @Test func `independent batches give the textbook interval`() throws {
    // By hand: mean 3, s² = 2.5, standard error √(2.5/5), t(4) = 2.776; φ̂ + 1/5 = 0.1.
    let estimate = Estimate(value: 3, batches: [1, 3, 5, 4, 2])
    // Products of neighbouring deviations: 0 + 0 + 2 − 1 = 1, over 10, plus 1/5.
    #expect(abs(estimate.correlation - 0.3) < 1e-12)
    let expected = 2.776 * 0.5.squareRoot() * (1.3 / 0.7).squareRoot()
    #expect(abs((try #require(estimate.halfWidth)) - expected) < 1e-12)
    #expect(estimate.low == estimate.value - expected)
  }

  @Test func `batches that drift are called too short`() {
    #expect(Estimate(value: 0, batches: (0..<20).map(Double.init)).halfWidth == nil)
    #expect(Estimate(value: 0, batches: [1, 2, 1]).halfWidth == nil)
  }

  @Test func `intervals of independent observations cover the mean 95 times of 100`() {
    // The mean of a standard exponential number is 1. 400 runs: sampling error ± 1.1 points.
    var covered = 0
    for seed in 0..<400 {
      let draws = RandomStream(seed: UInt64(seed), name: "coverage").entity(0)
      var means = BatchMeans()
      for draw in 0..<1_000 {
        means.record(.seconds(draws.exponential(draw)))
        if draw % 50 == 49 { means.closeBatch() }
      }
      guard let estimate = means.estimate, let low = estimate.low, let high = estimate.high else {
        continue
      }
      if low <= 1, 1 <= high { covered += 1 }
    }
    #expect((368...396).contains(covered), "\(covered) of 400")
  }

  @Test func `percentiles lie within one per cent of sorting`() throws {
    let draws = RandomStream(seed: 3, name: "sorting").entity(0)
    var percentiles = BatchPercentiles()
    percentiles.record(.seconds(1e6))
    percentiles.discard()
    var all: [Double] = []
    for draw in 0..<20_000 {
      let value = draws.exponential(draw)
      all.append(value)
      percentiles.record(.seconds(value))
      if draw % 2_000 == 1_999 { percentiles.closeBatch() }
    }
    all.sort()
    for p in [0.5, 0.95, 0.99] {
      let estimate = try #require(percentiles.estimate(p))
      let exact = all[Int((p * 20_000).rounded(.up)) - 1]
      #expect(abs(estimate.value - exact) <= 0.01 * exact)
      // Closed form: −ln(1 − p).
      let low = try #require(estimate.low)
      let high = try #require(estimate.high)
      #expect(low < -log(1 - p) && -log(1 - p) < high)
    }
  }

  @Test func `a span counted many times is the span recorded as often`() {
    var once = Sketch()
    var again = Sketch()
    for (milliseconds, count) in [(250, 3), (1, 1_000), (90_000, 1), (40, 0)] {
      let span = TimeSpan(nanoseconds: Int64(milliseconds) * 1_000_000)
      once.record(span, count: count)
      for _ in 0..<count { again.record(span) }
    }
    #expect(once == again)
  }

  @Test func `sketches of parts merge into the sketch of the whole`() {
    let draws = RandomStream(seed: 4, name: "merge").entity(0)
    var whole = Sketch()
    var parts = [Sketch(), Sketch(), Sketch()]
    for draw in 0..<3_000 {
      let span = TimeSpan.seconds(draws.exponential(draw) * 0.01)
      whole.record(span)
      parts[draw % 3].record(span)
    }
    var merged = Sketch()
    for part in parts { merged.merge(part) }
    #expect(merged == whole)
    #expect(merged.count == 3_000)
    #expect(merged.max == whole.max)
  }

  @Test func `a bucket's middle lies within one per cent of all that falls into it`() {
    for exponent in 0..<62 {
      for step in 0..<200 {
        let nanoseconds = (Int64(1) << exponent) + (Int64(1) << exponent) / 200 * Int64(step)
        let span = TimeSpan(nanoseconds: nanoseconds)
        let middle = Sketch.middle(ofBucket: Sketch.bucket(of: span)).nanoseconds
        // A middle is cut to whole nanoseconds.
        #expect(abs(middle - nanoseconds) <= nanoseconds / 128 + 1)
      }
    }
  }
}
