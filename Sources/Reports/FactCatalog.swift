import CommandLanguage
import Quantities

/// All declared facts, by key.
package struct FactCatalog: Sendable {
  /// The declarations, sorted by key.
  package let declarations: [FactDeclaration]
  private let indexByKey: [String: Int]

  /// A catalog of these declarations; keys must be unique.
  package init(_ declarations: [FactDeclaration]) {
    self.declarations = declarations.sorted { $0.key < $1.key }
    indexByKey = Dictionary(
      uniqueKeysWithValues: self.declarations.enumerated().map { ($1.key, $0) })
  }

  /// A declared fact together with the suffix that was asked for.
  package struct Resolved: Sendable {
    /// The declaration.
    package var declaration: FactDeclaration
    /// What is picked from a distribution or a gauge.
    package var suffix: FactSuffix?
    /// The key as it was written, suffix included.
    package var key: String { declaration.key + (suffix.map { "." + $0.rawValue } ?? "") }
  }

  /// The fact of a key with or without a suffix, or nil if none is declared.
  package func resolve(_ key: String) -> Resolved? {
    if let declaration = declaration(key) {
      return Resolved(declaration: declaration, suffix: nil)
    }
    guard let dot = key.lastIndex(of: "."),
      let suffix = FactSuffix(rawValue: String(key[key.index(after: dot)...])),
      let declaration = declaration(String(key[..<dot]))
    else { return nil }
    switch declaration.kind {
    case .distribution where FactSuffix.ofDistribution.contains(suffix),
      .gauge where FactSuffix.ofGauge.contains(suffix):
      return Resolved(declaration: declaration, suffix: suffix)
    default: return nil
    }
  }

  /// The declaration of a key; where a thing of many is asked about, that of all such things with the
  /// key in place of its pattern: `rack.r2.inlet` for `rack.*.inlet`.
  private func declaration(_ key: String) -> FactDeclaration? {
    if let index = indexByKey[key] {
      return key.contains("*") ? nil : declarations[index]
    }
    var parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, !parts[1].isEmpty else { return nil }
    parts[1] = "*"
    guard let index = indexByKey[parts.joined(separator: ".")] else { return nil }
    var declaration = declarations[index]
    declaration.key = key
    return declaration
  }

  /// Every key that may be written, suffixes included, for completion and "did you mean".
  package var keys: [String] {
    declarations.filter { !$0.key.contains("*") }.flatMap { declaration in
      switch declaration.kind {
      case .distribution:
        FactSuffix.ofDistribution.map { declaration.key + "." + $0.rawValue }
      case .gauge:
        [declaration.key] + FactSuffix.ofGauge.map { declaration.key + "." + $0.rawValue }
      default: [declaration.key]
      }
    }
  }

  /// The fact of a reference, with its kind, suffix and window checked against each other.
  package func resolve(_ reference: FactReference, in source: Source) throws(Diagnostic) -> Resolved
  {
    let span = source.span(reference.keyRange)
    guard let resolved = resolve(reference.key) else { throw unknownFact(reference.key, at: span) }
    switch resolved.declaration.kind {
    case .distribution where resolved.suffix == nil:
      throw Diagnostic(
        "needs-suffix", "'\(reference.key)' has many values; say which.", at: span,
        help: "Write \(choices(reference.key, FactSuffix.ofDistribution)).")
    case .gauge where needsSuffix(reference.window) && resolved.suffix == nil:
      throw Diagnostic(
        "needs-suffix", "'\(reference.key)' changes within a window; say which value.", at: span,
        help: "Write \(choices(reference.key, FactSuffix.ofGauge)).")
    case .gauge where !needsSuffix(reference.window) && resolved.suffix != nil:
      throw Diagnostic(
        "needs-window", "'\(reference.key)' needs a window.", at: span,
        help: "For example: \(reference.key) during 2004-03-01, or over 1 day.")
    default: return resolved
    }
  }

  private func needsSuffix(_ window: Window?) -> Bool {
    switch window {
    case nil, .at: false
    case .during, .over, .since: true
    }
  }

  private func choices(_ key: String, _ suffixes: [FactSuffix]) -> String {
    suffixes.map { "\(key).\($0.rawValue)" }.joined(separator: ", ")
  }

  /// The diagnostic for a key that no command declares.
  package func unknownFact(_ key: String, at span: SourceSpan?) -> Diagnostic {
    let subject = key.split(separator: ".").first.map(String.init) ?? key
    let isSubject = declarations.contains { $0.key.hasPrefix(subject + ".") }
    let question = NearMiss.question(for: key, among: keys)
    let listing =
      isSubject
      ? "'commands \(subject)' lists the facts of \(subject)."
      : "'commands facts' lists all facts. Text needs quotation marks."
    return Diagnostic(
      "unknown-fact", "There is no fact '\(key)'.", at: span,
      help: [question, listing].compactMap { $0 }.joined(separator: " "))
  }
}
