import Quantities
import Reports

/// A scale of values with round ticks.
struct ValueAxis {
  /// The lowest tick.
  let low: Double
  /// The highest tick.
  let high: Double
  /// From tick to tick.
  let step: Double
  /// How many steps there are; at least one.
  let stepCount: Int
  private let decimals: Int

  /// The most steps that an axis has.
  ///
  /// `Chosen:` more labels than this are not read.
  private static let stepCountMax = 6

  /// A scale that holds two values.
  ///
  /// It begins at zero unless the values lie close together far from it.
  init(low: Double, high: Double) {
    var low = low
    var high = high
    if low >= 0, low <= high * 0.6 || low == high { low = 0 }
    if high <= 0, high >= low * 0.6 || low == high { high = 0 }
    if low == high { high = low + 1 }
    let step = ValueAxis.roundStep(low, high)
    let first = ValueAxis.floor(low / step)
    let last = max(first + 1, -ValueAxis.floor(-high / step))
    self.step = step
    self.low = Double(first) * step
    self.high = Double(last) * step
    stepCount = last - first
    var decimals = 0
    var rest = step
    while rest < 0.999, decimals < 9 {
      rest *= 10
      decimals += 1
    }
    self.decimals = decimals
  }

  /// The smallest of 1, 2, 5, 10, … that divides a range into few enough steps.
  private static func roundStep(_ low: Double, _ high: Double) -> Double {
    var power = 1.0
    while power > high - low { power /= 10 }
    while power * 10 < high - low { power *= 10 }
    power /= 10
    while true {
      for digit in [1.0, 2, 5] {
        let step = digit * power
        let count = -floor(-high / step) - floor(low / step)
        if count <= stepCountMax { return step }
      }
      power *= 10
    }
  }

  /// The greatest whole number that is not above, where a billionth above still counts as whole.
  private static func floor(_ number: Double) -> Int {
    let near = number + (number.magnitude + 1) * 1e-9
    let whole = Int(near)
    return near < Double(whole) ? whole - 1 : whole
  }

  /// The label of a tick, counted from the lowest.
  func label(_ index: Int) -> String {
    QuantityText.fixed(low + Double(index) * step, decimals)
  }
}

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
    default:
      symbol = unit.symbol.isEmpty ? unit.dimension.name : unit.symbol
      factor = 1
      return
    }
    let fitting = candidates.last { $0.1 * 2 <= base } ?? candidates[0]
    symbol = fitting.0
    factor = unit.scale / fitting.1
  }
}
