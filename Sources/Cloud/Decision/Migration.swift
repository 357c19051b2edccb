import Quantities
import Randomness

/// A move from one place to another, stage by stage, that can fail when visitors are switched over.
///
/// Services move in groups. Each group is prepared, perhaps rehearsed, copied, kept in step, switched
/// over and watched while both sides run. A switch that fails is taken back: the group is repaired and
/// tried again, and after the last try the move is given up, with its money and time spent.
package struct Migration: Hashable, Sendable {
  /// How many services move.
  package var services: Int
  /// How many of them are switched over at once.
  package var together: Int
  /// Whether each switch is rehearsed on a copy.
  package var isRehearsed: Bool
  /// All that is kept, bytes.
  package var data: DataSize
  /// What the copy goes over.
  package var line: DataRate
  /// The share of the data that changes in a day.
  package var changesPerDay: Double
  /// How many people work on it.
  package var people: Int
  /// What a person costs a week.
  package var personWeek: Money
  /// What the old place costs a month, as long as it runs.
  package var monthlyBill: Money
  /// What the way out costs.
  package var egress: Money

  /// A move as given.
  package init(
    services: Int, together: Int, isRehearsed: Bool, data: DataSize, line: DataRate,
    changesPerDay: Double = 0.02, people: Int, personWeek: Money, monthlyBill: Money,
    egress: Money = .zero
  ) {
    precondition(services > 0 && together > 0 && people > 0, "nobody moves nothing")
    precondition(
      line.bytesPerSecond > 0, "a line of \(line.bytesPerSecond) bytes a second carries nothing")
    self.services = services
    self.together = min(together, services)
    self.isRehearsed = isRehearsed
    self.data = data
    self.line = line
    self.changesPerDay = changesPerDay
    self.people = people
    self.personWeek = personWeek
    self.monthlyBill = monthlyBill
    self.egress = egress
  }

  /// What a move goes through.
  package enum Stage: Int, Hashable, Sendable, CaseIterable {
    case prepare, rehearse, copy, sync, cutOver, runBoth, goBack, switchOff
  }

  // MARK: - Rates

  /// Weeks of one person to prepare a service.
  ///
  /// `Chosen:` three, as `ProprietaryService.other` has it for a service that is written anew.
  package static let weeksToPrepare = 3.0
  /// Weeks of one person to rehearse the switch of a service.
  ///
  /// `Chosen:` one: the copy is there, the day is gone through and noted down.
  package static let weeksToRehearse = 1.0
  /// How long both sides run behind a switch, before the old one of the group is let go, weeks.
  ///
  /// `Chosen:` two, so that a week's end and a month's first days are among them as often as not.
  package static let weeksOfBoth = 2.0
  /// How long the last look takes, after which all is switched off, weeks.
  package static let weeksToSwitchOff = 1.0
  /// A switch is a night's work for everybody, weeks.
  package static let weeksOfCutOver = 0.2
  /// Weeks of one person to repair a service of a group that went back.
  ///
  /// `Chosen:` two, with as long a wait until a night is free again.
  package static let weeksToRepair = 2.0
  /// The chance that a service breaks when it is switched over, without and with a rehearsal.
  ///
  /// `Chosen:` one in twelve without, one in forty with: a rehearsal finds about two of three mistakes. No
  /// published rate by service is at hand; surveys count whole moves, and count them differently.
  package static let chanceAlone = (unrehearsed: 1.0 / 12, rehearsed: 1.0 / 40)
  /// The chance that two services that are switched over in one night break each other.
  ///
  /// `Chosen:` one in two hundred, a third of it with a rehearsal: each has changed, so neither is a fixed
  /// point to look for the other's mistake from.
  package static let chanceOfPair = (unrehearsed: 1.0 / 200, rehearsed: 1.0 / 600)
  /// How often a group is tried before the move is given up.
  package static let tries = 3

  /// How many services each group has, the first groups full.
  package var groups: [Int] {
    stride(from: 0, to: services, by: together).map { min(together, services - $0) }
  }

  /// The chance that the switch of so many services at once fails: one of them, or a pair.
  package func chanceToFail(_ count: Int) -> Double {
    let alone = isRehearsed ? Migration.chanceAlone.rehearsed : Migration.chanceAlone.unrehearsed
    let pair = isRehearsed ? Migration.chanceOfPair.rehearsed : Migration.chanceOfPair.unrehearsed
    let good =
      power(1 - alone, count) * power(1 - pair, count * (count - 1) / 2)
    return 1 - good
  }

  private func power(_ base: Double, _ count: Int) -> Double {
    (0..<count).reduce(1) { product, _ in product * base }
  }

  /// The chance that no switch fails, and the chance that the move is given up.
  package var chances: (smooth: Double, givenUp: Double) {
    var (smooth, done) = (1.0, 1.0)
    for group in groups {
      let fails = chanceToFail(group)
      smooth *= 1 - fails
      done *= 1 - power(fails, Migration.tries)
    }
    return (smooth, 1 - done)
  }

  // MARK: - A run

  /// How one move went.
  package struct Outcome: Hashable, Sendable {
    /// How long each stage took in all, and what it cost, by stage.
    package var weeks: [Double]
    package var cost: [Money]
    /// How many switches were taken back.
    package var failures: Int
    /// Whether the move was given up.
    package var isGivenUp: Bool

    /// How long it took, weeks.
    package var totalWeeks: Double { weeks.reduce(0, +) }
    /// What it cost.
    package var total: Money { cost.reduce(.zero, +) }
    /// What a stage cost.
    package func cost(_ stage: Stage) -> Money { cost[stage.rawValue] }
    /// How long a stage took, weeks.
    package func weeks(_ stage: Stage) -> Double { weeks[stage.rawValue] }

    init() {
      weeks = Array(repeating: 0, count: Stage.allCases.count)
      cost = Array(repeating: .zero, count: Stage.allCases.count)
      failures = 0
      isGivenUp = false
    }

    mutating func add(_ stage: Stage, weeks span: Double, _ money: Money) {
      weeks[stage.rawValue] += span
      cost[stage.rawValue] += money
    }
  }

  private static let weekSeconds = 604_800.0
  private static let weeksAMonth = ExitCost.monthHours / 168

  /// How long the copy of a group takes, and how long what changes meanwhile takes to follow: each round
  /// copies what changed in the round before, so the rounds are a geometric series.
  package func copyWeeks(_ count: Int) -> (copy: Double, sync: Double) {
    let bytes = data.bytes * Double(count) / Double(services)
    let copy = bytes / line.bytesPerSecond / Migration.weekSeconds
    // What changes in the time in which the line carries everything, as a share of everything.
    let ratio = min(0.9, changesPerDay * data.bytes / (line.bytesPerSecond * 86_400))
    return (copy, copy * ratio / (1 - ratio))
  }

  /// One move, by its number under a seed.
  package func run(seed: UInt64, replicate: Int) -> Outcome {
    let draws = RandomStream(seed: seed, name: "migration").entity(replicate)
    var outcome = Outcome()
    let week = personWeek.dollars
    func oldBill(_ weeks: Double) -> Double {
      monthlyBill.dollars * weeks / Migration.weeksAMonth
    }
    for (index, count) in groups.enumerated() {
      let size = Double(count)
      func work(_ stage: Stage, _ personWeeks: Double) {
        // Before the copy the old place serves: its bill is no cost of the move.
        outcome.add(stage, weeks: personWeeks / Double(people), .dollars(personWeeks * week))
      }
      work(.prepare, Migration.weeksToPrepare * size)
      if isRehearsed { work(.rehearse, Migration.weeksToRehearse * size) }
      let copying = copyWeeks(count)
      let way = egress.dollars * size / Double(services)
      outcome.add(.copy, weeks: copying.copy, .dollars(way + oldBill(copying.copy)))
      outcome.add(.sync, weeks: copying.sync, .dollars(oldBill(copying.sync)))
      var isDone = false
      for attempt in 0..<Migration.tries where !isDone {
        let night = Migration.weeksOfCutOver
        outcome.add(
          .cutOver, weeks: night, .dollars(night * Double(people) * week + oldBill(night)))
        isDone =
          draws.uniform(index * Migration.tries + attempt) >= chanceToFail(count)
        guard !isDone else { break }
        outcome.failures += 1
        let repair = Migration.weeksToRepair
        let span = repair * size / Double(people) + repair
        outcome.add(.goBack, weeks: span, .dollars(repair * size * week + oldBill(span)))
      }
      guard isDone else {
        outcome.isGivenUp = true
        return outcome
      }
      outcome.add(.runBoth, weeks: Migration.weeksOfBoth, .dollars(oldBill(Migration.weeksOfBoth)))
    }
    let last = Migration.weeksToSwitchOff
    outcome.add(.switchOff, weeks: last, .dollars(last * week + oldBill(last)))
    return outcome
  }
}

