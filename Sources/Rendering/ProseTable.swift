extension ProseParser {
  /// The table that begins at the first line, if its second is a line of dashes; its lines are
  /// taken away.
  static func table(_ rest: inout ArraySlice<String>) -> Prose.Block? {
    guard rest.count >= 2, rest[rest.startIndex].contains("|") else { return nil }
    let header = cells(rest[rest.startIndex])
    guard let alignments = alignments(rest[rest.startIndex + 1]),
      alignments.count == header.count
    else { return nil }
    rest = rest.dropFirst(2)
    var rows: [[[Prose.Inline]]] = []
    while let line = rest.first, line.contains("|") {
      let row = cells(line).prefix(header.count)
      let missing = [String](repeating: "", count: header.count - row.count)
      rows.append((row + missing).map(InlineParser.parse))
      rest = rest.dropFirst()
    }
    return .table(
      header: header.map(InlineParser.parse), alignments: alignments, rows: rows)
  }

  /// The cells of a row; `\|` and a bar in code are no borders.
  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isCode = false
    var isEscaped = false
    for character in line.trimmed {
      if character == "|", !isCode, !isEscaped {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
      if character == "`", !isEscaped { isCode.toggle() }
      isEscaped = character == "\\" && !isEscaped
    }
    if cells.first?.trimmed.isEmpty ?? false { cells.removeFirst() }
    if cells.count > 1, cells.last?.trimmed.isEmpty ?? false { cells.removeLast() }
    return cells.map(\.trimmed)
  }

  private static func alignments(_ line: String) -> [Prose.Alignment]? {
    var alignments: [Prose.Alignment] = []
    for cell in cells(line) {
      let dashes = cell.drop { $0 == ":" }.prefix { $0 == "-" }
      let isLeft = cell.hasPrefix(":")
      let isRight = cell.hasSuffix(":")
      let length = dashes.count + (isLeft ? 1 : 0) + (isRight ? 1 : 0)
      guard !dashes.isEmpty, length == cell.count else { return nil }
      alignments.append(isRight ? isLeft ? .center : .right : .left)
    }
    return alignments
  }
}
