/// What may come behind the cursor, shown in dim letters before it is typed.
package struct Hint: Hashable, Sendable {
  /// What Right inserts; may be empty.
  package var completion: String
  /// What else the statement takes, for the eye only.
  package var remark: String

  /// A hint as given.
  package init(completion: String = "", remark: String = "") {
    self.completion = completion
    self.remark = remark
  }

  /// The part of it that fits into so many columns.
  func text(columns: Int) -> String {
    var result = ""
    var used = 0
    for character in completion + remark {
      used += character.displayWidth
      if used > columns { break }
      result.append(character)
    }
    return result
  }
}

/// Finds the newest line that begins with what was typed, key by key.
///
/// Each key looks only where the keys before it left off: a line that begins with `run 1` is no newer
/// than the newest that begins with `run`.
struct HistoryHint {
  private var typed = ""
  private var index: Int?

  /// The rest of the newest line of one row that begins with a text, or nil.
  mutating func rest(of text: String, in entries: [String]) -> String? {
    guard !text.isEmpty else { return nil }
    let goesOn = !typed.isEmpty && text.hasPrefix(typed)
    var next = goesOn ? index : entries.count - 1
    if let start = next, start >= entries.count { next = entries.count - 1 }
    while let candidate = next, candidate >= 0 {
      let entry = entries[candidate]
      if entry.hasPrefix(text), entry.utf8.count > text.utf8.count, !entry.utf8.contains(10) {
        break
      }
      next = candidate > 0 ? candidate - 1 : nil
    }
    (typed, index) = (text, next)
    guard let next, next >= 0 else { return nil }
    return String(entries[next].dropFirst(text.count))
  }

  /// Forgets where it stands: a new line begins.
  mutating func reset() { (typed, index) = ("", nil) }
}
