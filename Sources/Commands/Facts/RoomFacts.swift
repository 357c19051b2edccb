import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

extension FactFamily {
  /// What the machine room as a whole does.
  static let room = FactFamily(
    declarations: [
      FactDeclaration("room.power", .gauge, .watt, "what the machines draw"),
      FactDeclaration("room.facility-power", .gauge, .watt, "what the room draws in all"),
      FactDeclaration("room.cooling-power", .gauge, .watt, "what the cooling draws"),
      FactDeclaration("room.inlet", .gauge, .celsius, "the inlet of the rack where it is warmest"),
      FactDeclaration("room.outside", .gauge, .celsius, "the air outside"),
      FactDeclaration(
        "room.pue", .gauge, "power usage effectiveness: all energy over the machines'"),
      FactDeclaration("room.energy", .counter, .kilowattHour, "all energy that the room took"),
      FactDeclaration("room.machine-energy", .counter, .kilowattHour, "energy of the machines"),
      FactDeclaration("room.cooling-energy", .counter, .kilowattHour, "energy of the cooling"),
      FactDeclaration("room.water", .counter, .liter, "water that cooling towers took"),
      FactDeclaration("room.throttled", .gauge, "machines slowed down by heat"),
      FactDeclaration("room.down", .gauge, "machines that ought to run and do not"),
      FactDeclaration("room.failures", .counter, "parts of machines and switches that failed"),
      FactDeclaration("room.outages", .counter, "times that the power company's line failed"),
      FactDeclaration("room.alarms", .gauge, "what is not as it should be"),
      FactDeclaration("room.state", .text, "'open', 'being built' or 'none'"),
    ],
    value: { query throws(FactUnavailable) in try query.roomValue() })

  /// What each rack does.
  static let racks = FactFamily(
    declarations: [
      FactDeclaration("rack.*.inlet", .gauge, .celsius, "the air that a rack draws in"),
      FactDeclaration("rack.*.power", .gauge, .watt, "what a rack's machines draw"),
      FactDeclaration("rack.*.machines", .gauge, "how many machines stand in a rack"),
      FactDeclaration(
        "rack.*.state", .text, "'running', 'throttled', 'tripped', 'dark', 'cut off' or 'empty'"),
    ],
    value: { query throws(FactUnavailable) in try query.rackValue() })
}

extension WorldQuery {
  /// The room, once it was ordered.
  private func room() throws(FactUnavailable) -> MachineRoom {
    // What is asked about now is told as it is; what is asked about a time, as it was measured.
    guard let room = window == nil ? world.machineRoom : world.measuredRoom else {
      throw .notYet("there is no machine room; 'build' orders one")
    }
    return room
  }

  func roomValue() throws(FactUnavailable) -> FactValue {
    let key = fact.declaration.key
    if key == "room.state" {
      try forNow()
      guard let room = world.machineRoom else { return .text("none") }
      return .text(room.opens <= world.now ? "open" : "being built")
    }
    let room = try room()
    if key == "room.alarms" {
      try forNow()
      return .count(RoomAlarms(room, world).all.count)
    }
    if key == "room.failures" { return .count(try failures(room)) }
    if key == "room.outages" { return .count(try outages(room)) }
    guard window != nil else { return try roomValueNow(key, room) }
    if fact.declaration.kind == .counter {
      return RoomQuery.value(key, try record(room)) ?? .undefined("nothing was measured")
    }
    return try extreme(room) { RoomQuery.value(key, $0) }
      ?? .undefined("nothing was measured")
  }

  private func outages(_ room: MachineRoom) throws(FactUnavailable) -> Int {
    let stretch = try stretch()
    return room.room.log.count { event in
      guard case .failed(.utility) = event.occurrence else { return false }
      guard let stretch else { return true }
      if case .at? = window { return event.moment < stretch.end }
      return stretch.start <= event.moment && event.moment < stretch.end
    }
  }

  private func failures(_ room: MachineRoom) throws(FactUnavailable) -> Int {
    let stretch = try stretch()
    return room.incidents.count { incident in
      switch incident.what {
      case .partFailed, .rackCutOff(_, isSwitch: true): break
      default: return false
      }
      guard let stretch else { return true }
      if case .at? = window { return incident.moment < stretch.end }
      return stretch.start <= incident.moment && incident.moment < stretch.end
    }
  }

  private func roomValueNow(_ key: String, _ room: MachineRoom) throws(FactUnavailable) -> FactValue
  {
    switch key {
    case "room.power": return .power(room.room.machinePower)
    case "room.inlet":
      let racks = room.room.racks.indices.filter { !room.room.racks[$0].groups.isEmpty }
      return racks.map { room.room.inlet(ofRack: $0) }.max().map(FactValue.temperature)
        ?? .undefined("no machine stands in a rack")
    case "room.outside": return .temperature(room.room.outside.dryBulb)
    case "room.throttled":
      let groups = room.room.racks.flatMap(\.groups).filter { $0.state == .throttled }
      return .count(groups.reduce(0) { $0 + $1.count })
    case "room.down": return .count(room.downCount(world.machines))
    case "room.pue":
      let room = world.measuredRoom ?? room
      let midnight = world.now.startOfDay
      let start = max(room.records.start, midnight < world.now ? midnight : midnight - .days(1))
      guard start < room.records.end else { return .undefined("nothing was measured") }
      let row = try measured { () throws(WindowProblem) in
        try room.records.row(of: Service.Window(start, room.records.end))
      }
      return RoomQuery.value(key, row) ?? .undefined("the machines took nothing")
    case "room.facility-power", "room.cooling-power":
      return (world.measuredRoom ?? room).records.lastMinute.flatMap { RoomQuery.value(key, $0) }
        ?? .undefined("nothing was measured")
    default:
      return RoomQuery.value(key, room.records.total) ?? .undefined("nothing was measured")
    }
  }

