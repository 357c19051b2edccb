/// Reads what may stand within a line of prose: `**strong**`, `*emphasis*`, `` `code` ``,
/// `[words](link)`, and `\` before a mark that is meant as itself.
struct InlineParser {
  private let characters: [Character]
  private var position = 0
  /// Where opening marks stand whose closing ones do not come, so that nobody looks twice.
  private var open: Set<Int> = []

  /// How deep marks may be nested; deeper ones stay as they are typed.
  private static let depthMax = 8

  /// The parts of a text.
  static func parse(_ text: String) -> [Prose.Inline] {
    var parser = InlineParser(characters: Array(text))
    return parser.inlines(until: nil, depth: 0) ?? [.text(text)]
  }

  private init(characters: [Character]) { self.characters = characters }

  /// The parts up to a closing mark, which is passed; nil if it does not come.
  private mutating func inlines(until mark: [Character]?, depth: Int) -> [Prose.Inline]? {
    var parts: [Prose.Inline] = []
    var plain = ""
    func flush() {
      if !plain.isEmpty { parts.append(.text(plain)) }
      plain = ""
    }
    while position < characters.count {
      if let mark, isClosing(mark) {
        position += mark.count
        flush()
        return parts
      }
      if let part = special(depth: depth) {
        flush()
        parts.append(part)
        continue
      }
      if starts(with: ["*", "*"]) {
        plain += "**"
        position += 2
        continue
      }
      if characters[position] == "\\", position + 1 < characters.count,
        InlineParser.isMark(characters[position + 1])
      {
        position += 1
      }
      plain.append(characters[position])
      position += 1
    }
    guard mark == nil else { return nil }
    flush()
    return parts
  }

  /// A part that begins with a mark here, which is passed then.
  private mutating func special(depth: Int) -> Prose.Inline? {
    let start = position
    guard !open.contains(start) else { return nil }
    switch characters[position] {
    case "`": if let code = codeSpan() { return .code(code) }
    case "*" where depth < InlineParser.depthMax && starts(with: ["*", "*"]):
      if let inner = enclosed(["*", "*"], depth) { return .strong(inner) }
    case "*" where depth < InlineParser.depthMax:
      if let inner = enclosed(["*"], depth) { return .emphasis(inner) }
    case "[" where depth < InlineParser.depthMax:
      if let link = link(depth) { return link }
    default: return nil
    }
    position = start
    open.insert(start)
    return nil
  }

  /// What stands between two marks; an opening mark has no space behind it.
  private mutating func enclosed(_ mark: [Character], _ depth: Int) -> [Prose.Inline]? {
    let inside = position + mark.count
    guard inside < characters.count, !characters[inside].isWhitespace else { return nil }
    position = inside
    return inlines(until: mark, depth: depth + 1)
  }

  private mutating func codeSpan() -> String? {
    var fence = 0
    while position < characters.count, characters[position] == "`" {
      fence += 1
      position += 1
    }
    let start = position
    while position < characters.count {
      guard characters[position] == "`" else {
        position += 1
        continue
      }
      let end = position
      while position < characters.count, characters[position] == "`" { position += 1 }
      guard position - end == fence else { continue }
      let code = String(characters[start..<end])
      let isPadded = code.hasPrefix(" ") && code.hasSuffix(" ") && code.contains { $0 != " " }
      return isPadded ? String(code.dropFirst().dropLast()) : code
    }
    return nil
  }

  private mutating func link(_ depth: Int) -> Prose.Inline? {
    position += 1
    guard let words = inlines(until: ["]"], depth: depth + 1), starts(with: ["("]),
      let end = characters[position...].firstIndex(of: ")")
    else { return nil }
    let target = String(characters[(position + 1)..<end])
    position = end + 1
    return .link(words, to: target)
  }

  /// Whether a closing mark is here: with no space before it, and `*` not as half of `**`.
  private func isClosing(_ mark: [Character]) -> Bool {
    guard starts(with: mark), position > 0 else { return false }
    if mark == ["]"] { return true }
    if mark == ["*"], position + 1 < characters.count, characters[position + 1] == "*" {
      return false
    }
    return !characters[position - 1].isWhitespace
  }

  private func starts(with mark: [Character]) -> Bool {
    characters[position...].starts(with: mark)
  }

  private static func isMark(_ character: Character) -> Bool {
    "\\`*_[]{}()#+-.!|<>".contains(character)
  }
}
