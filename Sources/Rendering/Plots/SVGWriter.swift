/// Writes SVG as text: elements, attributes, escaped words, numbers of at most two decimals.
struct SVGWriter {
  /// What was written so far.
  private(set) var text = ""
  private var depth = 0

  /// An element with what the body writes inside.
  mutating func element(
    _ name: String, _ attributes: [(String, String)] = [], _ body: (inout SVGWriter) -> Void
  ) {
    line("<\(name)\(SVGWriter.written(attributes))>")
    depth += 1
    body(&self)
    depth -= 1
    line("</\(name)>")
  }

  /// An element without content.
  mutating func element(_ name: String, _ attributes: [(String, String)]) {
    line("<\(name)\(SVGWriter.written(attributes))/>")
  }

  /// An element of words.
  mutating func words(_ name: String, _ attributes: [(String, String)] = [], _ words: String) {
    line(
      "<\(name)\(SVGWriter.written(attributes))>\(SVGWriter.escaped(words))</\(name)>")
  }

  /// A line that stands as it is.
  mutating func line(_ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  private static func written(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
  }

  /// Words without what XML 1.0 (section 2.2) does not allow, and with what it reserves escaped.
  static func escaped(_ words: String) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      default:
        let isAllowed =
          scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)
          && scalar.value & 0xFFFE != 0xFFFE
        result += isAllowed ? String(scalar) : "\u{FFFD}"
      }
    }
    return result
  }

  /// A length in hundredths, halves away from zero: `12.5`.
  static func number(_ value: Double) -> String {
    let bounded = value.isFinite ? min(max(value, -1e7), 1e7) : 0
    let hundredths = Int(bounded.magnitude * 100 + 0.5)
    guard hundredths > 0 else { return "0" }
    var text = String(hundredths / 100)
    let rest = hundredths % 100
    if rest > 0 {
      text += rest < 10 ? ".0\(rest)" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest)"
    }
    return (bounded < 0 ? "-" : "") + text
  }
}
