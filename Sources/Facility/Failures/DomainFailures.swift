import Quantities
import Randomness

/// What several machines have in common and lose together.
package enum FailureDomain: String, Hashable, Sendable, Codable, CaseIterable {
  /// All machines of a rack: its switch, its strip, its cabling.
  case rack
  /// All racks behind a breaker or distribution unit.
  case breaker
  /// The whole room: power, cooling, fire alarm.
  case room
  /// A line of the utility.
  case utility
  /// A cooling unit.
  case coolingUnit
  /// An uninterruptible power supply.
  case ups
  /// A generator.
  case generator
  /// A firmware roll-out that breaks some of what it reaches.
  case rollout
  /// A disk on which the data are.
  case storage
  /// Strangers who come in and take or break machines.
  case intrusion
}

/// A process of failures that hit a whole domain at once.
package struct DomainProcess: Hashable, Sendable, Codable {
  /// What fails.
  package var domain: FailureDomain
  /// How many there are: racks, breakers, 1 room, 1 fleet to roll out to.
  package var count: Int
  /// How often one of them fails a year.
  package var perYear: Double
  /// How long it stays down, on average (exponential); nothing for a roll-out.
  package var outageMean: TimeSpan
  /// What share of the parts in it breaks for good.
  package var brokenShare: Double

  /// A process as given.
  package init(
    _ domain: FailureDomain, count: Int, perYear: Double, outageMean: TimeSpan,
    brokenShare: Double = 0
  ) {
    self.domain = domain
    self.count = count
    self.perYear = perYear
    self.outageMean = outageMean
    self.brokenShare = brokenShare
  }

  /// The usual rates for so many racks, breakers and rooms.
  ///
  /// - Source: Dean at Google I/O 2008, as Data Center Knowledge reported on 2008-05-30: in the first
  ///   year of a cluster of 1,800 machines 20 racks fail (40 to 80 machines each), 1 distribution unit
  ///   (500 to 1,000 machines, about 6 hours), and with a chance of a half it overheats (most machines,
  ///   1 to 2 days). With 30 racks and 2 to 3 units that is 0.67 a rack and 0.4 a unit a year.
  ///   `Chosen:` a rack is back after 3.5 h.
  /// - `Chosen:` two roll-outs a month, one in 200 bad, which then breaks 5 % of what it reaches; the
  ///   order of things seen, without a source.
  package static func usual(racks: Int, breakers: Int, rooms: Int) -> [DomainProcess] {
    [
      DomainProcess(.rack, count: racks, perYear: 0.67, outageMean: .minutes(210)),
      DomainProcess(.breaker, count: breakers, perYear: 0.4, outageMean: .hours(6)),
      DomainProcess(.room, count: rooms, perYear: 0.5, outageMean: .hours(36)),
      DomainProcess(.rollout, count: 1, perYear: 0.12, outageMean: .zero, brokenShare: 0.05),
    ]
  }
}

extension DomainProcess {
  /// What happens to a small room of one's own, where power and cooling are simulated part by part.
  ///
  /// - Source: the utility: US customers had 1.0 interruption in 2017, major events excluded, of about
  ///   2 hours in all (EIA, "Average U.S. electricity customer interruptions totaled nearly 8 hours in
  ///   2017", 2018-11-30). Racks and roll-outs: as above.
  /// - `Chosen:` a cooling unit stops every four years, and somebody comes the next day; a UPS fails every
  ///   fifteen years, a generator every ten; nobody publishes rates of makes and ages.
  package static func small(racks: Int, coolingUnits: Int, ups: Int, generators: Int)
    -> [DomainProcess]
  {
    [
      DomainProcess(.rack, count: racks, perYear: 0.67, outageMean: .minutes(210)),
      DomainProcess(.utility, count: 1, perYear: 1, outageMean: .hours(2)),
      DomainProcess(.coolingUnit, count: coolingUnits, perYear: 0.25, outageMean: .hours(24)),
      DomainProcess(.ups, count: ups, perYear: 1.0 / 15, outageMean: .hours(48)),
      DomainProcess(.generator, count: generators, perYear: 0.1, outageMean: .hours(48)),
      DomainProcess(.rollout, count: 1, perYear: 0.12, outageMean: .zero, brokenShare: 0.05),
      // Source: Schroeder, Gibson, "Disk Failures in the Real World", FAST 2007: 2 to 4 % are common.
      DomainProcess(.storage, count: 1, perYear: 0.03, outageMean: .zero),
      DomainProcess(.intrusion, count: 1, perYear: 0.05, outageMean: .zero),
    ]
  }
}

