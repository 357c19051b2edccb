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
    [fleet.nextDue, shop.nextDue, domains.nextDue].compactMap { $0 }.min()
  }

  /// Lets a zone have another temperature from a moment on, up to which all has happened.
  package mutating func setInlet(_ inlet: Temperature, zone: Int, at moment: Moment) {
    fleet.setInlet(inlet, zone: zone, at: moment)
  }

  /// The next thing that happens before `end`; nil if nothing more does.
  ///
  /// In one moment, repairs come first, then domains, then parts.
  package mutating func next(before end: Moment) -> FleetEvent? {
    while pending.isEmpty {
      guard let due = nextDue, due < end else { return nil }
      let after = due + TimeSpan(nanoseconds: 1)
      if let repairs = shop.next(before: after) {
        for repair in repairs {
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