/// Many moves of one kind.
package struct MigrationExperiment: Sendable {
  /// How each went.
  package let outcomes: [Migration.Outcome]

  /// So many moves under a seed.
  /// - Throws: what `checkpoint` throws; it is called once for each.
  package init(
    _ migration: Migration, replicates: Int, seed: UInt64, checkpoint: () throws -> Void
  ) rethrows {
    precondition(replicates > 0, "no move tells nothing")
    outcomes = try (0..<replicates).map { replicate in
      try checkpoint()
      return migration.run(seed: seed, replicate: replicate)
    }
  }

  /// The share of moves in which a switch was taken back.
  package var wentBack: Double { share { $0.failures > 0 } }
  /// The share that was given up.
  package var givenUp: Double { share(\.isGivenUp) }

  private func share(_ isOne: (Migration.Outcome) -> Bool) -> Double {
    Double(outcomes.count(where: isOne)) / Double(outcomes.count)
  }

  /// The time that so great a share of the moves does not exceed, weeks.
  package func weeks(_ share: Double) -> Double {
    MigrationExperiment.quantile(outcomes.map(\.totalWeeks), share)
  }

  /// The money that so great a share of the moves does not exceed.
  package func money(_ share: Double) -> Money {
    MigrationExperiment.quantile(outcomes.map(\.total), share)
  }

  /// The mean cost of a stage.
  package func mean(_ stage: Migration.Stage) -> Money {
    .dollars(outcomes.reduce(0) { $0 + $1.cost(stage).dollars } / Double(outcomes.count))
  }

  /// The mean time of a stage, weeks.
  package func meanWeeks(_ stage: Migration.Stage) -> Double {
    outcomes.reduce(0) { $0 + $1.weeks(stage) } / Double(outcomes.count)
  }

  /// The nearest rank: the least value that is not below so great a share of them.
  static func quantile<Value: Comparable>(_ values: [Value], _ share: Double) -> Value {
    let sorted = values.sorted()
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted[min(sorted.count, max(1, rank)) - 1]
  }
}
