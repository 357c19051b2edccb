import Quantities
import Randomness
import Reports

/// An axis laid out: where values lie between its ends, and where round ticks stand.
struct AxisScale {
  /// A tick.
  struct Tick: Hashable {
    /// Its place, 0 at the low end and 1 at the high one.
    var place: Double
    /// What stands at it.
    var label: String
  }

  /// The unit of the labels; empty where they bear their own, or none.
  let symbol: String
  /// The ticks at equal distances, the first and the last at the ends.
  let ticks: [Tick]
  private let factor: Double
  private let isLogarithmic: Bool
  private let low: Double
  private let span: Double

  /// The most steps of an upright axis.
  ///
  /// `Chosen:` more labels than this are not read.
  static let stepCountMax = 6

  /// How many steps there are from tick to tick.
  var stepCount: Int { ticks.count - 1 }

  /// An axis that holds values of a range, which `Drawable` has bounded.
  ///
  /// A linear one begins at zero unless the values lie close together far from it.
  init(_ axis: Axis, holding range: ClosedRange<Double>, stepCountMax: Int = stepCountMax) {
    isLogarithmic = axis.scale == .logarithmic
    if isLogarithmic {
      let decades = AxisScale.decades(range, axis.unit)
      let step = max(1, (decades.count + stepCountMax - 2) / max(1, stepCountMax))
      let count = max(1, (decades.count - 2 + step) / step)
      symbol = ""
      factor = axis.unit.scale
      low = Double(decades.lowerBound)
      span = Double(count * step)
      ticks = (0...count).map {
        Tick(
          place: Double($0) / Double(count),
          label: DecadeText.text(decades.lowerBound + $0 * step, axis.unit))
      }
    } else {
      let unit = AxisUnit(
        axis.unit, greatest: max(range.lowerBound.magnitude, range.upperBound.magnitude))
      let (low, high) = AxisScale.withZero(
        range.lowerBound * unit.factor, range.upperBound * unit.factor)
      let steps = RoundSteps(low: low, high: high, countMax: stepCountMax)
      symbol = unit.symbol
      factor = unit.factor
      self.low = steps.low
      span = steps.high - steps.low
      ticks = (0...steps.count).map {
        Tick(place: Double($0) / Double(steps.count), label: steps.label($0))
      }
    }
  }

  /// Where a value lies: 0 at the low end, 1 at the high one.
  ///
  /// A logarithmic axis has zero at its low end.
  func place(_ value: Double) -> Double {
    guard isLogarithmic else { return (value * factor - low) / span }
    return value > 0 ? (AxisScale.log10(value * factor) - low) / span : 0
  }

  /// A range that begins or ends at zero where that leaves more than two fifths of it to the
  /// values.
  private static func withZero(_ low: Double, _ high: Double) -> (low: Double, high: Double) {
    var (low, high) = (low, high)
    if low >= 0, low <= high * 0.6 || low == high { low = 0 }
    if high <= 0, high >= low * 0.6 || low == high { high = 0 }
    if low == high { high = low + 1 }
    return (low, high)
  }

  /// The exponents of the powers of ten, in base units, around a range of positive values.
  private static func decades(_ range: ClosedRange<Double>, _ unit: Unit) -> Range<Int> {
    let low = RoundSteps.floor(log10(range.lowerBound * unit.scale))
    let high = -RoundSteps.floor(-log10(range.upperBound * unit.scale))
    return low..<max(low + 1, high) + 1
  }

  private static func log10(_ value: Double) -> Double {
    Portable.log(value) / 2.302585092994045684
  }
}

/// Powers of ten as the labels of a logarithmic axis: each with its own unit, `10 µs` under `1 ms`.
enum DecadeText {
  /// The label for ten to a power of base units.
  static func text(_ exponent: Int, _ unit: Unit) -> String {
    let names: [(exponent: Int, symbol: String)]
    switch unit.dimension {
    case .time: names = [(-9, "ns"), (-6, "µs"), (-3, "ms"), (0, "s")]
    case .data: names = [(0, "B"), (3, "KB"), (6, "MB"), (9, "GB"), (12, "TB"), (15, "PB")]
    case .dataRate:
      names = [(0, "B/s"), (3, "KB/s"), (6, "MB/s"), (9, "GB/s"), (12, "TB/s")]
    case .power: names = [(0, "W"), (3, "kW"), (6, "MW"), (9, "GW")]
    case .work: names = prefixed("FLOP")
    case .workRate: names = prefixed("FLOP/s")
    case .number where unit == .percent: names = [(-2, "%")]
    default: names = [(0, unit.symbol.isEmpty || unit.scale != 1 ? "" : unit.symbol)]
    }
    let name = names.last { $0.exponent <= exponent } ?? names[0]
    let rest = exponent - name.exponent
    let number =
      (-4...6).contains(rest)
      ? QuantityText.fixed(AxisUnit.powers(rest), max(0, -rest)) : "1e\(rest)"
    return name.symbol.isEmpty || name.symbol == "%"
      ? number + name.symbol : "\(number) \(name.symbol)"
  }

  private static func prefixed(_ symbol: String) -> [(exponent: Int, symbol: String)] {
    ["", "k", "M", "G", "T", "P", "E"].enumerated().map { ($0 * 3, $1 + symbol) }
  }
}
