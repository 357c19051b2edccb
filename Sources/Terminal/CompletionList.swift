import Rendering

/// What is possible, one a line with its summary.
struct CompletionList {
  /// The longest list.
  ///
  /// `Chosen:` the height of the smallest usual screen, with the prompt below.
  static let lineCountMax = 20

  let lines: [String]

  init(_ candidates: [Completion], style: TextStyle) {
    let shown =
      candidates.count > CompletionList.lineCountMax
      ? candidates.prefix(CompletionList.lineCountMax - 1) : candidates[...]
    let names = shown.map { style.visible($0.text) }
    let column = min(names.map(\.displayWidth).max() ?? 0, style.width / 2)
    var lines = zip(names, shown).map { name, candidate in
      let gap = String(repeating: " ", count: max(0, column - name.displayWidth))
      let summary = candidate.summary.isEmpty ? "" : gap + "  " + style.visible(candidate.summary)
      return CompletionList.clipped("  " + name + summary, to: style.width)
    }
    if shown.count < candidates.count {
      lines.append(style.visible("  … and \(candidates.count - shown.count) more"))
    }
    self.lines = lines
  }

  private static func clipped(_ line: String, to width: Int) -> String {
    guard line.displayWidth > width else { return line }
    var result = ""
    var used = 0
    for character in line {
      used += character.displayWidth
      if used > width { break }
      result.append(character)
    }
    return result
  }
}

extension String {
  /// The text with ASCII for every mark, but with its colour sequences.
  var withOnlyAsciiMarks: String {
    split(separator: "\u{1B}", omittingEmptySubsequences: false)
      .map { VisibleText.text(String($0), isAscii: true) }.joined(separator: "\u{1B}")
  }
}