  func rackValue() throws(FactUnavailable) -> FactValue {
    let parts = fact.declaration.key.split(separator: ".").map(String.init)
    let room = try room()
    guard let rack = room.rack(named: parts[1]) else {
      let names = room.room.racks.map(\.plan.name)
      throw .never(
        code: "unknown-rack", message: "There is no rack '\(parts[1])'.",
        help: names.isEmpty
          ? "'buy rack' puts one up." : "Racks here: \(names.joined(separator: ", ")).")
    }
    switch parts[2] {
    case "state":
      try forNow()
      return .text(RackState(room, rack: rack, now: world.now).name)
    case "machines":
      try forNow()
      return .count(room.room.racks[rack].groups.reduce(0) { $0 + $1.count })
    case "inlet":
      guard window != nil else { return .temperature(room.room.inlet(ofRack: rack)) }
      if suffix == .high {
        return try record(room).inletHigh(ofRack: rack).map(FactValue.temperature)
          ?? .undefined("nothing was measured")
      }
      return try extreme(room) { $0.inlet(ofRack: rack).map(FactValue.temperature) }
        ?? .undefined("nothing was measured")
    default:
      guard window != nil else { return .power(room.room.racks[rack].power) }
      return try extreme(room) { $0.power(ofRack: rack).map(FactValue.power) }
        ?? .undefined("nothing was measured")
    }
  }

  // MARK: - Over a window

  private func measured<Value>(
    _ ask: () throws(WindowProblem) -> Value
  ) throws(FactUnavailable) -> Value {
    do throws(WindowProblem) {
      return try ask()
    } catch {
      throw error.unavailable
    }
  }

  private func record(_ room: MachineRoom) throws(FactUnavailable) -> RoomRow {
    var rows = try rows(room)[...]
    var sum = rows.removeFirst()
    for row in rows { sum.combine(row) }
    return sum
  }

  /// The rows of the window; at least one.
  private func rows(_ room: MachineRoom) throws(FactUnavailable) -> [RoomRow] {
    guard let stretch = try stretch() else {
      throw .notYet("nothing was measured")
    }
    if case .at? = window, fact.declaration.kind == .counter {
      return try measured { () throws(WindowProblem) in
        try room.records.rows(of: Service.Window(room.records.start, stretch.end))
      }
    }
    return try measured { () throws(WindowProblem) in try room.records.rows(of: stretch) }
  }

  /// The mean over the window, or its least or greatest row.
  private func extreme(
    _ room: MachineRoom, _ value: (RoomRow) -> FactValue?
  ) throws(FactUnavailable) -> FactValue? {
    guard suffix == .low || suffix == .high else { return value(try record(room)) }
    if fact.declaration.key == "room.inlet" {
      let row = try record(room)
      return (suffix == .low ? row.inletLow : row.inletHigh).map(FactValue.temperature)
    }
    let values = try rows(room).compactMap(value)
    func number(_ value: FactValue) -> Double {
      if case .quantity(let quantity, _) = value { return quantity.value }
      return 0
    }
    return suffix == .low
      ? values.min { number($0) < number($1) } : values.max { number($0) < number($1) }
  }
}

/// What a row of a room's records says about a fact.
enum RoomQuery {
  /// The value of a fact in a row; nil if it has none.
  static func value(_ key: String, _ row: RoomRow) -> FactValue? {
    func number(_ value: Double?) -> FactValue? { value.map { .quantity(Quantity($0), .none) } }
    switch key {
    case "room.power": return row.machinePower.map(FactValue.power)
    case "room.facility-power": return row.facilityPower.map(FactValue.power)
    case "room.cooling-power": return row.coolingPower.map(FactValue.power)
    case "room.inlet": return row.inlet.map(FactValue.temperature)
    case "room.outside": return row.outside.map(FactValue.temperature)
    case "room.pue": return number(row.powerUsageEffectiveness)
    case "room.energy": return .energy(row.facilityEnergy)
    case "room.machine-energy": return .energy(row.machineEnergy)
    case "room.cooling-energy": return .energy(row.coolingEnergy)
    case "room.water": return .quantity(Quantity(row.water.cubicMeters, .volume), .liter)
    case "room.throttled": return number(row.throttled)
    case "room.down": return number(row.down)
    default: preconditionFailure("the fact '\(key)' is declared and not computed")
    }
  }
}
