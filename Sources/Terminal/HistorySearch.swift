/// The lines of earlier prompts, and where a search through them stands.
///
/// libedit's own search finds lines that contain what was typed, or match it as a regular
/// expression, and compiles that anew for each line; people expect those that begin with it.
struct HistorySearch {
  /// The lines, oldest first, each once.
  private(set) var entries: [String] = []
  private var search: Search?

  /// A search that goes on as long as the line is as the search left it.
  private struct Search {
    /// What the found lines begin with.
    var prefix: String
    /// The line as it was typed.
    var draft: String
    /// The entry that is shown; one past the last while it is the draft.
    var index: Int
    /// What is on the line.
    var shown: String
  }

  /// The line that was kept last.
  var latest: String? { entries.last }

  /// Adds the latest line, which leaves its earlier place; true if it had one.
  @discardableResult
  mutating func add(_ line: String) -> Bool {
    let index = entries.lastIndex(of: line)
    if let index { entries.remove(at: index) }
    entries.append(line)
    search = nil
    return index != nil
  }

  /// Takes over lines of which each is there once.
  mutating func load(_ lines: [String]) { entries = lines }

  /// Forgets the search: a new line begins.
  mutating func reset() { search = nil }

  /// The next older line that begins with what stands before the cursor, or nil if there is none.
  mutating func older(line: String, upToCursor prefix: String) -> String? {
    var current =
      going(on: line)
      ?? Search(prefix: prefix, draft: line, index: entries.count, shown: line)
    var index = current.index
    while index > 0 {
      index -= 1
      guard entries[index].hasPrefix(current.prefix), entries[index] != line else { continue }
      current.index = index
      current.shown = entries[index]
      search = current
      return current.shown
    }
    return nil
  }

  /// The next newer line of the search, in the end what was typed, or nil without a search.
  mutating func newer(line: String) -> String? {
    guard var current = going(on: line), current.index < entries.count else { return nil }
    repeat {
      current.index += 1
    } while current.index < entries.count
      && !entries[current.index].hasPrefix(current.prefix)
    current.shown = current.index < entries.count ? entries[current.index] : current.draft
    search = current
    return current.shown
  }

  private func going(on line: String) -> Search? {
    search.flatMap { $0.shown == line ? $0 : nil }
  }
}
