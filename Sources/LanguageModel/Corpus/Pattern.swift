/// A small grammar of wordings: text with choices `[a|b|c]`, slots `{name}` and parts `<name>`.
///
/// A slot is filled with a name out of the shop's facts, a part with another pattern. Choices do
/// not nest.
struct Pattern: Hashable, Sendable {
  /// A piece of a pattern.
  enum Piece: Hashable, Sendable {
    case text(String)
    case choice([String])
    case slot(String)
    case part(String)
  }

  let pieces: [Piece]

  /// Reads a pattern, which is one of the program's own.
  init(_ source: String) {
    var pieces: [Piece] = []
    var rest = source[...]
    while let first = rest.first {
      let close: Character? =
        switch first {
        case "[": "]"
        case "{": "}"
        case "<": ">"
        default: nil
        }
      guard let close else {
        let text = rest.prefix { !"[{<".contains($0) }
        pieces.append(.text(String(text)))
        rest = rest[text.endIndex...]
        continue
      }
      guard let end = rest.firstIndex(of: close) else {
        preconditionFailure("'\(first)' is not closed in: \(source)")
      }
      let inner = String(rest[rest.index(after: rest.startIndex)..<end])
      switch first {
      case "[":
        pieces.append(
          .choice(inner.split(separator: "|", omittingEmptySubsequences: false).map(String.init)))
      case "{": pieces.append(.slot(inner))
      default: pieces.append(.part(inner))
      }
      rest = rest[rest.index(after: end)...]
    }
    self.pieces = pieces
  }
}
