import Foundation
import Quantities
import Randomness
import Testing

@testable import Facility

private let year = 31_557_600.0
private func moment(_ seconds: Double) -> Moment { .origin + .seconds(seconds) }

@Suite struct ComponentLifeTests {
  @Test func `disks fail as Google saw them, in the first year and in the third`() {
    let life = ComponentKind.disk.life
    // Pinheiro et al., FAST 2007: 1.7 % and 8.6 %.
    #expect(abs(life.failureShare(ageSeconds: 0, withinSeconds: year) - 0.017) < 1e-12)
    #expect(abs(life.failureShare(ageSeconds: 2 * year, withinSeconds: year) - 0.086) < 0.002)
  }

  @Test(arguments: ComponentKind.allCases)
  func `the inverted law gives back the law`(kind: ComponentKind) {
    let life = kind.life
    for age in [0, 0.3 * year, 4 * year] {
      for span in [0.01 * year, year, 7 * year] {
        // 1 − exp(−((a + t)^k − a^k)/η^k) with the C library's functions.
        let eta = life.scaleSeconds
        let hazard = pow((age + span) / eta, life.shape) - pow(age / eta, life.shape)
        let back = life.ageAtFailure(ageSeconds: age, exponential: hazard)
        #expect(abs(back - age - span) < 1e-6 * (age + span))
        let share = life.failureShare(ageSeconds: age, withinSeconds: span)
        #expect(abs(share + expm1(-hazard)) < 1e-12)
      }
    }
  }

  @Test func `heat ages faster, never slower`() {
    #expect(InletTemperatureFactor.factor(at: Temperature(celsius: 20)) == 1)
    // Half-way between 1.24 at 25 °C and 1.34 at 27.5 °C.
    #expect(abs(InletTemperatureFactor.factor(at: Temperature(celsius: 26.25)) - 1.29) < 1e-12)
    let factors = stride(from: -10.0, through: 80, by: 0.5).map {
      InletTemperatureFactor.factor(at: Temperature(celsius: $0))
    }
    #expect(factors == factors.sorted())
    #expect(factors[0] == 0.72 && factors[factors.count - 1] == 1.76)
  }
}

@Suite struct ComponentFleetTests {
  /// A hall of 200 racks with 200 parts each, of all kinds and of ages up to four years.
  private static func places() -> [ComponentPlace] {
    let draws = RandomStream(seed: 99, name: "ages").entity(0)
    return (0..<40_000).map { index in
      let kinds = ComponentKind.allCases
      return ComponentPlace(
        kinds[index % kinds.count], zone: index / 200,
        age: .seconds(4 * year * draws.uniform(index)))
    }
  }

  /// What a zone's temperature is: a third of them at 20 °C, a third warm from the start, a third
  /// warm for the second half of the year.
  private static func factors(_ zone: Int) -> (first: Double, second: Double) {
    switch zone % 3 {
    case 0: (1, 1)
    case 1: (1.34, 1.34)  // 27.5 °C
    default: (0.72, 1.76)  // 15 °C, then 45 °C
    }
  }

  private static let inlets = [[20.0, 20], [27.5, 27.5], [15, 45]].map {
    $0.map(Temperature.init(celsius:))
  }

  private struct Year {
    var failures: [ComponentFailure] = []
    /// Failure and replacement by component, in order.
    var repairs: [(component: Int, moment: Moment)] = []
  }

  /// A year in which each part is replaced a day after it failed.
  private static func simulated(seed: UInt64, stops: [Double] = []) -> Year {
    var fleet = ComponentFleet(places(), zones: 200, start: .origin, seed: seed)
    var result = Year()
    var due: [(component: Int, moment: Moment)] = []
    for zone in 0..<200 { fleet.setInlet(inlets[zone % 3][0], zone: zone, at: .origin) }
    let half = moment(Facility.ComponentLife.yearSeconds / 2)
    let end = moment(Facility.ComponentLife.yearSeconds)
    for stop in stops.map(moment) + [half, end] {
      while true {
        let before = min(stop, due.first?.moment ?? stop)
        if let failure = fleet.next(before: before) {
          result.failures.append(failure)
          due.append((failure.component, failure.moment + .days(1)))
        } else if before < stop {
          let repair = due.removeFirst()
          fleet.replace(repair.component, at: repair.moment)
          result.repairs.append(repair)
        } else {
          break
        }
      }
      if stop == half {
        for zone in 0..<200 {
          fleet.setInlet(inlets[zone % 3][1], zone: zone, at: half)
        }
      }
    }
    return result
  }

