import Quantities

/// How busy the machines of a room are, as given from outside; each number from 0 to 1, or negative for
/// a machine that is switched off.
package enum RoomLoads: Hashable, Sendable, Codable {
  /// All alike.
  case uniform(Double)
  /// All machines of a rack alike.
  case perRack([Double])
  /// Each machine of each rack, in the order of the rack's groups.
  case perMachine([[Double]])

  /// What the machines of a group would draw together, fans left out, W, and how many of them are on.
  /// - Parameter first: how many machines of the rack stand in earlier groups.
  func draw(of group: MachineGroup, _ power: ServerPower, rack: Int, first: Int)
    -> (watts: Double, on: Int)
  {
    switch self {
    case .uniform(let load): return draw(of: group, power, load)
    case .perRack(let loads): return draw(of: group, power, rack < loads.count ? loads[rack] : 0)
    case .perMachine(let loads):
      let loads = rack < loads.count ? loads[rack] : []
      var (sum, on) = (0.0, 0)
      for machine in first..<(first + group.count) {
        // Machines that were placed after the loads were given have none yet.
        let load = machine < loads.count ? loads[machine] : 0
        guard load >= 0 else { continue }
        sum += power.power(at: load).watts
        on += 1
      }
      return (sum, on)
    }
  }

  private func draw(of group: MachineGroup, _ power: ServerPower, _ load: Double)
    -> (watts: Double, on: Int)
  {
    load < 0 ? (0, 0) : (power.power(at: load).watts * Double(group.count), group.count)
  }
}
