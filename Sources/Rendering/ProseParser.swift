/// Reads the subset of Markdown that lessons are written in: paragraphs, headings, lists, quotes,
/// fenced code, tables, rules.
///
/// Anything else is words; nothing is an error here, since a lesson's linter says what it must not
/// contain.
package enum ProseParser {
  /// How deep lists and quotes may be nested; deeper ones are words.
  private static let depthMax = 6

  /// The prose of a text.
  package static func parse(_ markdown: String) -> Prose {
    let lines = markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return Prose(blocks(lines.map { expandingTabs($0) }[...], depth: 0))
  }

  private static func expandingTabs(_ line: Substring) -> String {
    String(line).replacing("\t", with: "    ")
  }

  private static func blocks(_ lines: ArraySlice<String>, depth: Int) -> [Prose.Block] {
    var rest = lines
    var blocks: [Prose.Block] = []
    while let line = rest.first {
      if line.isBlank {
        rest = rest.dropFirst()
      } else {
        blocks.append(block(&rest, depth: depth))
      }
    }
    return blocks
  }

  /// The block that begins at the first line; its lines are taken away.
  private static func block(_ rest: inout ArraySlice<String>, depth: Int) -> Prose.Block {
    let line = rest[rest.startIndex]
    if let fence = Fence(line) { return code(&rest, fence) }
    if let heading = heading(line) {
      rest = rest.dropFirst()
      return heading
    }
    if isRule(line) {
      rest = rest.dropFirst()
      return .rule
    }
    if depth < depthMax, isQuote(line) { return quote(&rest, depth: depth) }
    if depth < depthMax, ListMarker(line) != nil { return list(&rest, depth: depth) }
    if let table = table(&rest) { return table }
    return paragraph(&rest)
  }

  private static func paragraph(_ rest: inout ArraySlice<String>) -> Prose.Block {
    var words = [rest.removeFirst().trimmed]
    while let line = rest.first, !line.isBlank, !interruptsParagraph(line) {
      words.append(line.trimmed)
      rest = rest.dropFirst()
    }
    return .paragraph(InlineParser.parse(words.joined(separator: " ")))
  }

  private static func interruptsParagraph(_ line: String) -> Bool {
    Fence(line) != nil || heading(line) != nil || isQuote(line) || ListMarker(line) != nil
      || isRule(line)
  }

  private static func heading(_ line: String) -> Prose.Block? {
    let text = line.trimmed
    let level = text.prefix { $0 == "#" }.count
    guard (1...6).contains(level), text.dropFirst(level).first.map({ $0 == " " }) ?? true else {
      return nil
    }
    var words = text.dropFirst(level).drop { $0 == " " }
    while words.last == "#" || words.last == " " { words.removeLast() }
    return .heading(level: level, InlineParser.parse(String(words)))
  }

  private static func isRule(_ line: String) -> Bool {
    let marks = line.filter { $0 != " " }
    return marks.count >= 3 && (marks.allSatisfy { $0 == "-" } || marks.allSatisfy { $0 == "*" })
  }

  private static func isQuote(_ line: String) -> Bool { line.trimmed.hasPrefix(">") }

  private static func quote(_ rest: inout ArraySlice<String>, depth: Int) -> Prose.Block {
    var inner: [String] = []
    while let line = rest.first, isQuote(line) {
      let text = line.trimmed.dropFirst()
      inner.append(String(text.hasPrefix(" ") ? text.dropFirst() : text))
      rest = rest.dropFirst()
    }
    return .quote(blocks(inner[...], depth: depth + 1))
  }

  private static func code(_ rest: inout ArraySlice<String>, _ fence: Fence) -> Prose.Block {
    var lines: [String] = []
    rest = rest.dropFirst()
    while let line = rest.popFirst(), !fence.isClosed(by: line) {
      lines.append(line.withoutIndent(fence.indent))
    }
    return .code(info: fence.info, lines: lines)
  }

  private static func list(_ rest: inout ArraySlice<String>, depth: Int) -> Prose.Block {
    var items: [[Prose.Block]] = []
    var first: Int?
    var kind: ListMarker?
    while let line = rest.first, let marker = ListMarker(line),
      kind.map({ $0.isLike(marker) }) ?? true
    {
      if kind == nil { first = marker.number }
      kind = marker
      var inner = [String(line.dropFirst(marker.width))]
      rest = rest.dropFirst()
      while let next = rest.first, belongs(next, to: marker, after: inner) {
        inner.append(next.withoutIndent(marker.width))
        rest = rest.dropFirst()
      }
      items.append(blocks(inner[...], depth: depth + 1))
    }
    return .list(first: first, items: items)
  }

  /// Whether a line continues an item: indented, blank, or more words of its last paragraph.
  private static func belongs(_ line: String, to marker: ListMarker, after inner: [String]) -> Bool
  {
    if line.isBlank || line.indent >= marker.width { return true }
    guard let last = inner.last, !last.isBlank else { return false }
    return !interruptsParagraph(line)
  }
}

/// The line that opens a fence: three or more backquotes or tildes, and a word.
private struct Fence {
  let mark: Character
  let length: Int
  let indent: Int
  let info: String

  init?(_ line: String) {
    let text = line.trimmed
    guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
    length = text.prefix { $0 == mark }.count
    guard length >= 3 else { return nil }
    self.mark = mark
    indent = line.indent
    info = String(text.dropFirst(length)).trimmed
    guard mark != "`" || !info.contains("`") else { return nil }
  }

  func isClosed(by line: String) -> Bool {
    let text = line.trimmed
    return text.count >= length && text.allSatisfy { $0 == mark }
  }
}

/// What an item of a list begins with: `-`, `*`, `+`, or a number with a point.
private struct ListMarker {
  /// The item's number, or nil if the list is not numbered.
  let number: Int?
  /// How many characters stand before the item's words.
  let width: Int

  init?(_ line: String) {
    let indent = line.indent
    let text = line.dropFirst(indent)
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, digits.count <= 9, text.dropFirst(digits.count).hasPrefix(". ") {
      number = Int(digits)
      width = indent + digits.count + 2
    } else if let mark = text.first, "-*+".contains(mark), text.dropFirst().hasPrefix(" ") {
      number = nil
      width = indent + 2
    } else {
      return nil
    }
  }

  func isLike(_ other: ListMarker) -> Bool { (number == nil) == (other.number == nil) }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }
  fileprivate var indent: Int { prefix { $0 == " " }.count }

  /// The text without spaces at its ends.
  var trimmed: String { String(drop { $0 == " " }).withoutTrailingSpaces }

  fileprivate func withoutIndent(_ count: Int) -> String { String(dropFirst(min(indent, count))) }
}
