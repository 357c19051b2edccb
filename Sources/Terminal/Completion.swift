/// Something that could stand where the cursor is.
package struct Completion: Hashable, Sendable {
  /// The whole word, of which a part may be typed already.
  package var text: String
  /// What it is, in a few words; may be empty.
  package var summary: String

  /// A completion as given.
  package init(_ text: String, _ summary: String = "") {
    self.text = text
    self.summary = summary
  }
}

/// What Tab does.
enum CompletionStep: Hashable {
  case nothing
  /// Adds this at the cursor.
  case insert(String)
  /// Shows what is possible.
  case list([Completion])

  /// The step for a line up to the cursor and what could stand there.
  ///
  /// What is typed of a word is the longest end of the line that every candidate begins with. A
  /// single candidate is inserted with a space behind it, unless more of the word must follow.
  static func step(_ line: String, _ candidates: [Completion]) -> CompletionStep {
    guard let first = candidates.first else { return .nothing }
    let common = candidates.dropFirst().reduce(first.text) { commonPrefix($0, $1.text) }
    let typed = overlap(line, common)
    let rest = String(common.dropFirst(typed))
    if candidates.count == 1 || candidates.allSatisfy({ $0.text == first.text }) {
      let isOpen = first.text.last.map { "=/.,".contains($0) } ?? true
      let text = rest + (isOpen ? "" : " ")
      return text.isEmpty ? .nothing : .insert(text)
    }
    return rest.isEmpty ? .list(candidates) : .insert(rest)
  }

  private static func commonPrefix(_ a: String, _ b: String) -> String {
    String(zip(a, b).prefix { $0 == $1 }.map(\.0))
  }

  /// How many characters at the line's end are the beginning of a text.
  private static func overlap(_ line: String, _ text: String) -> Int {
    var count = min(line.count, text.count)
    while count > 0, line.suffix(count) != text.prefix(count) { count -= 1 }
    return count
  }
}
