import Quantities
import Testing

@testable import Cloud

@Suite("A move from one place to another")
struct MigrationTests {
  private func move(
    services: Int = 8, together: Int, isRehearsed: Bool = false, data: DataSize = .init(bytes: 1e12)
  ) -> Migration {
    Migration(
      services: services, together: together, isRehearsed: isRehearsed, data: data,
      line: .bitsPerSecond(100e6), people: 3, personWeek: .dollars(1_600),
      monthlyBill: .dollars(4_000), egress: .dollars(90))
  }

  // (11/12)⁸ · (199/200)²⁸ = 0.49853 · 0.86906.
  @Test("fails at a switch with the chance that a hand comes to")
  func chance() {
    #expect(abs(move(together: 1).chanceToFail(1) - 1.0 / 12) < 1e-12)
    #expect(abs(move(together: 8).chanceToFail(8) - (1 - 0.49853 * 0.86906)) < 2e-5)
  }

  @Test("fails more often the more is switched at once, and less often with a rehearsal")
  func monotone() {
    let move = move(together: 8)
    let rehearsed = self.move(together: 8, isRehearsed: true)
    for count in 1..<20 {
      #expect(move.chanceToFail(count + 1) > move.chanceToFail(count))
      #expect(rehearsed.chanceToFail(count) < move.chanceToFail(count))
    }
  }

  @Test(
    "goes back and is given up as often as its chances say",
    arguments: [(1, false), (3, false), (8, false), (8, true)])
  func band(together: Int, isRehearsed: Bool) {
    let move = move(together: together, isRehearsed: isRehearsed)
    let count = 4_000
    let experiment = MigrationExperiment(move, replicates: count, seed: 42) {}
    // 3.29 deviations of a binomial share: 99.9 %.
    func isNear(_ share: Double, _ chance: Double) -> Bool {
      abs(share - chance) <= 3.29 * (chance * (1 - chance) / Double(count)).squareRoot() + 1e-12
    }
    #expect(isNear(experiment.wentBack, 1 - move.chances.smooth))
    #expect(isNear(experiment.givenUp, move.chances.givenUp))
  }

  @Test("has stages that add up, in time and money, however it goes")
  func addsUp() {
    for replicate in 0..<200 {
      let outcome = move(together: 3).run(seed: 7, replicate: replicate)
      let stages = Migration.Stage.allCases
      #expect(outcome.total == stages.reduce(Money.zero) { $0 + outcome.cost($1) })
      let weeks = stages.reduce(0) { $0 + outcome.weeks($1) }
      #expect(abs(outcome.totalWeeks - weeks) < 1e-9)
      #expect((outcome.cost(.goBack) > .zero) == (outcome.failures > 0))
    }
  }

  // One service that never meets a bad night: 3 weeks of one person, 1 TB over 12.5 MB/s, two weeks of both.
  @Test("costs what a hand comes to where nothing fails")
  func smooth() throws {
    var move = move(services: 1, together: 1)
    move.people = 1
    move.changesPerDay = 0
    let outcome = try #require(
      (0..<50).map { move.run(seed: 1, replicate: $0) }.first { $0.failures == 0 })
    // 80,000 s are 0.13228 weeks; a month of 730 h has 4.3452.
    #expect(abs(outcome.weeks(.copy) - 80_000.0 / 604_800) < 1e-12)
    #expect(outcome.cost(.prepare) == .dollars(4_800))
    #expect(abs(outcome.cost(.copy).dollars - (90 + 4_000 * 80_000.0 / 2_628_000)) < 1e-5)
    #expect(abs(outcome.cost(.runBoth).dollars - 4_000 * 336.0 / 730) < 1e-5)
    // A fifth of a week of one person, and of the bill.
    #expect(abs(outcome.cost(.cutOver).dollars - (320 + 4_000 * 33.6 / 730)) < 1e-5)
    #expect(abs(outcome.cost(.switchOff).dollars - (1_600 + 4_000 * 168.0 / 730)) < 1e-5)
  }

  // 2 % a day of 1 TB are 20 GB, and the line carries 1,080 GB in a day: 0.018519 for each round, 0.018868 in all.
  @Test("follows what changes meanwhile in rounds that shrink")
  func sync() {
    let weeks = move(together: 8).copyWeeks(8)
    #expect(abs(weeks.sync / weeks.copy - 0.0185185 / 0.9814815) < 1e-6)
  }

  @Test("is the same move under the same seed, and another one under another")
  func seeds() {
    let move = move(together: 2)
    let one = MigrationExperiment(move, replicates: 50, seed: 5) {}
    let same = MigrationExperiment(move, replicates: 50, seed: 5) {}
    let other = MigrationExperiment(move, replicates: 50, seed: 6) {}
    #expect(one.outcomes == same.outcomes)
    #expect(one.outcomes != other.outcomes)
  }

  @Test("has quantiles by the nearest rank")
  func quantiles() {
    let values = [5, 1, 4, 2, 3, 9, 8, 7, 6, 10]
    #expect(MigrationExperiment.quantile(values, 0.5) == 5)
    #expect(MigrationExperiment.quantile(values, 0.9) == 9)
    #expect(MigrationExperiment.quantile(values, 1) == 10)
  }

  @Test("stops when it is asked to")
  func stops() {
    struct Stop: Error {}
    var calls = 0
    #expect(throws: Stop.self) {
      _ = try MigrationExperiment(move(together: 1), replicates: 100, seed: 1) {
        calls += 1
        if calls == 3 { throw Stop() }
      }
    }
    #expect(calls == 3)
  }
}
