import Quantities

/// Why machines do not fit into a rack.
package struct PlacementProblem: Error, Hashable, Sendable {
  /// A limit that would be passed.
  package enum Limit: Hashable, Sendable {
    /// Rack units.
    case units(needed: Int, free: Int)
    /// The most that the machines may draw.
    case power(needed: Power, free: Power)
    /// The most that they may weigh.
    case mass(needed: Mass, free: Mass)
  }

  /// Room for some of them.
  package struct Place: Hashable, Sendable {
    /// The rack.
    package var rack: Int
    /// How many of the kind would fit.
    package var count: Int

    /// So many in a rack.
    package init(rack: Int, count: Int) {
      self.rack = rack
      self.count = count
    }
  }

  /// The rack.
  package var rack: Int
  /// All limits that would be passed.
  package var limits: [Limit]
  /// Where some of the kind would fit, this rack included, in the order of the racks.
  package var places: [Place]
}

extension Room {
  /// Puts machines into a rack; they are idle until loads say otherwise.
  /// - Throws: `PlacementProblem` with all limits that they would pass and with what would fit; nothing
  ///   is placed then.
  package mutating func place(
    _ kind: MachineSpec, count: Int, rack: Int
  ) throws(PlacementProblem) {
    precondition(count > 0 && racks.indices.contains(rack), "\(count) machines into rack \(rack)")
    let limits = passedLimits(kind, count: count, rack: rack)
    guard limits.isEmpty else {
      throw PlacementProblem(rack: rack, limits: limits, places: places(for: kind))
    }
    change { room in
      let index = room.index(of: kind)
      if let group = room.racks[rack].groups.firstIndex(where: { $0.kind == index }) {
        room.racks[rack].groups[group].count += count
      } else {
        room.racks[rack].groups.append(MachineGroup(kind: index, count: count))
      }
      room.settleGroups(rack)
    }
  }

  /// Takes machines out of a rack: so many of a kind, or all that there are.
  /// - Returns: how many were taken.
  @discardableResult
  package mutating func remove(_ kindID: String, count: Int, rack: Int) -> Int {
    guard
      let group = racks[rack].groups.firstIndex(where: { kinds[$0.kind].id == kindID })
    else { return 0 }
    let taken = min(count, racks[rack].groups[group].count)
    change { room in
      room.racks[rack].groups[group].count -= taken
      if room.racks[rack].groups[group].count == 0 { room.racks[rack].groups.remove(at: group) }
      room.settleGroups(rack)
    }
    return taken
  }

  /// Where machines of a kind would fit, and how many in each rack.
  package func places(for kind: MachineSpec) -> [PlacementProblem.Place] {
    racks.indices.compactMap { rack in
      let free = freeIn(rack)
      var count = min(free.units / kind.units, Room.whole(free.power / kind.peak))
      if kind.mass.kilograms > 0 {
        count = min(count, Room.whole(free.mass.kilograms / kind.mass.kilograms))
      }
      return count > 0 ? PlacementProblem.Place(rack: rack, count: count) : nil
    }
  }

  /// How much of each limit of a rack is left, by the most that its machines can draw.
  package func freeIn(_ rack: Int) -> (units: Int, power: Power, mass: Mass) {
    let plan = racks[rack].plan
    var (units, power, mass) = (plan.units, plan.powerLimit, plan.massLimit)
    for group in racks[rack].groups {
      let kind = kinds[group.kind]
      units -= kind.units * group.count
      power = power - kind.peak * Double(group.count)
      mass = mass - kind.mass * Double(group.count)
    }
    return (units, power, mass)
  }

  private func passedLimits(
    _ kind: MachineSpec, count: Int, rack: Int
  ) -> [PlacementProblem.Limit] {
    let free = freeIn(rack)
    let (power, mass) = (kind.peak * Double(count), kind.mass * Double(count))
    var limits: [PlacementProblem.Limit] = []
    if kind.units * count > free.units {
      limits.append(.units(needed: kind.units * count, free: free.units))
    }
    if power > free.power { limits.append(.power(needed: power, free: free.power)) }
    if mass > free.mass { limits.append(.mass(needed: mass, free: free.mass)) }
    return limits
  }

  /// Whole machines in a ratio, at most a million.
  private static func whole(_ ratio: Double) -> Int { Int(min(max(ratio, 0), 1e6)) }

  private mutating func index(of kind: MachineSpec) -> Int {
    if let known = kinds.firstIndex(of: kind) { return known }
    kinds.append(kind)
    return kinds.count - 1
  }

  private mutating func settleGroups(_ rack: Int) {
    for index in racks[rack].groups.indices {
      let group = racks[rack].groups[index]
      let kind = kinds[group.kind]
      racks[rack].groups[index].fanSpeed = kind.fanSpeed(
        inlet: Temperature(celsius: temperatures.air.celsius + racks[rack].rise))
    }
    updateDemand()
    if racks[rack].groups.isEmpty { racks[rack].clear() }
  }
}

extension Rack {
  /// What an empty rack draws and adds.
  fileprivate mutating func clear() {
    (watts, fanWatts, rise) = (0, 0, 0)
    for index in cords.indices { cords[index].watts = 0 }
  }
}
