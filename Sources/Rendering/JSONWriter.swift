/// Writes JSON as text, in the order that it is told things: no tree, no surprises.
package struct JSONWriter {
  /// What was written so far.
  package private(set) var text = ""
  private var needsComma = false

  /// A writer that has written nothing.
  package init() {}

  /// `{ … }` around what the body writes.
  package mutating func object(_ body: (inout JSONWriter) -> Void) { enclose("{", "}", body) }

  /// `[ … ]` around what the body writes.
  package mutating func array(_ body: (inout JSONWriter) -> Void) { enclose("[", "]", body) }

  /// A member's key; its value must follow.
  package mutating func key(_ key: String) {
    separate()
    text += JSONWriter.quoted(key) + ":"
    needsComma = false
  }

  /// A string, escaped.
  package mutating func string(_ string: String) { scalar(JSONWriter.quoted(string)) }
  /// `true` or `false`.
  package mutating func bool(_ flag: Bool) { scalar(flag ? "true" : "false") }
  /// `null`.
  package mutating func null() { scalar("null") }
  /// A whole number.
  package mutating func integer(_ number: some BinaryInteger) { scalar("\(number)") }

  /// A number in the shortest form that reads back as the same; null if it is not finite, since
  /// JSON has no such numbers.
  package mutating func number(_ number: Double) { scalar(JSONWriter.text(number) ?? "null") }

  private mutating func enclose(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void)
  {
    separate()
    text += open
    needsComma = false
    body(&self)
    text += close
    needsComma = true
  }

  private mutating func scalar(_ scalar: String) {
    separate()
    text += scalar
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text += "," }
  }

  /// The shortest decimal form that reads back as the same number, nil if there is none.
  static func text(_ number: Double) -> String? {
    guard number.isFinite else { return nil }
    if number.magnitude < 9e15, number == Double(Int64(number)) { return "\(Int64(number))" }
    return "\(number)"
  }

  /// A string between quotation marks, escaped after RFC 8259, section 7.
  package static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
