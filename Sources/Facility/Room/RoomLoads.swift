import Quantities

/// How busy the machines of a room are, as given from outside; each number from 0 to 1.
package enum RoomLoads: Hashable, Sendable, Codable {
  /// All alike.
  case uniform(Double)
  /// All machines of a rack alike.
  case perRack([Double])
  /// Each machine of each rack, in the order of the rack's groups.
  case perMachine([[Double]])

  /// What the machines of a group would draw together, fans left out, W.
  /// - Parameter first: how many machines of the rack stand in earlier groups.
  func watts(of group: MachineGroup, _ power: ServerPower, rack: Int, first: Int) -> Double {
    switch self {
    case .uniform(let load): return power.power(at: load).watts * Double(group.count)
    case .perRack(let loads): return power.power(at: loads[rack]).watts * Double(group.count)
    case .perMachine(let loads):
      var sum = 0.0
      for machine in first..<(first + group.count) {
        // Machines that were placed after the loads were given have none yet.
        let load = machine < loads[rack].count ? loads[rack][machine] : 0
        sum += power.power(at: load).watts
      }
      return sum
    }
  }
}
