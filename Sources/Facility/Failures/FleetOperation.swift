import Quantities
import Randomness

/// Something that happened to a fleet.
package enum FleetEvent: Hashable, Sendable, Codable {
  /// A part failed.
  case failed(ComponentFailure)
  /// A part was replaced.
  case repaired(Repair)
  /// A domain failed; its parts come back with it, except those that broke.
  case domainFailed(DomainFailure)
}

/// Parts, what they have in common, and the people who replace them, on one clock.
package struct FleetOperation: Equatable, Sendable, Codable {
  /// The parts.
  package private(set) var fleet: ComponentFleet
  /// The people and the spares.
  package private(set) var shop: RepairShop
  private var domains: DomainFailures
  private let rolloutStream: RandomStream
  /// What happened in one moment and was not yet told.
  private var pending: [FleetEvent] = []

  /// An operation as given; all three begin at the same moment.
  package init(fleet: ComponentFleet, shop: RepairShop, domains: DomainFailures, seed: UInt64) {
    self.fleet = fleet
    self.shop = shop
    self.domains = domains
    rolloutStream = RandomStream(seed: seed, name: "roll-out victims")
  }

  /// When something happens next.
  package var nextDue: Moment? {
    var due = fleet.nextDue ?? .distantFuture
    if let next = shop.nextDue { due = min(due, next) }
    if let next = domains.nextDue { due = min(due, next) }
    return due == .distantFuture ? nil : due
  }

  /// Lets a zone have another temperature from a moment on, up to which all has happened.
  package mutating func setInlet(_ inlet: Temperature, zone: Int, at moment: Moment) {
    fleet.setInlet(inlet, zone: zone, at: moment)
  }

  /// Installs a part more, and returns its number.
  package mutating func add(_ place: ComponentPlace, at moment: Moment) -> Int {
    fleet.add(place, at: moment)
  }

  /// Takes a part out for good; nobody repairs it any more.
  package mutating func retire(_ component: Int) {
    fleet.retire(component)
    shop.forget(component)
  }

  /// Opens a zone more, at 20 °C.
  package mutating func addZone(at moment: Moment) { fleet.addZone(at: moment) }

  /// Says how many there are of a domain from a moment on.
  package mutating func setCount(_ count: Int, of domain: FailureDomain, at moment: Moment) {
    domains.setCount(count, of: domain, at: moment)
  }

  /// Says how often one of a domain fails a year from a moment on.
  package mutating func setRate(_ perYear: Double, of domain: FailureDomain, at moment: Moment) {
    domains.setRate(perYear, of: domain, at: moment)
  }

  /// Changes the people and the spares from now on; what waits, waits for them.
  package mutating func staff(technicians: Int, shift: WeeklyWindow) {
    shop.technicians = technicians
    shop.shift = shift
  }

  /// Puts spares of a kind on the shelf.
  package mutating func stock(_ kind: ComponentKind, _ count: Int) { shop.stock(kind, count) }

  /// Breaks a part that still runs, by hand, up to now; false if it is down already.
  package mutating func fail(_ component: Int, at moment: Moment) -> Bool {
    guard let failure = fleet.fail(component, at: moment, cause: .hand) else { return false }
    take(failure)
    return true
  }

  /// Replaces a part that is down at once, by hand; false if it runs or has left.
  package mutating func replace(_ component: Int, at moment: Moment) -> Bool {
    guard fleet.isDown(component), !fleet.isRetired(component) else { return false }
    shop.forget(component)
    fleet.replace(component, at: moment)
    return true
  }

  /// The next thing that happens before `end`; nil if nothing more does.
  ///
  /// In one moment, repairs come first, then domains, then parts.
  package mutating func next(before end: Moment) -> FleetEvent? {
    while pending.isEmpty {
      guard let due = nextDue, due < end else { return nil }
      let after = due + TimeSpan(nanoseconds: 1)
      if let repairs = shop.next(before: after) {
        for repair in repairs where !fleet.isRetired(repair.failure.component) {
          fleet.replace(repair.failure.component, at: repair.finished)
          pending.append(.repaired(repair))
        }
      } else if let failure = domains.next(before: after) {
        pending.append(.domainFailed(failure))
        if failure.domain == .rollout { breakParts(failure) }
      } else if let failure = fleet.next(before: after) {
        take(failure)
      }
    }
    return pending.removeFirst()
  }

  private mutating func take(_ failure: ComponentFailure) {
    shop.accept(failure)
    pending.append(.failed(failure))
  }

  /// A bad roll-out breaks boards, each by its own chance.
  private mutating func breakParts(_ rollout: DomainFailure) {
    for component in 0..<fleet.count where fleet.kind(component) == .board {
      let chance = rolloutStream.entity(component).uniform(rollout.number)
      guard chance < rollout.brokenShare else { continue }
      let cause = FailureCause.rollout(rollout.number)
      if let failure = fleet.fail(component, at: rollout.moment, cause: cause) { take(failure) }
    }
  }
}
