import Catalogs
import CommandLanguage
import Quantities
import Reports

/// All commands by verb, and what follows from their declarations.
package struct Registry: Sendable {
  /// The commands, sorted by verb.
  package let commands: [any Command.Type]
  /// Every fact that a command declares.
  package let catalog: FactCatalog
  private let indexByVerb: [String: Int]

  /// A registry of commands; verbs must be unique.
  package init(_ commands: [any Command.Type]) {
    self.commands = commands.sorted { $0.declaration.verb < $1.declaration.verb }
    indexByVerb = Dictionary(
      uniqueKeysWithValues: self.commands.enumerated().map { ($1.declaration.verb, $0) })
    catalog = FactCatalog(self.commands.flatMap { $0.declaration.facts })
  }

  /// The command of a verb, or nil.
  package func command(_ verb: String) -> (any Command.Type)? {
    indexByVerb[verb].map { commands[$0] }
  }

  /// The verbs, sorted.
  package var verbs: [String] { commands.map { $0.declaration.verb } }

  /// A parser that knows what follows each verb.
  package var parser: Parser {
    Parser { [self] verb in command(verb)?.declaration.tail }
  }

  /// The command of a statement with its arguments checked, without running it.
  /// - Parameter goods: what can be bought where it would run.
  package func bind(
    _ statement: Statement, goods: Catalog = .standard
  ) throws(Diagnostics) -> any Command {
    guard let type = command(statement.verb) else {
      throw Diagnostics([unknownVerb(statement)])
    }
    return type.init(
      try Binder.bind(statement, to: type.declaration, catalog: catalog, goods: goods))
  }

  /// The canonical form of a statement, with defaults expanded.
  package func canonical(
    _ statement: Statement, goods: Catalog = .standard
  ) throws(Diagnostics) -> String {
    guard let type = command(statement.verb) else {
      throw Diagnostics([unknownVerb(statement)])
    }
    return try Binder.bind(statement, to: type.declaration, catalog: catalog, goods: goods)
      .canonical
  }

  private func unknownVerb(_ statement: Statement) -> Diagnostic {
    let question = NearMiss.question(for: statement.verb, among: verbs)
    return Diagnostic(
      "unknown-verb", "There is no command '\(statement.verb)'.",
      at: statement.span(statement.verbRange),
      help: [question, "'help' lists the commands."].compactMap { $0 }.joined(separator: " "))
  }
}
