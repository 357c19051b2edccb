import Quantities
import Testing

@testable import Cloud

@Suite("Tenants who share machines")
struct PoolTests {
  private func run(tenants: Int, gifts: Double = 0, burst: Double = 0.05, seed: UInt64 = 1)
    -> PoolExperiment.Result
  {
    PoolExperiment(
      tenants: tenants, gifts: gifts, burst: burst, own: Array(repeating: 0, count: 8_760),
      fleet: 1_000, start: Moment(year: 2005, month: 1, day: 1), seed: seed
    ).run {}
  }

  // Each needs 0.1 + 0.9 B machines with B of chance p: mean 0.1 + 0.9 p, variance 0.81 p (1 − p).
  @Test("need as much on average, and spread as far, as their chance says")
  func moments() {
    let result = run(tenants: 200)
    #expect(abs(result.mean - 0.145) < 0.001)
    #expect(abs(result.deviation - 0.9 * (0.05 * 0.95).squareRoot()) < 0.002)
    #expect(abs(result.sumOfPeaks - 200) < 1e-9)
  }

  // Where few are busy at once, their sum leans to one side, and its largest values lie above the law's.
  @Test(
    "need at most what the square-root law says, the closer the more they are",
    arguments: [(50, 0.65), (200, 0.4), (800, 0.2)])
  func squareRoot(tenants: Int, margin: Double) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let result = run(tenants: tenants, seed: seed)
      let mean = Double(tenants) * result.mean
      // What is needed above the mean, simulated over law.
      let ratio = (result.peak - mean) / (result.law(tenants: tenants) - mean)
      #expect(abs(ratio - 1) < margin, "\(tenants): \(ratio)")
    }
  }

  @Test("have the less to spare for each the more they are")
  func gain() {
    let gains = [10, 100, 1_000].map { count -> Double in
      let result = run(tenants: count)
      return result.sumOfPeaks / result.peak
    }
    #expect(gains[0] < gains[1] && gains[1] < gains[2])
    // It cannot be more than peak over mean of one.
    #expect(gains[2] < 1 / 0.145)
  }

  @Test("gain nothing where all are busy at the same time")
  func together() {
    let result = run(tenants: 100, gifts: 1)
    #expect(result.peak == 100)
    #expect(result.sumOfPeaks / result.peak == 1)
  }

  @Test("lack what an owner does not have left")
  func shortage() {
    let result = PoolExperiment.Result(
      wanted: [2, 5, 3], sumOfPeaks: 5, mean: 1, deviation: 1)
    let short = result.shortage(own: [6, 6, 9], fleet: 10)
    #expect(short.map(\.hour) == [1, 2])
    #expect(short.map(\.lacking) == [1, 2])
  }
}
