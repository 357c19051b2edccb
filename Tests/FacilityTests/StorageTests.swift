import Foundation
import Quantities
import Randomness
import Testing

@testable import Facility

@Suite struct DurabilityChainTests {
  static func scheme(
    _ scheme: StorageScheme, afr: Double = 0.0157, hours: Double = 24,
    order: RebuildOrder = .parallel
  ) -> StorageParameters {
    StorageParameters(scheme: scheme, annualFailureRate: afr, repairHours: hours, order: order)
  }

  /// Computed by hand from the textbook chain, AFR 1.57 % (Backblaze, 2024), 24 h; and the chain
  /// beside Backblaze's published 17 + 3 of 2018.
  @Test(arguments: [
    (StorageScheme.replicas(2), 0.0157, 24.0, 7.29e5, 5.9),
    (.replicas(3), 0.0157, 24, 1.12e10, 10.1),
    (.erasureCode(data: 6, parity: 3), 0.0157, 24, 1.54e12, 12.2),
    (.erasureCode(data: 17, parity: 3), 0.0041, 156, 3.2e10, 10.5),
    (.erasureCode(data: 17, parity: 3), 0.0157, 156, 1.47e8, 8.2),
  ])
  func `the published rows come out`(
    scheme: StorageScheme, afr: Double, hours: Double, years: Double, nines: Double
  ) {
    let chain = DurabilityChain(Self.scheme(scheme, afr: afr, hours: hours))
    #expect(abs(chain.meanYearsToLoss / years - 1) < 0.02)
    #expect(abs(chain.nines - nines) < 0.05)
  }

  /// Wilson, Backblaze, 2018: 11 nines for 17 + 3; 11.1 and, at 1.57 %, 8.8 with one more digit.
  @Test(arguments: [(0.0041, 11.1), (0.0157, 8.8)])
  func `windows give what Backblaze published`(afr: Double, nines: Double) {
    let scheme = Self.scheme(.erasureCode(data: 17, parity: 3), afr: afr, hours: 156)
    #expect(abs(WindowDurability(scheme).nines - nines) < 0.05)
  }

  @Test func `one disk lasts 1/λ, and its loss in a year is its failure rate`() {
    let chain = DurabilityChain(Self.scheme(.replicas(1), afr: 0.0157))
    #expect(abs(chain.meanYearsToLoss + 1 / log(1 - 0.0157)) < 1e-9)
    #expect(abs(chain.annualLoss - 0.0157) < 1e-12)
    #expect(abs(chain.loss(withinYears: 1) - 0.0157) < 1e-14)
  }

  /// Patterson, Gibson, Katz 1988 give the leading term; the full one is ((2n − 1)λ + μ)/(n(n − 1)λ²).
  @Test(arguments: [2, 5, 12])
  func `one parity lasts as the textbook says`(devices: Int) {
    let parameters = Self.scheme(
      .erasureCode(data: devices - 1, parity: 1), afr: 0.3, hours: 500)
    let (lambda, mu) = (-log(0.7), 8_766.0 / 500)
    let n = Double(devices)
    let expected = ((2 * n - 1) * lambda + mu) / (n * (n - 1) * lambda * lambda)
    #expect(abs(DurabilityChain(parameters).meanYearsToLoss / expected - 1) < 1e-12)
  }

  /// The mirror's two exponentials: a, b = (3λ + μ ± √(λ² + 6λμ + μ²))/2.
  @Test(arguments: [0.01, 0.3, 1, 4, 30])
  func `a mirror's chance of loss over time is the solved equation`(years: Double) {
    let parameters = Self.scheme(.replicas(2), afr: 0.6, hours: 2_000)
    let (lambda, mu) = (-log(0.4), 8_766.0 / 2_000)
    let root = (lambda * lambda + 6 * lambda * mu + mu * mu).squareRoot()
    let (a, b) = ((3 * lambda + mu + root) / 2, (3 * lambda + mu - root) / 2)
    let expected = 1 - (a * exp(-b * years) - b * exp(-a * years)) / (a - b)
    let loss = DurabilityChain(parameters).loss(withinYears: years)
    #expect(abs(loss / expected - 1) < 1e-10)
  }

