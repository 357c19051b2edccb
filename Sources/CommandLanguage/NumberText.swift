import Quantities

/// A number that stood in a text, with its unit if it had one.
package enum NumberText {
  /// What a token says as a number.
  package enum Reading: Hashable, Sendable {
    /// A number without a unit.
    case plain(Double)
    /// A number with a unit.
    case quantity(Quantity)
    /// A number of calendar months or years.
    case period(CalendarPeriod)
  }

  /// Reads a whole token as a number, or returns nil: `3`, `1.5e3`, `$20,000`, `1.544Mbit/s`, `99%`.
  package static func read(_ text: String) -> Reading? {
    if text.hasPrefix("$") || text.hasPrefix("-$") { return readMoney(text) }
    guard let (number, rest) = leadingNumber(text) else { return nil }
    if rest.isEmpty { return .plain(number) }
    return read(number, unit: rest)
  }

  /// A hundredth, as the decimal digits say it: 98.4 becomes the number nearest to 0.984, which
  /// dividing would miss by its last bit.
  private static func percent(_ number: Double) -> Quantity {
    let digits = "\(number)"
    let shifted = digits.contains("e") ? nil : Double(digits + "e-2")
    return shifted.map { Quantity($0) } ?? Quantity(number, unit: .percent)
  }

  /// Reads a number whose unit stood apart from it, or returns nil if there is no such unit.
  package static func read(_ number: Double, unit symbol: String) -> Reading? {
    switch symbol {
    case "month", "months": wholeNumber(number).map { .period(.months($0)) }
    case "year", "years": wholeNumber(number).map { .period(.years($0)) }
    case "%": .quantity(percent(number))
    default: Unit.named(symbol).map { .quantity(Quantity(number, unit: $0)) }
    }
  }

  /// The units that a number may carry, calendar periods included.
  package static let unitSymbols = Unit.all.map(\.symbol) + ["month", "months", "year", "years"]

  private static func wholeNumber(_ number: Double) -> Int? {
    guard number >= 0, number <= 10_000, number == Double(Int(number)) else { return nil }
    return Int(number)
  }

  private static func readMoney(_ text: String) -> Reading? {
    let isNegative = text.hasPrefix("-")
    let amount = String(text.dropFirst(isNegative ? 2 : 1))
    guard let (number, rest) = leadingNumber(amount), number >= 0 || !isNegative else { return nil }
    let signed = isNegative ? -number : number
    if rest.isEmpty { return .quantity(Quantity(signed, unit: .dollar)) }
    return Unit.named("$" + rest).map { .quantity(Quantity(signed, unit: $0)) }
  }

  /// The longest number that a text begins with, and what follows it.
  ///
  /// `,` groups three digits and `_` may stand between any two.
  package static func leadingNumber(_ text: String) -> (number: Double, rest: String)? {
    let bytes = Array(text.utf8)
    var digits = ""
    var index = 0
    if bytes.first == UInt8(ascii: "-") {
      digits = "-"
      index = 1
    }
    let firstDigit = index
    while index < bytes.count {
      if Ascii.isDigit(bytes[index]) {
        digits.unicodeScalars.append(UnicodeScalar(bytes[index]))
        index += 1
      } else if index > firstDigit, isSeparator(bytes, at: index) {
        index += 1
      } else {
        break
      }
    }
    guard index > firstDigit else { return nil }
    index = readFraction(bytes, from: index, into: &digits)
    index = readExponent(bytes, from: index, into: &digits)
    guard let number = Double(digits), number.isFinite else { return nil }
    return (number, String(decoding: bytes[index...], as: UTF8.self))
  }

  private static func isSeparator(_ bytes: [UInt8], at index: Int) -> Bool {
    func digit(_ offset: Int) -> Bool {
      index + offset < bytes.count && Ascii.isDigit(bytes[index + offset])
    }
    if bytes[index] == UInt8(ascii: "_") { return digit(1) }
    return bytes[index] == UInt8(ascii: ",") && digit(1) && digit(2) && digit(3) && !digit(4)
  }

  private static func readFraction(_ bytes: [UInt8], from start: Int, into digits: inout String)
    -> Int
  {
    var index = start
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."),
      Ascii.isDigit(bytes[index + 1])
    else { return start }
    digits += "."
    index += 1
    while index < bytes.count, Ascii.isDigit(bytes[index]) {
      digits.unicodeScalars.append(UnicodeScalar(bytes[index]))
      index += 1
    }
    return index
  }

  private static func readExponent(_ bytes: [UInt8], from start: Int, into digits: inout String)
    -> Int
  {
    var index = start
    guard index < bytes.count, bytes[index] == UInt8(ascii: "e") else { return start }
    index += 1
    var exponent = "e"
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      exponent.unicodeScalars.append(UnicodeScalar(bytes[index]))
      index += 1
    }
    let firstDigit = index
    while index < bytes.count, Ascii.isDigit(bytes[index]) {
      exponent.unicodeScalars.append(UnicodeScalar(bytes[index]))
      index += 1
    }
    guard index > firstDigit else { return start }
    digits += exponent
    return index
  }
}
