import Quantities

/// Quantities as people read them: rounded to what matters, with grouped digits and a unit.
package enum QuantityText {
  /// A value with its unit, scaled to a handy one: `1.90 s`, `31,204`, `28.4%`, `$9,798`.
  ///
  /// `digits` is how many significant ones are wanted, where shares and money do not fix decimals.
  package static func text(_ quantity: Quantity, unit: Unit, digits: Int? = nil) -> String {
    switch quantity.dimension {
    case .number: numberText(quantity.value, unit, digits)
    case .time: timeText(quantity.value, digits ?? 3)
    case .money: moneyText(quantity.value)
    case .dataRate where unit.symbol.hasSuffix("B/s"):
      scaled(quantity.value, ["B/s", "KB/s", "MB/s", "GB/s", "TB/s"], digits ?? 3)
    case .dataRate:
      scaled(quantity.value * 8, ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"], digits)
    case .data: scaled(quantity.value, ["B", "KB", "MB", "GB", "TB", "PB"], digits)
    case .power: scaled(quantity.value, ["W", "kW", "MW", "GW"], digits)
    case .energy: scaled(quantity.value / 3_600, ["Wh", "kWh", "MWh", "GWh"], digits)
    case .length: scaled(quantity.value, ["m", "km"], digits)
    case .temperature: fixed(quantity.value, 1) + " °C"
    case .temperatureDifference: significant(quantity.value, digits ?? 3) + " K"
    case .area: significant(quantity.value, digits ?? 3) + " m²"
    case .rate: significant(quantity.value, digits ?? 3) + "/s"
    default:
      significant(quantity.count(of: unit), digits ?? 3)
        + (unit.symbol.isEmpty ? " \(quantity.dimension.name)" : " \(unit.symbol)")
    }
  }

  /// A number with grouped digits and exactly so many decimals, halves away from zero.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = powerOfTen(decimals)
    let scaled = value * scale
    guard scaled.magnitude < 9e15 else { return "\(value)" }
    let units = Int(scaled.magnitude + 0.5)
    let sign = value < 0 && units > 0 ? "−" : ""
    let whole = grouped(units / Int(scale))
    guard decimals > 0 else { return sign + whole }
    let fraction = String(units % Int(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }

  /// A number with so many significant digits, and no more decimals than needed for them; as a power
  /// of ten, `8.91e-11`, where nine decimals would not show it.
  package static func significant(_ value: Double, _ digits: Int = 3) -> String {
    guard value != 0 else { return "0" }
    if value.magnitude < 1e15, value == Double(Int(value)) { return fixed(value, 0) }
    if value.magnitude < 1e-7 {
      var (mantissa, power) = (value, 0)
      while mantissa.magnitude < 10 - 5 / powerOfTen(digits), power < 400 {
        (mantissa, power) = (mantissa * 10, power + 1)
      }
      return "\(fixed(mantissa / 10, digits - 1))e-\(power - 1)"
    }
    var decimals = digits - 1
    var magnitude = value.magnitude
    // From here on a digit before the point rounds up to two: 9.996 is 10.0, not 10.00.
    let limit = 10 - 5 / powerOfTen(digits)
    while magnitude >= limit, decimals > 0 {
      magnitude /= 10
      decimals -= 1
    }
    while magnitude < limit / 10, decimals < 9 {
      magnitude *= 10
      decimals += 1
    }
    return fixed(value, decimals)
  }

  /// A whole number with a comma between groups of three digits.
  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "−" : "") + groups.joined(separator: ",")
  }

  private static func numberText(_ value: Double, _ unit: Unit, _ digits: Int?) -> String {
    guard unit == .percent else {
      return significant(value, digits ?? (value.magnitude < 1_000 ? 4 : 5))
        + (unit.symbol.isEmpty ? "" : " " + unit.symbol)
    }
    let percent = value * 100
    let decimals = percent != 0 && percent.magnitude < 0.1 ? 3 : 1
    let text = fixed(percent, decimals)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "%"
  }

  private static func timeText(_ seconds: Double, _ digits: Int) -> String {
    switch seconds.magnitude {
    case 0: "0 s"
    case ..<1e-6: significant(seconds * 1e9, digits) + " ns"
    case ..<1e-3: significant(seconds * 1e6, digits) + " µs"
    case ..<0.1: significant(seconds * 1e3, digits) + " ms"
    case ..<300: significant(seconds, digits) + " s"
    case ..<7_200: significant(seconds / 60, digits) + " min"
    case ..<86_400: significant(seconds / 3_600, digits) + " h"
    case 86_400: "1 day"
    default: significant(seconds / 86_400, digits) + " days"
    }
  }

  private static func moneyText(_ dollars: Double) -> String {
    let text = fixed(dollars.magnitude, dollars.magnitude < 100 ? 2 : 0)
    let short = text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    return (dollars < 0 && short != "0" ? "−$" : "$") + short
  }

  private static func scaled(_ value: Double, _ units: [String], _ digits: Int?) -> String {
    var index = 0
    var rest = value
    while rest.magnitude >= 999.95, index + 1 < units.count {
      rest /= 1_000
      index += 1
    }
    return significant(rest, digits ?? 4) + " " + units[index]
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * 10 }
  }
}

extension FactValue {
  /// The value as people read it, `no value` where there is none.
  package var text: String {
    switch self {
    case .quantity(let quantity, let unit): QuantityText.text(quantity, unit: unit)
    case .text(let text): text
    case .moment(let moment): "\(moment)"
    case .flag(let flag): flag ? "yes" : "no"
    case .undefined(let reason): "no value (\(reason))"
    }
  }
}
