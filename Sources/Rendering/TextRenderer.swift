import CommandLanguage
import Reports

/// Reports as text for people: what matters in order, nothing wider than the screen.
package struct TextRenderer: Sendable {
  /// What the screen can show.
  package let style: TextStyle

  /// A renderer for a screen.
  package init(style: TextStyle = TextStyle()) { self.style = style }

  /// A report: its blocks in order, then its diagnostics.
  ///
  /// Ends in a newline unless it is empty.
  package func text(_ report: Report) -> String {
    text(report.blocks) + report.diagnostics.map(text).joined()
  }

  /// Blocks in order, a blank line between those that are not plain words.
  package func text(_ blocks: [Block]) -> String {
    var lines: [String] = []
    var previous: Block?
    for block in blocks {
      if let previous, needsGap(previous, block) { lines.append("") }
      lines += self.lines(block)
      previous = block
    }
    return joined(lines)
  }

  /// Words wrapped to the width.
  package func text(paragraph: String) -> String { joined(lines(.paragraph(paragraph))) }

  func joined(_ lines: [String]) -> String {
    lines.map { $0.withoutTrailingSpaces + "\n" }.joined()
  }

  private func needsGap(_ previous: Block, _ block: Block) -> Bool {
    switch (previous, block) {
    case (_, .heading): true
    case (.heading, _), (.paragraph, .paragraph), (.lines, .lines), (.paragraph, .lines),
      (.lines, .paragraph):
      false
    default: true
    }
  }

  private func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let title, let remark): headingLines(title, remark)
    case .paragraph(let words): WordWrap(width: style.width).lines(visibleLines(words))
    case .lines(let lines) where !style.isScreen: lines
    case .lines(let lines):
      lines.flatMap { Fold.lines($0, width: style.width, isAscii: style.isAscii) }
    case .table(let table): TableText(table, style: style).lines
    case .plot(let plot): PlotText(plot, style: style).lines
    }
  }

  /// The title, and the remark at the right end of its line or, without room, of the next.
  private func headingLines(_ title: String, _ remark: String) -> [String] {
    let title = style.visible(title)
    let remark = style.visible(remark)
    let gap = style.width - title.displayWidth - remark.displayWidth
    if !remark.isEmpty, gap >= 2 {
      let space = String(repeating: " ", count: gap)
      return [style.painted(title, .strong) + space + style.painted(remark, .dim)]
    }
    let wrap = WordWrap(width: style.width)
    let titleLines = wrap.lines(title).map { style.painted($0, .strong) }
    guard !remark.isEmpty else { return titleLines }
    return titleLines
      + wrap.lines(remark).map { style.painted($0.indented(to: style.width), .dim) }
  }

  /// A text fit for the screen that keeps its line breaks.
  func visibleLines(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { style.visible(String($0)) }.joined(separator: "\n")
  }
}

/// Lines that stand as they are.
enum Fold {
  /// A line with its tabs as columns of four; folded at the width if it is wider.
  static func lines(_ line: String, width: Int, isAscii: Bool) -> [String] {
    let cells = Excerpt.cells(line, isAscii: isAscii)
    var lines: [String] = []
    var open = ""
    var used = 0
    for cell in cells {
      let columns = cell.displayWidth
      if used + columns > width {
        lines.append(open)
        open = "    "
        used = 4
      }
      open += cell
      used += columns
    }
    return lines + [open]
  }
}
