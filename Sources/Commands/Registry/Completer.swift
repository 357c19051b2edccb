import CommandLanguage
import Reports

/// What could stand at the end of a line: verbs, values, argument names, facts.
package struct Completer: Sendable {
  /// One possibility.
  package struct Candidate: Hashable, Sendable {
    /// What would stand there.
    package var text: String
    /// What it means, in a few words.
    package var summary: String
  }

  private let registry: Registry

  /// A completer for the commands of a registry.
  package init(registry: Registry) { self.registry = registry }

  /// The candidates for the last word of a line, sorted as the registry has them.
  package func candidates(for line: String) -> [Candidate] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let last = words.last ?? ""
    let before = words.dropLast().filter { !$0.isEmpty }
    guard let verb = before.first else {
      return registry.commands.map { $0.declaration }.filter { $0.verb.hasPrefix(last) }
        .map { Candidate(text: $0.verb, summary: $0.summary) }
    }
    guard let declaration = registry.command(verb)?.declaration else { return [] }
    return arguments(of: declaration, given: Array(before.dropFirst()), last: last)
      .filter { $0.text.hasPrefix(last) }
  }

  private func arguments(of declaration: CommandDeclaration, given: [String], last: String)
    -> [Candidate]
  {
    if let equals = last.firstIndex(of: "=") {
      let name = String(last[..<equals])
      guard let parameter = declaration.parameters.first(where: { $0.name == name }) else {
        return []
      }
      return values(of: parameter).map {
        Candidate(text: "\(name)=\($0.text)", summary: $0.summary)
      }
    }
    var candidates: [Candidate] = []
    let positionals = declaration.parameters.filter(\.isPositional)
    let position = given.count { !$0.contains("=") }
    if position < positionals.count { candidates += values(of: positionals[position]) }
    candidates += declaration.parameters.filter { !$0.isPositional }
      .filter { parameter in !given.contains { $0.hasPrefix(parameter.name + "=") } }
      .map { Candidate(text: $0.name + "=", summary: $0.summary) }
    if declaration.tail == .expression { candidates += facts }
    return candidates
  }

  private func values(of parameter: Parameter) -> [Candidate] {
    switch parameter.kind {
    case .choice(let words): words.map { Candidate(text: $0, summary: "") }
    case .fact: facts
    case .name("verb"):
      registry.commands.map { $0.declaration }
        .map { Candidate(text: $0.verb, summary: $0.summary) }
    default: []
    }
  }

  private var facts: [Candidate] {
    registry.catalog.keys.map { key in
      Candidate(text: key, summary: registry.catalog.resolve(key)?.declaration.summary ?? "")
    }
  }
}