  @Test(arguments: [1 / 3_600.0, 0.01, 1])
  func `a repair of seconds and a year of them lose no digits`(hours: Double) {
    // The same equation where it can be written without cancellation: ab = 2λ², and e^−a is 0.
    let (lambda, mu) = (-log(1 - 0.0157), 8_766 / hours)
    let root = (lambda * lambda + 6 * lambda * mu + mu * mu).squareRoot()
    let a = (3 * lambda + mu + root) / 2
    let b = 2 * lambda * lambda / a
    let expected = -expm1(-b) - b / (a - b) * exp(-b)
    let loss = DurabilityChain(Self.scheme(.replicas(2), hours: hours)).loss(withinYears: 1)
    #expect(abs(loss / expected - 1) < 1e-11)
  }

  @Test(arguments: [
    StorageScheme.replicas(3), .replicas(6), .erasureCode(data: 6, parity: 3),
    .erasureCode(data: 17, parity: 3),
  ])
  func `losses far below rounding keep their digits`(scheme: StorageScheme) {
    let parameters = Self.scheme(scheme)
    let chain = DurabilityChain(parameters)
    // In its usual state a system loses 1/MTTDL a year; from all sound it first takes some repairs.
    // Between the second and the third year that is over, and the difference is the rate alone.
    let third = chain.loss(withinYears: 3) - chain.loss(withinYears: 2)
    #expect(abs(third * chain.meanYearsToLoss - 1) < 1e-5)
    #expect(chain.loss(withinYears: 1) < chain.annualLoss)
    #expect(chain.loss(withinYears: 1) > 0.98 * chain.annualLoss)
  }

  @Test func `short spans lose by the first failures alone`() {
    // λ1·λ2·λ3·t³/6 to leading order, as no repair is done within a second of a day's repair.
    let chain = DurabilityChain(Self.scheme(.replicas(3)))
    let years = 1 / 31_557_600.0
    let lambda = -log(1 - 0.0157)
    let expected = 6 * pow(lambda * years, 3) / 6
    #expect(abs(chain.loss(withinYears: years) / expected - 1) < 1e-4)
  }

  @Test func `more parity, faster repair and parallel rebuilds never lose more`() {
    func years(_ parity: Int, _ hours: Double, _ order: RebuildOrder) -> Double {
      DurabilityChain(
        Self.scheme(.erasureCode(data: 8, parity: parity), hours: hours, order: order)
      ).meanYearsToLoss
    }
    for parity in 0..<5 {
      #expect(years(parity + 1, 24, .parallel) > years(parity, 24, .parallel))
      #expect(years(parity, 12, .serial) >= years(parity, 24, .serial))
      #expect(years(parity, 24, .parallel) >= years(parity, 24, .serial))
    }
    // With one parity there is never a second rebuild.
    #expect(years(1, 24, .parallel) == years(1, 24, .serial))
  }
}

@Suite struct DurabilitySimulationTests {
  private func result(
    _ parameters: StorageParameters, trials: Int = 4_000, seed: UInt64 = 1
  ) throws -> DurabilitySimulation.Result {
    try DurabilitySimulation(parameters, trials: trials, seed: seed).run {}
  }

  /// How many of so many seeds have an interval that holds the chain's value.
  private func covered(_ parameters: StorageParameters, seeds: Int) throws -> Int {
    let truth = DurabilityChain(parameters).meanYearsToLoss
    return try (1...seeds).reduce(0) { count, seed in
      let estimate = try result(parameters, seed: UInt64(seed)).meanYearsToLoss
      let low = try #require(estimate.low)
      let high = try #require(estimate.high)
      return count + (low <= truth && truth <= high ? 1 : 0)
    }
  }