  /// The cumulative hazard that all parts were exposed to, from the events alone: each part's age is
  /// followed through its replacements and temperatures, with the C library's power.
  private static func exposure(_ history: Year) -> Double {
    let places = places()
    let half = year / 2
    // At a constant temperature the hazard is the factor times that of the age.
    func aged(_ from: Double, _ to: Double, _ place: ComponentPlace) -> Double {
      let factors = factors(place.zone)
      let shape = place.kind.life.shape
      let early = max(0, min(to, half) - from)
      let late = max(0, to - max(from, half))
      return pow(factors.first, 1 / shape) * early + pow(factors.second, 1 / shape) * late
    }
    var start = [Double](repeating: 0, count: places.count)
    var age = places.map { Double($0.age.nanoseconds) / 1e9 }
    var isDown = [Bool](repeating: false, count: places.count)
    var sum = 0.0
    func hazard(_ part: Int, until end: Double) -> Double {
      let life = places[part].kind.life
      let older = age[part] + aged(start[part], end, places[part])
      return pow(older / life.scaleSeconds, life.shape)
        - pow(age[part] / life.scaleSeconds, life.shape)
    }
    var events = history.failures.map { ($0.moment, $0.component, true) }
    events += history.repairs.map { ($0.moment, $0.component, false) }
    for (moment, part, isFailure) in events.sorted(by: { $0.0 < $1.0 }) {
      let time = Double(moment.nanoseconds) / 1e9
      if isFailure {
        sum += hazard(part, until: time)
      } else {
        (start[part], age[part]) = (time, 0)
      }
      isDown[part] = isFailure
    }
    for part in places.indices where !isDown[part] { sum += hazard(part, until: year) }
    return sum
  }

  /// Failures less cumulative hazard is a martingale whose variance is the hazard: 99 % of years lie
  /// within 2.576 of its roots.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `a year's failures are as many as ages and temperatures ask for`(seed: UInt64) {
    let history = Self.simulated(seed: seed)
    let expected = Self.exposure(history)
    #expect(expected > 1_000)
    #expect(abs(Double(history.failures.count) - expected) < 2.576 * expected.squareRoot())
  }

  @Test func `each kind fails as often as its own law asks for`() {
    let places = (0..<30_000).map { _ in ComponentPlace(.disk, zone: 0, age: .seconds(2 * year)) }
    var fleet = ComponentFleet(places, zones: 1, start: .origin, seed: 3)
    var count = 0.0
    while fleet.next(before: moment(year)) != nil { count += 1 }
    // 8.6 % of those in their third year; binomial, 2.576 roots.
    let share = ComponentKind.disk.life.failureShare(ageSeconds: 2 * year, withinSeconds: year)
    #expect(abs(count - 30_000 * share) < 2.576 * (30_000 * share * (1 - share)).squareRoot())
  }

  @Test func `stops change nothing`() {
    let whole = Self.simulated(seed: 7)
    let pieces = Self.simulated(seed: 7, stops: [1, 86_400, 3_000_000, 9_999_999])
    #expect(whole.failures == pieces.failures)
  }

  @Test func `parts do not know of each other`() {
    func failures(_ count: Int) -> [ComponentFailure] {
      let places = Array(Self.places().prefix(count))
      var fleet = ComponentFleet(places, zones: 200, start: .origin, seed: 1)
      var result: [ComponentFailure] = []
      while let failure = fleet.next(before: moment(year)) { result.append(failure) }
      return result.filter { $0.component < 5_000 }
    }
    #expect(failures(5_000) == failures(20_000))
  }

  @Test func `a fleet that is written down goes on alike`() throws {
    var fleet = ComponentFleet(
      Array(Self.places().prefix(2_000)), zones: 200, start: .origin, seed: 1)
    fleet.setInlet(Temperature(celsius: 31), zone: 3, at: moment(1_000))
    for _ in 0..<20 { _ = fleet.next(before: moment(year)) }
    var copy = try JSONDecoder().decode(
      ComponentFleet.self, from: JSONEncoder().encode(fleet))
    #expect(copy == fleet)
    #expect(copy.next(before: moment(year)) == fleet.next(before: moment(year)))
  }

  // ASHRAE's factor is one of failures, however parts fail.
  @Test(arguments: ComponentKind.allCases)
  func `parts that were warm all their life fail so many times as often`(kind: ComponentKind) {
    let warm = InletTemperatureFactor.factor(at: Temperature(celsius: 27.5))
    let places = (0..<200_000).map { _ in ComponentPlace(kind, zone: 0) }
    var fleet = ComponentFleet(places, zones: 1, start: .origin, seed: 8)
    fleet.setInlet(Temperature(celsius: 27.5), zone: 0, at: .origin)
    var count = 0.0
    while fleet.next(before: moment(year)) != nil { count += 1 }
    // Each fails once at most: 1 − e^(−f H).
    let hazard = warm * kind.life.hazard(atSeconds: year)
    let expected = 200_000 * (1 - exp(-hazard))
    #expect(abs(count - expected) < 2.576 * expected.squareRoot(), "\(count) of \(expected)")
  }

  @Test func `a part that fails by chance fails in half the time at twice the rate`() throws {
    func failure(_ factor: Double, from: Double) throws -> ComponentFailure {
      var fleet = ComponentFleet(
        [ComponentPlace(.networkSwitch, zone: 0)], zones: 1, start: .origin, seed: 11)
      fleet.setFactor(factor, zone: 0, at: moment(from))
      let first = fleet.next(before: .distantFuture)
      return try #require(first)
    }
    let usual = try failure(1, from: 0).moment - .origin
    let fast = try failure(2, from: 0).moment - .origin
    #expect(abs(usual.seconds - 2 * fast.seconds) < 1e-6)
    // At half speed from a year on, the rest takes twice as long.
    let slow = try failure(0.5, from: year).moment - .origin
    let expected = year + 2 * (usual.seconds - year)
    #expect(abs(slow.seconds - expected) < 1e-6)
    #expect(try failure(2, from: 0).age == failure(1, from: 0).age)
  }

  @Test func `what is switched off does not age`() {
    var fleet = ComponentFleet(
      [ComponentPlace(.disk, zone: 0)], zones: 1, start: .origin, seed: 11)
    fleet.setFactor(0, zone: 0, at: .origin)
    #expect(fleet.nextDue == nil)
    #expect(fleet.next(before: moment(100 * year)) == nil)
    #expect(fleet.age(0, at: moment(100 * year)) == .zero)
  }
}

