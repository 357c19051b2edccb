import CommandLanguage

extension TextRenderer {
  /// A diagnostic: what happened, the line with a caret under the place, and what to do.
  package func text(_ diagnostic: Diagnostic) -> String {
    var lines = headLines(diagnostic)
    if let span = diagnostic.span { lines += excerptLines(span, diagnostic.severity) }
    if let help = diagnostic.help, !help.isEmpty {
      lines += WordWrap(width: style.width, hanging: "  ").lines(visibleLines(help), first: "  ")
    }
    return joined(lines)
  }

  private func headLines(_ diagnostic: Diagnostic) -> [String] {
    var runs: [Run] = []
    if let span = diagnostic.span, let file = span.file {
      runs.append(Run(text: "\(style.visible(file)):\(span.line):\(span.column): "))
    }
    let label = "\(diagnostic.severity.rawValue)[\(style.visible(diagnostic.code))]:"
    runs.append(Run(text: label, look: diagnostic.severity.look))
    runs.append(Run(text: " " + visibleLines(diagnostic.message)))
    return WordWrap(width: style.width, hanging: "  ").lines(runs).map { line in
      line.map { style.painted($0.text, $0.look) }.joined()
    }
  }

  private func excerptLines(_ span: SourceSpan, _ severity: Diagnostic.Severity) -> [String] {
    let number = "\(span.line)"
    let isNumbered = span.file != nil
    let before = isNumbered ? number.indented(to: 5) + " | " : "  "
    let below = isNumbered ? String(repeating: " ", count: max(5, number.count)) + " | " : "  "
    let excerpt = Excerpt(
      line: span.lineText, column: span.column, length: span.length,
      width: style.width - before.displayWidth, style: style)
    let caret = excerpt.caretIndent + style.painted(excerpt.caret, severity.look)
    return [before + excerpt.text] + (excerpt.caret.isEmpty ? [] : [below + caret])
  }
}

extension Diagnostic.Severity {
  var look: Look {
    switch self {
    case .error: .alarm
    case .warning: .caution
    case .note: .strong
    }
  }
}

/// A line of a source around a place, clipped to a width, and the caret under the place.
struct Excerpt {
  /// What is shown of the line.
  let text: String
  /// The spaces before the caret.
  let caretIndent: String
  /// As many `^` as columns are meant; empty if the line as kept does not reach so far.
  let caret: String

  init(line: String, column: Int, length: Int, width: Int, style: TextStyle) {
    let cells = Excerpt.cells(line, isAscii: style.isAscii)
    let widths = cells.map(\.displayWidth)
    let start = min(max(column - 1, 0), cells.count)
    let end = min(start + max(length, 1), cells.count)
    let window = Excerpt.window(widths, around: start..<end, width, style.ellipsis.displayWidth)
    let left = window.lowerBound > 0 ? style.ellipsis : ""
    let right = window.upperBound < cells.count ? style.ellipsis : ""
    text = left + cells[window].joined() + right
    let shown = max(start, window.lowerBound)..<max(start, min(end, window.upperBound))
    let indent = left.displayWidth + widths[window.lowerBound..<shown.lowerBound].reduce(0, +)
    caretIndent = String(repeating: " ", count: indent)
    // A place right behind the line's last character still has a caret, if there is room for it.
    let isBehind = column - 1 == cells.count && indent < width
    let columns = isBehind ? 1 : max(widths[shown].reduce(0, +), shown.isEmpty ? 0 : 1)
    caret = String(repeating: "^", count: columns)
  }

  /// The characters of a line as they are shown: tabs reach to the next column that is a multiple
  /// of four, control characters are visible, a carriage return before the line's end is nothing.
  static func cells(_ line: String, isAscii: Bool) -> [String] {
    var cells: [String] = []
    var used = 0
    for character in line {
      var cell = ""
      if character == "\t" {
        cell = String(repeating: " ", count: 4 - used % 4)
      } else if character != "\r" {
        cell = VisibleText.character(character, isAscii: isAscii)
      }
      used += cell.displayWidth
      cells.append(cell)
    }
    return cells
  }

  /// The cells to show so that the place, or its beginning, is among them.
  private static func window(_ widths: [Int], around span: Range<Int>, _ width: Int, _ mark: Int)
    -> Range<Int>
  {
    guard widths.reduce(0, +) > width else { return 0..<widths.count }
    var start = 0
    if widths[..<span.upperBound].reduce(0, +) + mark > width {
      // A third of the width stands before the place.
      var before = 0
      start = span.lowerBound
      while start > 0, before + widths[start - 1] <= width / 3 {
        start -= 1
        before += widths[start]
      }
    }
    var room = width - (start > 0 ? mark : 0)
    if widths[start...].reduce(0, +) <= room { return start..<widths.count }
    room -= mark
    var end = start
    while end < widths.count, widths[end] <= room {
      room -= widths[end]
      end += 1
    }
    return start..<end
  }
}
