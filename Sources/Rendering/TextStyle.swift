/// What the reader's screen can show.
package struct TextStyle: Hashable, Sendable {
  /// The widths that layouts are made for; a wider screen gets lines of the greatest.
  package static let widths = 40...200

  /// How many columns a line may take.
  package let width: Int
  /// Whether only ASCII may be printed.
  package let isAscii: Bool
  /// Whether escape sequences for colour and weight may be printed.
  package let usesColor: Bool
  /// Whether a screen shows it; in a file or a pipe, lines that stand as they are stay untouched, so
  /// that a script that is printed is a script that runs.
  package let isScreen: Bool
  /// What the dots of plots are made of.
  package let dots: DotStyle

  /// A style; the width is brought into `widths`.
  package init(
    width: Int = 80, isAscii: Bool = false, usesColor: Bool = false, isScreen: Bool = true,
    dots: DotStyle = .braille
  ) {
    self.width = min(max(width, TextStyle.widths.lowerBound), TextStyle.widths.upperBound)
    self.isAscii = isAscii
    self.usesColor = usesColor
    self.isScreen = isScreen
    self.dots = isAscii ? .ascii : dots
  }
}

/// How a run of text stands out.
///
/// Nothing is said by it alone: words or marks say it too.
package enum Look: Hashable, Sendable {
  case plain
  case strong
  case emphasized
  case code
  case dim
  case alarm
  case caution
  /// One of several series in a plot.
  case series(Int)

  /// The parameters of its SGR escape sequence (ECMA-48, section 8.3.117), of the sixteen colours
  /// that every colour terminal has, so that the reader's own palette applies.
  var parameters: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .emphasized: "3"
    case .code: "36"
    case .dim: "2"
    case .alarm: "1;31"
    case .caution: "1;33"
    case .series(let index): ["36", "33", "35", "32"][index % 4]
    }
  }
}

extension TextStyle {
  /// A text with its look, if the style has colour.
  ///
  /// The text must be fit for the screen already.
  package func painted(_ text: String, _ look: Look) -> String {
    guard usesColor, let parameters = look.parameters, !text.isEmpty else { return text }
    return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }

  /// A text made fit for the screen: control characters visible, ASCII only if so wished.
  package func visible(_ text: String) -> String { VisibleText.text(text, isAscii: isAscii) }

  /// `…`, or what stands for it.
  var ellipsis: String { isAscii ? "..." : "…" }
}
