import Quantities
import Randomness

/// What a server draws at a utilization, its fans left out.
package enum ServerPower: Hashable, Sendable, Codable {
  /// P = idle + (peak − idle) · u.
  case linear(idle: Power, peak: Power)
  /// P = idle + (peak − idle) · u³: a processor whose voltage follows its clock.
  case cubic(idle: Power, peak: Power)
  /// P = idle + (peak − idle) · (2u − u^1.4), measured on thousands of servers.
  ///
  /// - Source: Fan, Weber, Barroso, "Power Provisioning for a Warehouse-sized Computer", ISCA 2007,
  ///   section 3; r = 1.4 minimized their squared error. It leaves out what is done: equal
  ///   utilizations of different programs draw alike.
  case concave(idle: Power, peak: Power)
  /// Eleven measured powers, idle and each tenth of full load, with straight lines between.
  case measured([Power])

  /// The exponent r of the concave curve.
  package static let exponent = 1.4

  /// The power at a utilization from 0 to 1; outside it is taken as the nearer end.
  /// - Precondition: a measured table has eleven entries.
  /// - Complexity: O(1); the concave curve costs a logarithm and an exponential.
  package func power(at utilization: Double) -> Power {
    let u = min(max(utilization, 0), 1)
    switch self {
    case .linear(let idle, let peak): return idle + (peak - idle) * u
    case .cubic(let idle, let peak): return idle + (peak - idle) * (u * u * u)
    case .concave(let idle, let peak):
      return idle + (peak - idle) * (2 * u - ServerPower.power(of: u))
    case .measured(let table):
      precondition(table.count == 11, "a measured curve of \(table.count) points, not 11")
      let cell = min(Int(u * 10), 9)
      return table[cell] + (table[cell + 1] - table[cell]) * (u * 10 - Double(cell))
    }
  }

  /// u^r; e^(r log u) is within a few units of the last place, three times as fast as the exact power.
  private static func power(of u: Double) -> Double {
    u == 0 ? 0 : u == 1 ? 1 : Portable.exp(exponent * Portable.log(u))
  }

  /// The power when it has nothing to do.
  package var idle: Power { power(at: 0) }

  /// The power when it is busy all the time.
  package var peak: Power { power(at: 1) }
}
