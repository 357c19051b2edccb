import Catalogs
import Facility
import Quantities

extension World {
  /// Breaks a part of the room by hand; nobody repairs it by himself.
  /// - Returns: what followed at once, the failure first.
  /// - Throws: `RoomProblem`.
  package mutating func fail(_ part: RoomPart) throws(RoomProblem) -> [RoomEvent] {
    _ = try openRoom()
    return changeRoom { room, _ in room.room.fail(part) }
  }

  /// `Chosen:` what it costs to have somebody come and put a plant in order.
  package static let callPrice = Money.dollars(250)

  /// Has a part of the room repaired at once, for the price of a call; a breaker is closed for nothing.
  /// - Returns: what followed at once, the repair first.
  /// - Throws: `RoomProblem`.
  package mutating func repair(_ part: RoomPart) throws(RoomProblem) -> [RoomEvent] {
    _ = try openRoom()
    let needsCall =
      switch part {
      case .utility, .feedBreaker, .rackBreaker: false
      case .feed, .ups, .generator, .coolingUnit: true
      }
    let events = changeRoom { room, _ in
      room.repairs.removeAll { $0.part == part }
      return room.room.repair(part)
    }
    if needsCall { ledger.post(World.callPrice, .repairs, at: now) }
    return events
  }

  /// Switches on what heat had switched off in a rack.
  /// - Throws: `RoomProblem`.
  package mutating func restart(rack: Int) throws(RoomProblem) -> [RoomEvent] {
    _ = try openRoom()
    return changeRoom { room, _ in room.room.restart(rack: rack) }
  }

  /// Breaks a part of a kind in a machine by hand; whoever repairs takes care of it as of any other.
  /// - Returns: whether the machine had such a part that ran.
  /// - Throws: `RoomProblem`.
  package mutating func fail(
    _ kind: ComponentKind, machine index: Int
  ) throws(RoomProblem) -> Bool {
    let room = try openRoom()
    let part = machines[index].parts.first {
      room.operation.fleet.kind($0) == kind && !room.operation.fleet.isDown($0)
    }
    guard let part else { return false }
    return failPart(part)
  }

  /// Breaks the switch of a rack by hand.
  /// - Returns: whether it ran.
  /// - Throws: `RoomProblem`.
  package mutating func failSwitch(rack: Int) throws(RoomProblem) -> Bool {
    failPart(try openRoom().switches[rack])
  }

  private mutating func failPart(_ part: Int) -> Bool {
    guard var room = machineRoom, room.operation.fail(part, at: now) else { return false }
    var around = RoomSurroundings(shop: shop, machines: machines, ledger: ledger, store: store)
    shop = nil
    while let event = room.operation.next(before: now + TimeSpan(nanoseconds: 1)) {
      room.follow(event, &around)
    }
    room.applyStates(at: now, &around)
    take(around)
    machineRoom = room
    return true
  }

  /// Replaces all broken parts of a machine at once, each for its price.
  /// - Returns: what was replaced.
  /// - Throws: `RoomProblem`.
  package mutating func repair(machine index: Int) throws(RoomProblem) -> [ComponentKind] {
    _ = try openRoom()
    return replace(machines[index].brokenParts)
  }

  /// Replaces the switch of a rack and mends its cabling.
  /// - Throws: `RoomProblem`.
  package mutating func repairSwitch(rack: Int) throws(RoomProblem) {
    let part = try openRoom().switches[rack]
    _ = replace([part])
    changeRoom { room, _ in room.cutOff[rack] = nil }
  }

  private mutating func replace(_ parts: [Int]) -> [ComponentKind] {
    guard var room = machineRoom else { return [] }
    var around = RoomSurroundings(shop: shop, machines: machines, ledger: ledger, store: store)
    shop = nil
    var kinds: [ComponentKind] = []
    for part in parts where room.operation.replace(part, at: now) {
      let kind = room.operation.fleet.kind(part)
      room.restore(part, at: now, &around)
      room.pay(forPart: kind, at: now, &around.ledger)
      kinds.append(kind)
    }
    room.applyStates(at: now, &around)
    take(around)
    machineRoom = room
    return kinds
  }

  /// Says how many technicians are paid; with none the quilt maker does the work.
  /// - Throws: `RoomProblem`.
  package mutating func setStaff(_ count: Int) throws(RoomProblem) {
    _ = try openRoom()
    changeRoom { room, _ in
      room.staff = count
      room.operation.staff(
        technicians: max(1, count), shift: count == 0 ? MachineRoom.ownShift : .weekdays)
    }
  }

  /// Says who keeps strangers out.
  /// - Throws: `RoomProblem`.
  package mutating func setSecurity(_ security: Security) throws(RoomProblem) {
    _ = try openRoom()
    changeRoom { room, now in
      room.security = security
      room.operation.setRate(security.intrusionsPerYear, of: .intrusion, at: now)
    }
  }

  /// Insures the machines of the room, or no longer does.
  /// - Throws: `RoomProblem`.
  package mutating func insure(_ isInsured: Bool) throws(RoomProblem) {
    _ = try openRoom()
    machineRoom?.isInsured = isInsured
  }

  /// What a year of insurance costs, as a share of what the machines are worth.
  ///
  /// `Chosen:` two percent, as such policies are offered; it pays what a stolen machine is worth then.
  package static let premiumShare = 0.02

  /// What the machines in the room are worth: what they cost, less a fifth of it a year.
  package var insuredWorth: Money {
    machines.filter { $0.rack != nil }.reduce(.zero) { $0 + $1.worth(at: now) }
  }

  /// Moves the set point of all cooling units.
  /// - Throws: `RoomProblem`.
  package mutating func setPoint(_ temperature: Temperature) throws(RoomProblem) {
    _ = try openRoom()
    changeRoom { room, _ in
      for unit in room.room.plan.cooling.indices { room.room.setPoint(temperature, ofUnit: unit) }
    }
  }

  /// `Chosen:` curtains, doors and blanking panels for each rack.
  package static let containmentPrice = Money.dollars(150)

  /// Keeps cold air from hot in another way; better ways cost something for each rack.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func setContainment(_ containment: Containment) throws {
    let room = try openRoom()
    let steps = Containment.allCases
    let (old, new) = (
      steps.firstIndex(of: room.room.plan.containment) ?? 0, steps.firstIndex(of: containment) ?? 0
    )
    if new > old {
      try pay(World.containmentPrice * ((new - old) * max(1, room.room.racks.count)), .plant)
    }
    changeRoom { room, _ in room.room.setContainment(containment) }
  }
}
