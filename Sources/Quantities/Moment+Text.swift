extension CivilDate: CustomStringConvertible {
  /// ISO 8601: `2004-03-01`.
  public var description: String {
    "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension Moment: CustomStringConvertible {
  /// As people write it: `2004-03-01` at midnight, else `2004-03-01 09:30`, with seconds and their
  /// fraction only where there are any.
  public var description: String {
    timeOfDay == .zero ? "\(date)" : "\(date) \(clockText)"
  }

  /// As a statement spells it, in one word: `2004-03-01T09:30`.
  public var statementText: String { "\(date)T\(clockText)" }

  /// The complete ISO 8601 form that JSON carries: `2004-03-01T09:30:00Z`.
  public var iso8601: String {
    let text = clockText
    return "\(date)T\(text.count == 5 ? text + ":00" : text)Z"
  }

  /// The time of day, `09:30`, `09:30:05` or `09:30:05.25`.
  public var clockText: String {
    let nanosecondsOfDay = timeOfDay.nanoseconds
    let seconds = Int(nanosecondsOfDay / 1_000_000_000)
    let fraction = Int(nanosecondsOfDay % 1_000_000_000)
    var text = "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2))"
    guard seconds % 60 != 0 || fraction != 0 else { return text }
    text += ":\(padded(seconds % 60, 2))"
    guard fraction != 0 else { return text }
    var digits = padded(fraction, 9)
    while digits.last == "0" { digits.removeLast() }
    return text + "." + digits
  }
}

/// A number with leading zeros up to a width.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (number < 0 ? "-" : "") + zeros + digits
}
