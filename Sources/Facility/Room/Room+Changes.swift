import Quantities

// All changes hold from now on.

extension Room {
  /// Breaks a part from outside.
  /// - Returns: what followed at once, the failure first.
  @discardableResult
  package mutating func fail(_ part: RoomPart) -> [RoomEvent] {
    change { $0.applyFailure(of: part) }
  }

  /// Repairs a part, closes a breaker or ends an outage.
  ///
  /// A breaker that is still hot opens again soon.
  /// - Returns: what followed at once, the repair first.
  @discardableResult
  package mutating func repair(_ part: RoomPart) -> [RoomEvent] {
    change { $0.applyRepair(of: part) }
  }

  /// Switches on what had tripped from heat in a rack.
  /// - Returns: what followed at once.
  @discardableResult
  package mutating func restart(rack: Int) -> [RoomEvent] {
    change { room in
      for index in room.racks[rack].groups.indices
      where room.racks[rack].groups[index].state == .tripped {
        room.racks[rack].groups[index].state = .running
        room.record(.restarted(rack: rack, group: index), cause: nil)
      }
    }
  }

  /// Fills the tank of a feed's generator; one that had run dry may start again.
  package mutating func refuel(feed: Int) {
    change { room in
      guard let generator = room.feeds[feed].plan.generator else { return }
      let wasDry = room.feeds[feed].fuel == 0
      room.feeds[feed].fuel = generator.tank.liters
      if wasDry { room.applyRepair(of: .generator(feed: feed)) }
    }
  }

  /// Moves the set point of a cooling unit, and the air that leaves its coil by as much.
  package mutating func setPoint(_ setPoint: Temperature, ofUnit unit: Int) {
    change { room in
      let shift = setPoint - room.plan.cooling[unit].setPoint
      room.plan.cooling[unit].setPoint = setPoint
      room.plan.cooling[unit].supply = room.plan.cooling[unit].supply + shift
      room.control()
    }
  }

  /// Puts up or takes down doors and roofs over the aisles.
  package mutating func setContainment(_ containment: Containment) {
    change { $0.plan.containment = containment }
  }

  @discardableResult
  mutating func change(_ body: (inout Room) -> Void) -> [RoomEvent] {
    let first = log.count
    close(at: now)
    body(&self)
    refresh()
    return Array(log[first...])
  }

  mutating func applyFailure(of part: RoomPart) {
    let id = record(.failed(part), cause: nil)
    switch part {
    case .utility(let line):
      utilitiesDown[line] = true
      utilityEvents[line] = id
    case .feed(let feed): feeds[feed].isBroken = true
    case .ups(let feed): feeds[feed].isUPSBroken = true
    case .generator(let feed): feeds[feed].generator = .broken
    case .feedBreaker(let feed): feeds[feed].isOpen = true
    case .rackBreaker(let rack, let cord):
      racks[rack].cords[cord].isOpen = true
      racks[rack].cords[cord].event = id
    case .coolingUnit(let unit): cooling[unit].isBroken = true
    }
    reconcile(id)
  }

  mutating func applyRepair(of part: RoomPart) {
    let id = record(.repaired(part), cause: nil)
    switch part {
    case .utility(let line): utilitiesDown[line] = false
    case .feed(let feed): feeds[feed].isBroken = false
    case .ups(let feed): feeds[feed].isUPSBroken = false
    case .generator(let feed): feeds[feed].generator = .standing
    case .feedBreaker(let feed): feeds[feed].isOpen = false
    case .rackBreaker(let rack, let cord): racks[rack].cords[cord].isOpen = false
    case .coolingUnit(let unit): cooling[unit].isBroken = false
    }
    reconcile(id)
  }
}

extension Room {
  /// All parts that can fail, in the order of the power path.
  package var allParts: [RoomPart] {
    utilitiesDown.indices.map { .utility($0) }
      + feeds.indices.flatMap { feed -> [RoomPart] in
        [.generator(feed: feed), .feed(feed), .ups(feed: feed), .feedBreaker(feed)]
      }
      + racks.indices.flatMap { rack in
        racks[rack].cords.indices.map { .rackBreaker(rack: rack, cord: $0) }
      }
      + cooling.indices.map { .coolingUnit($0) }
  }

  /// Whether a part has failed, is down or open.
  package func isBroken(_ part: RoomPart) -> Bool {
    switch part {
    case .utility(let line): utilitiesDown[line]
    case .feed(let feed): feeds[feed].isBroken
    case .ups(let feed): feeds[feed].isUPSBroken
    case .generator(let feed): feeds[feed].generator == .broken
    case .feedBreaker(let feed): feeds[feed].isOpen
    case .rackBreaker(let rack, let cord): racks[rack].cords[cord].isOpen
    case .coolingUnit(let unit): cooling[unit].isBroken
    }
  }
}