  /// Real schemes, which no plain simulation gets to lose.
  ///
  /// Of 40 intervals of 95 %, 33 or fewer hold
  /// the truth once in 300 times.
  @Test(arguments: [
    DurabilityChainTests.scheme(.replicas(2)), DurabilityChainTests.scheme(.replicas(3)),
    DurabilityChainTests.scheme(.erasureCode(data: 6, parity: 3)),
    DurabilityChainTests.scheme(.erasureCode(data: 17, parity: 3), hours: 156),
    DurabilityChainTests.scheme(.erasureCode(data: 17, parity: 3), hours: 156, order: .serial),
    DurabilityChainTests.scheme(.erasureCode(data: 10, parity: 8)),
  ])
  func `failure biasing finds the chain's value`(parameters: StorageParameters) throws {
    let simulation = try DurabilitySimulation(parameters, trials: 4_000, seed: 1)
    #expect(simulation.method == .failureBiasing)
    #expect(try covered(parameters, seeds: 40) >= 34)
  }

  /// Disks so bad that lives can be run to their end, disk by disk.
  @Test(arguments: [
    DurabilityChainTests.scheme(.replicas(1), afr: 0.5),
    DurabilityChainTests.scheme(.replicas(2), afr: 0.9, hours: 600),
    DurabilityChainTests.scheme(.replicas(3), afr: 0.9, hours: 1_500),
    DurabilityChainTests.scheme(.replicas(3), afr: 0.9, hours: 1_500, order: .serial),
    DurabilityChainTests.scheme(.erasureCode(data: 6, parity: 3), afr: 0.8, hours: 1_000),
  ])
  func `lives run to their end find the chain's value`(parameters: StorageParameters) throws {
    #expect(try result(parameters, trials: 1_000).method == .direct)
    let truth = DurabilityChain(parameters).meanYearsToLoss
    let estimate = try result(parameters).meanYearsToLoss
    let halfWidth = try #require(estimate.halfWidth)
    // 1.6 half-widths, which a right model misses once in 700 runs.
    #expect(abs(estimate.value - truth) < 1.6 * halfWidth)
    #expect(halfWidth < 0.05 * truth)
  }

  @Test func `biased intervals are narrow`() throws {
    for scheme in [StorageScheme.replicas(3), .erasureCode(data: 6, parity: 3)] {
      let estimate = try result(DurabilityChainTests.scheme(scheme), trials: 100_000)
      let halfWidth = try #require(estimate.meanYearsToLoss.halfWidth)
      #expect(halfWidth < 0.02 * estimate.meanYearsToLoss.value)
    }
  }

  @Test func `the mean square of the likelihood ratio is at least the square of its mean`() {
    let chain = DurabilityChain(DurabilityChainTests.scheme(.erasureCode(data: 6, parity: 3)))
    let cycles = DurabilityCycles(chain)
    // Without bias the ratio is 0 or 1, so its mean square is the chance itself.
    #expect(abs(cycles.meanSquare(bias: 0) / chain.lossPerCycle - 1) < 1e-12)
    let square = cycles.meanSquare(bias: cycles.bias)
    #expect(square >= chain.lossPerCycle * chain.lossPerCycle)
    #expect(square < 10 * chain.lossPerCycle * chain.lossPerCycle)
  }

  @Test(arguments: [0.5, 0.7])
  func `the computed mean square is that of the ratios that are drawn`(bias: Double) {
    // Repairs slow enough that cycles go up and down before they end.
    let chain = DurabilityChain(
      DurabilityChainTests.scheme(.erasureCode(data: 6, parity: 3), afr: 0.3, hours: 1_000))
    let cycles = DurabilityCycles(chain)
    let stream = RandomStream(seed: 1, name: "squares")
    var events = 0
    var squares = RunningMean()
    for trial in 0..<40_000 {
      let ratio = cycles.likelihoodOfLoss(stream.entity(trial), bias: bias, &events)
      squares.add(ratio * ratio)
    }
    // Three standard errors of the mean of so many.
    let error = squares.varianceOfMean.squareRoot()
    #expect(abs(squares.mean - cycles.meanSquare(bias: bias)) < 3 * error)
    #expect(error < 0.02 * squares.mean)
  }

  @Test func `a cycle has as many events as are drawn`() {
    let chain = DurabilityChain(
      DurabilityChainTests.scheme(.erasureCode(data: 6, parity: 3), afr: 0.8, hours: 1_000))
    let cycles = DurabilityCycles(chain)
    let stream = RandomStream(seed: 1, name: "lengths")
    var events = 0
    var lengths = RunningMean()
    for trial in 0..<40_000 {
      let before = events
      _ = cycles.years(stream.entity(trial), &events)
      lengths.add(Double(events - before))
    }
    #expect(abs(lengths.mean - cycles.meanEvents) < 3 * lengths.varianceOfMean.squareRoot())
  }

