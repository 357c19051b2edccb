/// Text made fit for a terminal: what would act on the terminal or hide from the reader becomes
/// visible, and all becomes ASCII if so wished.
package enum VisibleText {
  /// A text without control characters; tabs are two spaces, other line breaks than `\n` too.
  package static func text(_ text: String, isAscii: Bool) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = ""
    for character in text { result += self.character(character, isAscii: isAscii) }
    return result
  }

  /// One character made visible.
  package static func character(_ character: Character, isAscii: Bool) -> String {
    if character == "\t" { return "  " }
    if let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) { return String(character) }
    if !isAscii, character.unicodeScalars.allSatisfy({ !acts($0) }) { return String(character) }
    return character.unicodeScalars.map { scalar in
      acts(scalar) ? stand(in: scalar, isAscii) : isAscii ? ascii(scalar) : String(scalar)
    }.joined()
  }

  /// Whether a scalar does something to the terminal or to the order of the text around it
  /// (CVE-2021-42574 tells how the latter deceives).
  private static func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0xFEFF: true
    default: false
    }
  }

  private static func stand(in scalar: Unicode.Scalar, _ isAscii: Bool) -> String {
    let value = scalar.value
    guard value <= 0x7F else { return isAscii ? "?" : "\u{FFFD}" }
    if isAscii {
      return "^" + String(UnicodeScalar(UInt8(value ^ 0x40)))
    }
    // The control pictures ␀ … ␟ and ␡.
    return UnicodeScalar(value == 0x7F ? 0x2421 : 0x2400 + value).map(String.init) ?? "\u{FFFD}"
  }

  /// What stands for a scalar in ASCII: marks by a table, Latin letters without their accents,
  /// everything else `?`.
  private static func ascii(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII { return String(scalar) }
    if let mark = marks[scalar] { return mark }
    switch scalar.value {
    case 0x2800: return " "
    case 0x2801...0x28FF: return "*"
    case 0x2500...0x257F: return "+"
    case 0x2580...0x259F: return "#"
    case 0x2000...0x200A: return " "
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return ""
    default: return latinLetter(scalar) ?? "?"
    }
  }

  /// The letter in a name such as LATIN SMALL LETTER E WITH ACUTE.
  private static func latinLetter(_ scalar: Unicode.Scalar) -> String? {
    guard let words = scalar.properties.name?.split(separator: " "), words.count >= 4,
      words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1
    else { return nil }
    return words[1] == "SMALL" ? words[3].lowercased() : String(words[3])
  }

  private static let marks: [Unicode.Scalar: String] = [
    "\u{A0}": " ", "\u{202F}": " ", "−": "-", "–": "-", "—": "--", "‑": "-", "…": "...", "×": "x",
    "·": "|", "•": "*", "›": ">", "‹": "<", "»": ">>", "«": "<<", "µ": "u", "μ": "u", "°": "",
    "±": "+/-", "→": "->", "←": "<-", "↑": "^", "↓": "v", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "√": "sqrt ", "“": "\"", "”": "\"", "„": "\"", "‘": "'", "’": "'", "′": "'",
    "″": "\"", "½": "1/2", "²": "2", "³": "3", "€": "EUR", "£": "GBP", "ß": "ss", "æ": "ae",
    "Æ": "AE", "œ": "oe", "σ": "sigma", "ρ": "rho", "λ": "lambda", "Δ": "delta ", "π": "pi",
    "✓": "v", "✔": "v", "✗": "x", "✘": "x", "▲": "^", "▼": "v", "●": "*", "○": "o", "■": "#",
    "─": "-", "━": "-", "│": "|", "┃": "|", "░": ".", "▒": ":", "▁": "_", "▂": "_", "▏": "|",
    "∞": "inf", "§": "section ",
  ]
}
