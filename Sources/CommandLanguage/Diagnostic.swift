/// Something to tell a learner or an author: what happened, where, and the way out.
package struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is.
  package enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  /// How bad it is.
  package var severity: Severity
  /// A stable name, part of the interface: `unknown-verb`.
  package var code: String
  /// What happened, in one or two sentences.
  package var message: String
  /// Where, if it has a place.
  package var span: SourceSpan?
  /// What to do: a real name, a line to type.
  package var help: String?

  /// A diagnostic as given.
  package init(
    _ code: String, _ message: String, at span: SourceSpan? = nil, help: String? = nil,
    severity: Severity = .error
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.help = help
  }
}

/// Several diagnostics thrown as one, when all problems of a file are wanted at once.
package struct Diagnostics: Error, Sendable {
  /// What is wrong, in the order of the file.
  package var list: [Diagnostic]

  /// Diagnostics as given.
  package init(_ list: [Diagnostic]) { self.list = list }
}

extension Diagnostic {
  /// The place as `file:line:col`, or nil if there is none.
  package var placeText: String? {
    guard let span else { return nil }
    return "\(span.file ?? "line"):\(span.line):\(span.column)"
  }
}

/// The known names nearest to a misspelt one.
package enum NearMiss {
  /// The best candidate within a third of the name's length in edits, or nil.
  ///
  /// An edit inserts, deletes, replaces one character or swaps two neighbours; a candidate that
  /// begins with what was typed counts as one edit.
  package static func best(for name: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(1, (name.count + 1) / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      var distance = editDistance(Array(name), Array(candidate))
      if name.count >= 2, candidate.hasPrefix(name) { distance = min(distance, 1) }
      guard distance <= limit, distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// The "did you mean" sentence, or nil if nothing is near.
  package static func question(for name: String, among candidates: some Sequence<String>)
    -> String?
  {
    best(for: name, among: candidates).map { "Did you mean '\($0)'?" }
  }

  /// The optimal string alignment distance.
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty, a.count <= 64, b.count <= 64 else { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        current[j] = min(previous[j] + 1, current[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], beforePrevious[j - 2] + 1)
        }
      }
      beforePrevious = previous
      previous = current
    }
    return previous[b.count]
  }
}