@Suite struct RepairShopTests {
  /// Thursday, 1 January 1970, midnight, plus so many hours.
  private func hour(_ hours: Int) -> Moment { .origin + .hours(hours) }

  private func failure(_ component: Int, at hours: Int, _ kind: ComponentKind = .disk)
    -> ComponentFailure
  {
    ComponentFailure(
      moment: hour(hours), component: component, kind: kind, zone: 0, age: .zero, cause: .life)
  }

  private func shop(
    technicians: Int = 1, shift: WeeklyWindow = .always, spares: Int = 10,
    window: WeeklyWindow? = nil
  ) -> RepairShop {
    RepairShop(technicians: technicians, shift: shift, start: .origin) { _ in
      RepairShop.Policy(work: .hours(1), spares: spares, leadTime: .days(14), window: window)
    }
  }

  private func starts(_ shop: RepairShop, _ failures: [ComponentFailure]) -> [Int: Moment] {
    var shop = shop
    var starts: [Int: Moment] = [:]
    for failure in failures {
      while let repairs = shop.next(before: failure.moment) {
        for repair in repairs { starts[repair.failure.component] = repair.started }
      }
      shop.accept(failure)
    }
    while let repairs = shop.next(before: hour(10_000)) {
      for repair in repairs { starts[repair.failure.component] = repair.started }
    }
    return starts
  }

  @Test func `one technician does one thing after another`() {
    let starts = starts(shop(), [failure(1, at: 5), failure(2, at: 5), failure(3, at: 6)])
    #expect(starts == [1: hour(5), 2: hour(6), 3: hour(7)])
  }

  @Test func `on Friday night nobody comes before Monday at 8`() {
    // Friday 20:00 is hour 44; Monday 8:00 is hour 104.
    #expect(starts(shop(shift: .weekdays), [failure(1, at: 44)]) == [1: hour(104)])
    #expect(starts(shop(shift: .weekdays), [failure(1, at: 12)]) == [1: hour(12)])
  }

  @Test func `without a spare it waits for the order`() {
    let starts = starts(shop(spares: 1), [failure(1, at: 0), failure(2, at: 3)])
    // The first used the last spare at 0, and the new one comes after 14 days.
    #expect(starts == [1: hour(0), 2: hour(14 * 24)])
  }

  @Test func `who lacks a spare does not hold up others`() {
    let starts = starts(
      shop(spares: 1), [failure(1, at: 0), failure(2, at: 3), failure(3, at: 4, .fan)])
    #expect(starts[3] == hour(4))
  }

  @Test func `what can wait waits for its window`() {
    let night = WeeklyWindow(days: 1...1, fromHour: 2, toHour: 4)
    // Tuesday, 6 January, 2:00 is hour 5 · 24 + 2.
    #expect(starts(shop(window: night), [failure(1, at: 0)]) == [1: hour(122)])
  }

  @Test func `a window outside of every shift never opens`() {
    let night = WeeklyWindow(days: 1...1, fromHour: 2, toHour: 4)
    #expect(starts(shop(shift: .weekdays, window: night), [failure(1, at: 0)]) == [:])
  }
}

