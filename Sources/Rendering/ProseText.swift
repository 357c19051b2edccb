extension TextRenderer {
  /// Prose wrapped to the width, every line behind a margin of so many columns.
  package func text(_ prose: Prose, margin: Int = 0) -> String {
    let text = ProseText(style: style, width: style.width - margin)
    let space = String(repeating: " ", count: margin)
    return joined(text.lines(prose.blocks).map { $0.isEmpty ? "" : space + $0 })
  }

  /// Markdown of lessons, wrapped to the width.
  package func text(markdown: String, margin: Int = 0) -> String {
    text(ProseParser.parse(markdown), margin: margin)
  }
}

/// Prose as lines of a width.
private struct ProseText {
  let style: TextStyle
  let width: Int

  /// The narrowest that nested words become before they go on to the right without wrapping sooner.
  private static let widthMin = 16

  func lines(_ blocks: [Prose.Block]) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      if index > 0 { lines.append("") }
      lines += self.lines(block)
    }
    return lines
  }

  private func lines(_ block: Prose.Block) -> [String] {
    switch block {
    case .heading(let level, let words):
      let look: Look = level <= 2 ? .strong : .emphasized
      return wrapped(runs(words, look))
    case .paragraph(let words): return wrapped(runs(words, .plain))
    case .list(let first, let items): return list(first, items)
    case .quote(let blocks):
      let bar = style.visible("│ ")
      return narrowed(by: 2).lines(blocks).map { style.painted(bar, .dim) + $0 }
    case .code(_, let lines):
      return lines.flatMap { Fold.lines($0, width: width - 2, isAscii: style.isAscii) }.map {
        "  " + style.painted($0, .code)
      }
    case .table(let header, let alignments, let rows): return table(header, alignments, rows)
    case .rule: return [String(repeating: style.visible("─"), count: min(width, 20))]
    }
  }

  private func narrowed(by columns: Int) -> ProseText {
    ProseText(style: style, width: max(ProseText.widthMin, width - columns))
  }

  private func list(_ first: Int?, _ items: [[Prose.Block]]) -> [String] {
    let lastNumber = (first ?? 0) + items.count - 1
    let markWidth = first == nil ? 2 : "\(lastNumber)".count + 2
    let isLoose = items.contains { $0.count > 1 && !$0.dropFirst().allSatisfy(\.isList) }
    var lines: [String] = []
    for (index, item) in items.enumerated() {
      if isLoose, index > 0 { lines.append("") }
      let mark = first.map { "\($0 + index). " } ?? (style.isAscii ? "- " : "• ")
      let inner = narrowed(by: markWidth)
      let itemLines = isLoose ? inner.lines(item) : item.flatMap { inner.lines($0) }
      for (line, text) in itemLines.enumerated() {
        lines.append((line == 0 ? mark : "").padded(to: markWidth) + text)
      }
    }
    return lines
  }

  // MARK: - Words

  private func wrapped(_ runs: [Run]) -> [String] {
    WordWrap(width: width).lines(runs).map(painted)
  }

  private func painted(_ line: [Run]) -> String {
    // Neighbours of one look share their escape sequences.
    var merged: [Run] = []
    for run in line {
      if let last = merged.last, last.look == run.look {
        merged[merged.count - 1].text += run.text
      } else {
        merged.append(run)
      }
    }
    return merged.map { style.painted($0.text, $0.look) }.joined()
  }

  private func runs(_ inlines: [Prose.Inline], _ look: Look) -> [Run] {
    inlines.flatMap { inline -> [Run] in
      switch inline {
      case .text(let text): [Run(text: style.visible(text), look: look)]
      case .strong(let inner): runs(inner, .strong)
      case .emphasis(let inner): runs(inner, look == .strong ? .strong : .emphasized)
      case .code(let code): [Run(text: "`\(style.visible(code))`", look: .code)]
      case .link(let words, let target):
        runs(words, look) + [Run(text: " (\(style.visible(target)))", look: .dim)]
      }
    }
  }

  // MARK: - Tables

  private func table(
    _ header: [[Prose.Inline]], _ alignments: [Prose.Alignment], _ rows: [[[Prose.Inline]]]
  ) -> [String] {
    let all = ([header] + rows).map { row in row.map { runs($0, .plain) } }
    var widths = header.indices.map { column in
      all.map { $0[column].map(\.text.displayWidth).reduce(0, +) }.max() ?? 0
    }
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 6
    {
      widths[widest] -= 1
      excess -= 1
    }
    guard excess <= 0 else { return stacked(header, rows) }
    var lines = row(all[0], widths, alignments)
    lines.append(
      widths.map { String(repeating: style.visible("─"), count: $0) }.joined(separator: "  "))
    return lines + all.dropFirst().flatMap { row($0, widths, alignments) }
  }

  private func row(_ cells: [[Run]], _ widths: [Int], _ alignments: [Prose.Alignment]) -> [String] {
    let columns = zip(cells, widths).map { WordWrap(width: $1).lines($0) }
    return (0..<(columns.map(\.count).max() ?? 0)).map { line in
      columns.indices.map { column in
        let runs = line < columns[column].count ? columns[column][line] : []
        let free = max(0, widths[column] - runs.map(\.text.displayWidth).reduce(0, +))
        let before =
          switch alignments[column] {
          case .left: 0
          case .center: free / 2
          case .right: free
          }
        return String(repeating: " ", count: before) + painted(runs)
          + String(repeating: " ", count: free - before)
      }.joined(separator: "  ")
    }
  }

  /// Each row as `header: cell` lines, where the columns do not fit side by side.
  private func stacked(_ header: [[Prose.Inline]], _ rows: [[[Prose.Inline]]]) -> [String] {
    let wrap = WordWrap(width: width, hanging: "    ")
    return rows.enumerated().flatMap { index, row in
      (index > 0 ? [""] : [])
        + zip(header, row).flatMap { title, cell in
          wrap.lines(runs(title, .plain) + [Run(text: ": ")] + runs(cell, .plain)).map(painted)
        }
    }
  }
}

extension Prose.Block {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}
