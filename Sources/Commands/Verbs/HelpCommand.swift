import CommandLanguage
import Reports

/// `help`: every command, with an example that runs.
struct HelpCommand: Question {
  static let declaration = CommandDeclaration(
    "help", "Every command; 'help VERB' or '?VERB' tells one in full.", group: .prompt,
    parameters: [.positional("verb", .name("verb"), optional: true, "the verb")],
    example: "help\nhelp run", errors: ["unknown-verb"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let verb = arguments.word("verb") else { return overview(session.registry) }
    guard let command = session.registry.command(verb) else {
      if let fact = session.registry.catalog.resolve(verb)?.declaration {
        return Report([
          .paragraph(
            "\(verb) is a fact (\(fact.kind.rawValue)): \(fact.summary). 'source \(verb)' tells where "
              + "it comes from.")
        ])
      }
      throw arguments.error(
        "unknown-verb", "There is no command '\(verb)'.", at: "verb",
        help: NearMiss.question(for: verb, among: session.registry.verbs)
          ?? "'help' lists the commands.")
    }
    return page(command.declaration)
  }

  private func overview(_ registry: Registry) -> Report {
    var report = Report()
    for group in CommandDeclaration.Group.allCases {
      let declarations = registry.commands.map { $0.declaration }.filter { $0.group == group }
      guard !declarations.isEmpty else { continue }
      report.blocks.append(.heading(group.rawValue, remark: ""))
      report.blocks.append(
        .table(
          Table(
            key: "help.\(group.rawValue)", columns: [.init(""), .init("")],
            rows: declarations.map { [.words($0.verb), .words($0.summary)] })))
    }
    report.blocks.append(.paragraph("'help VERB' has the arguments and an example that runs."))
    return report
  }

  private func page(_ declaration: CommandDeclaration) -> Report {
    var report = Report([
      .heading(declaration.usage, remark: declaration.group.rawValue),
      .paragraph(declaration.summary),
    ])
    if !declaration.parameters.isEmpty {
      report.blocks.append(
        .table(
          Table(
            key: "help.arguments", columns: [.init(""), .init(""), .init("")],
            rows: declaration.parameters.map { parameter in
              [
                .words(parameter.name), .words(parameter.summary),
                .words(parameter.defaultText),
              ]
            })))
    }
    report.blocks.append(.paragraph("Example:"))
    report.blocks.append(
      .lines(declaration.example.split(separator: "\n").map { "  " + $0 }))
    return report
  }
}

extension Parameter {
  /// What holds if it is left out, in words.
  package var defaultText: String {
    if let fallback { return "default \(fallback)" }
    return isRequired ? "must be given" : ""
  }
}