  @Test func `the same seed gives the same lives`() throws {
    let parameters = DurabilityChainTests.scheme(.replicas(3))
    #expect(try result(parameters, seed: 5) == result(parameters, seed: 5))
    #expect(try result(parameters, seed: 5) != result(parameters, seed: 6))
  }

  @Test func `it stops when asked`() throws {
    struct Stop: Error {}
    let simulation = try DurabilitySimulation(
      DurabilityChainTests.scheme(.replicas(3)), trials: 100_000, seed: 1)
    #expect(throws: Stop.self) { try simulation.run { throw Stop() } }
  }

  @Test func `what cannot be computed is refused`() {
    func error(_ parameters: StorageParameters, trials: Int = 1_000) -> StorageError? {
      do throws(StorageError) {
        _ = try DurabilitySimulation(parameters, trials: trials, seed: 1)
        return nil
      } catch { return error }
    }
    #expect(
      error(DurabilityChainTests.scheme(.replicas(0))) == .replicasOutOfRange(0, allowed: 1...40))
    #expect(
      error(DurabilityChainTests.scheme(.erasureCode(data: 39, parity: 2)))
        == .devicesOutOfRange(data: 39, parity: 2, allowed: 1...40))
    #expect(
      error(DurabilityChainTests.scheme(.replicas(2), afr: 0))
        == .failureRateOutOfRange(0, most: 0.99))
    #expect(
      error(DurabilityChainTests.scheme(.replicas(2), hours: 0))
        == .repairOutOfRange(hours: 0, allowed: (1 / 3_600.0)...8_766))
    #expect(
      error(DurabilityChainTests.scheme(.replicas(2)), trials: 9)
        == .trialsOutOfRange(9, allowed: 1_000...100_000_000))
  }
}

@Suite struct BackupTests {
  /// Every night at 2:00, done by 3:00, kept for 14 days.
  private let nightly = BackupPlan(
    first: .origin + .hours(2), interval: .days(1), duration: .hours(1), retention: .days(14))

  private func hour(_ hours: Int) -> Moment { .origin + .hours(hours) }

  @Test func `last night's backup loses what was written since`() {
    // Deleted at 17:00 of the tenth day: 15 hours of work are gone.
    let damage = hour(9 * 24 + 17)
    #expect(nightly.restorePoint(damage: damage, noticed: damage) == hour(9 * 24 + 2))
    #expect(nightly.lostWork(damage: damage, noticed: damage) == .hours(15))
  }

  @Test func `a backup that is still running does not count`() {
    let damage = hour(9 * 24 + 2) + .minutes(30)
    #expect(nightly.lostWork(damage: damage, noticed: damage) == .minutes(24 * 60 + 30))
  }

  @Test func `damage that is noticed too late is in every backup that is kept`() {
    let damage = hour(9 * 24 + 17)
    let kept = damage + .days(13)
    #expect(nightly.restorePoint(damage: damage, noticed: kept) == hour(9 * 24 + 2))
    #expect(nightly.restorePoint(damage: damage, noticed: damage + .days(14)) == nil)
  }

  @Test func `before the first backup there is nothing to go back to`() {
    #expect(nightly.lostWork(damage: hour(1), noticed: hour(1)) == nil)
  }

  @Test func `a deletion reaches all replicas`() {
    for scheme in [StorageScheme.replicas(3), .erasureCode(data: 17, parity: 3)] {
      #expect(scheme.survives(.devices, devicesLost: scheme.tolerated))
      #expect(!scheme.survives(.devices, devicesLost: scheme.tolerated + 1))
      #expect(!scheme.survives(.deletion))
      #expect(!scheme.survives(.site))
    }
  }

  @Test func `a terabyte at 100 MB/s is back after 10,000 s`() {
    let restore = Restore(
      size: DataSize(bytes: 1e12), rate: DataRate(bytesPerSecond: 1e8))
    #expect(restore.duration == .seconds(10_000))
  }
}
