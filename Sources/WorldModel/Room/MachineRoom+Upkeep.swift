import Catalogs
import Facility
import Quantities
import Service

extension MachineRoom {
  /// Follows what happened to parts and domains.
  mutating func follow(_ event: FleetEvent, _ world: inout RoomSurroundings) {
    switch event {
    case .failed(let failure): follow(failure, &world)
    case .repaired(let repair): follow(repair, &world)
    case .domainFailed(let failure) where failure.domain == .intrusion:
      intrude(failure, &world)
    case .domainFailed(let failure) where failure.domain == .storage:
      let orders = world.shop?.accounts.total.orders ?? 0
      let lost = world.store.diskFailed(at: failure.moment, counted: orders)
      pay(forPart: .disk, at: failure.moment, &world.ledger)
      world.shop?.follow(world.store)
      note(.storageDiskFailed(ordersLost: lost), at: failure.moment)
    case .domainFailed(let failure): follow(failure)
    }
  }

  private mutating func follow(_ failure: ComponentFailure, _ world: inout RoomSurroundings) {
    if let rack = switches.firstIndex(of: failure.component) {
      cutOff[rack] = .distantFuture
      note(.rackCutOff(rack: rack, isSwitch: true), at: failure.moment)
      return
    }
    guard let index = machine(ofPart: failure.component, world.machines) else { return }
    world.machines[index].brokenParts.append(failure.component)
    note(
      .partFailed(
        machine: world.machines[index].number, kind: failure.kind, age: failure.age,
        cause: failure.cause), at: failure.moment)
  }

  private mutating func follow(_ repair: Repair, _ world: inout RoomSurroundings) {
    let (part, moment) = (repair.failure.component, repair.finished)
    restore(part, at: moment, &world)
    pay(forPart: repair.failure.kind, at: moment, &world.ledger)
  }

  /// Notes that a part was replaced.
  mutating func restore(_ part: Int, at moment: Moment, _ world: inout RoomSurroundings) {
    if let rack = switches.firstIndex(of: part) {
      cutOff[rack] = nil
      note(.rackReachable(rack: rack), at: moment)
      return
    }
    guard let index = machine(ofPart: part, world.machines) else { return }
    world.machines[index].brokenParts.removeAll { $0 == part }
    note(
      .partReplaced(
        machine: world.machines[index].number, kind: operation.fleet.kind(part)), at: moment)
  }

  /// Pays for the part that goes back onto the shelf.
  func pay(forPart kind: ComponentKind, at moment: Moment, _ ledger: inout Ledger) {
    guard let part = Catalog.standard.parts.first(where: { $0.component == kind }) else { return }
    ledger.post(part.price(at: moment), .repairs, at: moment)
  }

  private mutating func follow(_ failure: DomainFailure) {
    let until = failure.moment + failure.outage
    switch failure.domain {
    case .rack:
      guard failure.index < cutOff.count, cutOff[failure.index] == nil else { return }
      cutOff[failure.index] = until
      note(.rackCutOff(rack: failure.index, isSwitch: false), at: failure.moment)
    case .utility: breakDown(.utility(0), until: until)
    case .coolingUnit: breakDown(.coolingUnit(failure.index), until: until)
    case .ups:
      let feeds = room.feeds.indices.filter { room.feeds[$0].plan.ups != nil }
      if failure.index < feeds.count { breakDown(.ups(feed: feeds[failure.index]), until: until) }
    case .generator:
      let feeds = room.feeds.indices.filter { room.feeds[$0].plan.generator != nil }
      if failure.index < feeds.count {
        breakDown(.generator(feed: feeds[failure.index]), until: until)
      }
    case .rollout: note(.rollout(number: failure.number), at: failure.moment)
    case .breaker, .room, .intrusion, .storage: return
    }
  }

  /// Somebody breaks in and wrecks machines of one rack: their boards must be replaced, and insurance
  /// pays what the machines were worth.
  ///
  /// `Chosen:` up to four, as many as fit into a car.
  private mutating func intrude(_ failure: DomainFailure, _ world: inout RoomSurroundings) {
    guard let rack = layout.firstIndex(where: { !$0.isEmpty }) else { return }
    let taken = Array(layout[rack].prefix(4))
    var worth = Money.zero
    for index in taken {
      worth += world.machines[index].worth(at: failure.moment)
      let board = world.machines[index].parts.first { operation.fleet.kind($0) == .board }
      if let board { _ = operation.fail(board, at: failure.moment) }
    }
    note(.intrusion(machines: taken.count), at: failure.moment)
    if isInsured { world.ledger.post(-worth, .insurance, at: failure.moment) }
  }

  /// Breaks a part of the room that somebody repairs at a moment, unless it is broken already.
  private mutating func breakDown(_ part: RoomPart, until moment: Moment) {
    guard !repairs.contains(where: { $0.part == part }), !room.isBroken(part) else { return }
    room.fail(part)
    repairs.append(PendingRepair(moment: moment, part: part))
  }

  mutating func note(_ what: Incident.What, at moment: Moment) {
    incidents.append(Incident(moment: moment, what: what))
  }

  /// The machine that a part belongs to, by its place among all; nil for one that was sold.
  ///
  /// - Complexity: O(machines), once for each failure.
  func machine(ofPart part: Int, _ machines: [OwnedMachine]) -> Int? {
    machines.firstIndex { $0.parts.contains(part) }
  }
}

// MARK: - Once an hour

extension MachineRoom {
  /// `Chosen:` what a litre of diesel costs, delivered.
  package static let fuelPrice = Money.dollars(1)

  /// What people do once an hour, and how fast parts age in the next.
  mutating func lookAround(at now: Moment, _ world: inout RoomSurroundings) {
    setAging(at: now)
    guard operation.shop.technicians > 0, operation.shop.shift.opening(from: now) == now else {
      return
    }
    var hasChanged = false
    for rack in room.racks.indices {
      let tripped = room.racks[rack].groups.filter { $0.state == .tripped }
      guard let first = tripped.first, room.racks[rack].isLive else { continue }
      let limit = room.kinds[first.kind].tripsAt - MachineSpec.restartMargin
      guard room.inlet(ofRack: rack) <= limit else { continue }
      room.restart(rack: rack)
      hasChanged = true
    }
    for feed in room.feeds.indices { refuel(feed, at: now, &world.ledger) }
    if hasChanged { applyStates(at: now, &world) }
  }

  /// Lets the parts of each rack age as its mean inlet of the last hour has it.
  private mutating func setAging(at now: Moment) {
    guard let row = records.lastHour else { return }
    for rack in room.racks.indices {
      // Where racks are too many to be recorded one by one, all age as the mean.
      let inlet = rack < row.rackCount ? row.inlet(ofRack: rack) : row.inlet
      guard let inlet, !room.racks[rack].groups.isEmpty else { continue }
      operation.setInlet(inlet, zone: rack, at: now)
    }
  }

  /// Fills the tank of a generator that stands, if something was burnt.
  private mutating func refuel(_ feed: Int, at now: Moment, _ ledger: inout Ledger) {
    guard let generator = room.feeds[feed].plan.generator,
      room.feeds[feed].generator == .standing || room.feeds[feed].fuelLeft.liters == 0
    else { return }
    let burnt = generator.tank.liters - room.feeds[feed].fuelLeft.liters
    guard burnt > 1e-6 else { return }
    room.refuel(feed: feed)
    ledger.post(.dollars(burnt * MachineRoom.fuelPrice.dollars), .electricity, at: now)
  }
}
