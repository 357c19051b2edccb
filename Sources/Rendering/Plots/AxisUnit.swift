import Quantities
import Reports

/// The unit that an axis is labelled in: the series' own, or a handier one of the same dimension.
struct AxisUnit {
  /// How it is written.
  let symbol: String
  /// What a value in the series' unit is multiplied by.
  let factor: Double

  /// A unit in which a value as great as this has few digits.
  init(_ unit: Unit, greatest: Double) {
    let base = greatest * unit.scale
    let candidates: [(String, Double)]
    switch unit.dimension {
    case .time:
      candidates = [
        ("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3_600),
        ("days", 86_400),
      ]
    case .data:
      candidates = [("B", 1), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("PB", 1e15)]
    case .dataRate:
      candidates = [
        ("bit/s", 0.125), ("kbit/s", 125), ("Mbit/s", 1.25e5), ("Gbit/s", 1.25e8),
        ("Tbit/s", 1.25e11),
      ]
    case .power: candidates = [("W", 1), ("kW", 1e3), ("MW", 1e6), ("GW", 1e9)]
    case .number where unit.symbol.isEmpty:
      candidates = [("", 1), ("million", 1e6), ("billion", 1e9)]
    default: candidates = [(unit.symbol.isEmpty ? unit.dimension.name : unit.symbol, unit.scale)]
    }
    let fitting = candidates.last { $0.1 * 2 <= base } ?? candidates[0]
    let factor = unit.scale / fitting.1
    let rest = greatest * factor
    // What no unit makes handy is counted in thousands of thousands, or in parts of them.
    var power = 0
    while rest > 0, rest < AxisUnit.powers(power) * 1e-4, power > -198 { power -= 3 }
    while rest >= AxisUnit.powers(power) * 1e9, power < 198 { power += 3 }
    symbol = power == 0 ? fitting.0 : "× 1e\(power)" + (fitting.0.isEmpty ? "" : " \(fitting.0)")
    self.factor = factor / AxisUnit.powers(power)
  }

  /// Ten to a whole number.
  static func powers(_ exponent: Int) -> Double {
    let power = (0..<abs(exponent)).reduce(1.0) { power, _ in power * 10 }
    return exponent < 0 ? 1 / power : power
  }
}