/// A domain that failed.
package struct DomainFailure: Hashable, Sendable, Codable {
  /// When.
  package var moment: Moment
  /// What failed.
  package var domain: FailureDomain
  /// Which of them.
  package var index: Int
  /// How many of its kind failed before it.
  package var number: Int
  /// How long it is down.
  package var outage: TimeSpan
  /// What share of its parts breaks for good.
  package var brokenShare: Double
}

/// Failures of whole domains, as Poisson processes beside the lives of parts.
package struct DomainFailures: Hashable, Sendable, Codable {
  private var processes: [DomainProcess]
  private var streams: [RandomStream]
  private var numbers: [Int]
  private var dues: [Moment]

  /// Processes that begin at a moment.
  package init(_ processes: [DomainProcess], start: Moment, seed: UInt64) {
    self.processes = processes
    streams = processes.map { RandomStream(seed: seed, name: "domain \($0.domain.rawValue)") }
    numbers = Array(repeating: 0, count: processes.count)
    dues = Array(repeating: start, count: processes.count)
    for index in processes.indices { dues[index] = following(index, after: start) }
  }

  private func following(_ index: Int, after moment: Moment) -> Moment {
    let rate = processes[index].perYear * Double(processes[index].count)
    guard rate > 0 else { return .distantFuture }
    let gap = streams[index].entity(numbers[index]).exponential(0) / rate
    let seconds = gap * ComponentLife.yearSeconds
    let left = (Moment.distantFuture - moment).seconds
    return seconds < left ? moment + .seconds(seconds) : .distantFuture
  }

  /// Says how many there are of a domain from a moment on.
  mutating func setCount(_ count: Int, of domain: FailureDomain, at moment: Moment) {
    change(domain, at: moment) { $0.count = count }
  }

  /// Says how often one of a domain fails a year from a moment on.
  mutating func setRate(_ perYear: Double, of domain: FailureDomain, at moment: Moment) {
    change(domain, at: moment) { $0.perYear = perYear }
  }

  /// Changes a domain; no rate remembers how long it has waited, so the next failure is drawn anew.
  private mutating func change(
    _ domain: FailureDomain, at moment: Moment, _ change: (inout DomainProcess) -> Void
  ) {
    for index in processes.indices where processes[index].domain == domain {
      let before = processes[index]
      change(&processes[index])
      guard processes[index] != before else { continue }
      numbers[index] += 1
      dues[index] = following(index, after: moment)
    }
  }

  /// When the next one fails.
  package var nextDue: Moment? { dues.min().flatMap { $0 == .distantFuture ? nil : $0 } }

  /// The next failure before `end`, or nil.
  package mutating func next(before end: Moment) -> DomainFailure? {
    guard let due = nextDue, due < end, let index = dues.firstIndex(of: due) else { return nil }
    let process = processes[index]
    let draws = streams[index].entity(numbers[index])
    let failure = DomainFailure(
      moment: due, domain: process.domain,
      index: min(process.count - 1, Int(draws.uniform(1) * Double(process.count))),
      number: numbers[index],
      outage: .seconds(process.outageMean.seconds * draws.exponential(2)),
      brokenShare: process.brokenShare)
    numbers[index] += 1
    dues[index] = following(index, after: due)
    return failure
  }
}