@Suite struct FleetOperationTests {
  private func operation(seed: UInt64, spares: Int = 50) -> FleetOperation {
    let places = (0..<6_000).map {
      ComponentPlace(ComponentKind.allCases[$0 % 6], zone: $0 / 200, age: .days($0 % 1_000))
    }
    return FleetOperation(
      fleet: ComponentFleet(places, zones: 30, start: .origin, seed: seed),
      shop: RepairShop(technicians: 2, shift: .weekdays, start: .origin) {
        RepairShop.usualPolicy($0, spares: spares).duringShifts
      },
      domains: DomainFailures(
        DomainProcess.usual(racks: 30, breakers: 3, rooms: 1), start: .origin, seed: seed),
      seed: seed)
  }

  private func events(_ operation: FleetOperation, stops: [Double] = []) -> [FleetEvent] {
    var operation = operation
    var events: [FleetEvent] = []
    for stop in stops + [3 * year] {
      while let event = operation.next(before: moment(stop)) { events.append(event) }
    }
    return events
  }

  private func time(_ event: FleetEvent) -> Moment {
    switch event {
    case .failed(let failure): failure.moment
    case .repaired(let repair): repair.finished
    case .domainFailed(let failure): failure.moment
    }
  }

  @Test func `events come in order, and every repair follows its failure`() {
    let events = events(operation(seed: 2))
    #expect(events.map(time) == events.map(time).sorted())
    var down: Set<Int> = []
    for event in events {
      switch event {
      case .failed(let failure): #expect(down.insert(failure.component).inserted)
      case .repaired(let repair):
        #expect(down.remove(repair.failure.component) != nil)
        #expect(repair.started >= repair.failure.moment)
      case .domainFailed: break
      }
    }
    #expect(events.count > 500)
  }

  @Test func `stops change nothing`() {
    #expect(events(operation(seed: 2)) == events(operation(seed: 2), stops: [1, 5e6, 5e6, 4e7]))
  }

  @Test func `domains fail at their rates`() {
    var domains = DomainFailures(
      DomainProcess.usual(racks: 1_000, breakers: 80, rooms: 30), start: .origin, seed: 8)
    var counts: [FailureDomain: Double] = [:]
    var racks: Set<Int> = []
    while let failure = domains.next(before: moment(4 * year)) {
      counts[failure.domain, default: 0] += 1
      if failure.domain == .rack { racks.insert(failure.index) }
    }
    // 0.67 · 1,000 · 4, 0.4 · 80 · 4 and 0.5 · 30 · 4, within 2.576 roots.
    for (domain, expected) in [(FailureDomain.rack, 2_680.0), (.breaker, 128), (.room, 60)] {
      #expect(abs((counts[domain] ?? 0) - expected) < 2.576 * expected.squareRoot())
    }
    // 2,680 of 1,000: e^−2.68 = 6.9 % are spared.
    #expect((900...960).contains(racks.count))
  }

  @Test func `a bad roll-out breaks its share of boards at once`() {
    let places = (0..<4_000).map { ComponentPlace(.board, zone: 0, age: .days($0 % 9)) }
    var operation = FleetOperation(
      fleet: ComponentFleet(places, zones: 1, start: .origin, seed: 1),
      shop: RepairShop(technicians: 0, shift: .always, start: .origin) {
        RepairShop.usualPolicy($0, spares: 0)
      },
      domains: DomainFailures(
        [
          DomainProcess(
            .rollout, count: 1, perYear: 50, outageMean: .zero, brokenShare: 0.05)
        ], start: .origin, seed: 1), seed: 1)
    var moments: [Moment] = []
    while let event = operation.next(before: moment(year / 10)) {
      if case .failed(let failure) = event, failure.cause == .rollout(0) {
        moments.append(failure.moment)
      }
    }
    // 200 of 4,000, within 2.576 roots of 4,000 · 0.05 · 0.95.
    #expect(abs(moments.count - 200) < 36)
    #expect(Set(moments).count == 1)
  }
}

extension RepairShop.Policy {
  /// The same without a window, for shifts that no night falls into.
  fileprivate var duringShifts: Self {
    Self(work: work, spares: spares, leadTime: leadTime)
  }
}

@Suite struct CheckpointIntervalTests {
  @Test func `a save of 5 minutes and a failure a day ask for a save every 117 minutes`() {
    // Daly 2006, as worked out there for M = 24 h; Young's √(2 · 5 · 1,440) is 120 minutes.
    let daly = CheckpointInterval.daly(save: .minutes(5), meanTimeToFailure: .hours(24))
    #expect(abs(daly.seconds / 60 - 117) < 0.5)
    let young = CheckpointInterval.young(save: .minutes(5), meanTimeToFailure: .hours(24))
    #expect(young == .minutes(120))
  }

  @Test func `saves that take as long as things run are not worth more than one`() {
    let daly = CheckpointInterval.daly(save: .hours(3), meanTimeToFailure: .hours(1))
    #expect(daly == .hours(1))
  }
}
