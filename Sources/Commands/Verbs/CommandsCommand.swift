import CommandLanguage
import Reports

/// `commands`: what can be asked, by subject: the facts with kind and unit.
struct CommandsCommand: Question {
  static let declaration = CommandDeclaration(
    "commands", "The facts of a subject, or of all ('facts'), with kind and unit.", group: .prompt,
    parameters: [
      .positional("subject", .name("subject"), fallback: "facts", "such as shop, or facts for all")
    ],
    example: "commands shop", errors: ["unknown-subject"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let subject = arguments.word("subject") ?? "facts"
    let all = session.registry.catalog.declarations
    let chosen = subject == "facts" ? all : all.filter { $0.key.hasPrefix(subject + ".") }
    guard !chosen.isEmpty else {
      let subjects = Set(all.compactMap { $0.key.split(separator: ".").first.map(String.init) })
      throw arguments.error(
        "unknown-subject", "There are no facts of '\(subject)'.", at: "subject",
        help: "Subjects: \(subjects.sorted().joined(separator: ", ")), or facts for all.")
    }
    let rows: [[Table.Cell]] = chosen.map { fact in
      [
        .words(fact.key), .words(fact.kind.rawValue), .words(fact.unit.symbol),
        .words(fact.summary),
      ]
    }
    return Report([
      .table(
        Table(
          key: "commands.facts",
          columns: [.init("fact"), .init("kind"), .init("unit"), .init("what it is")], rows: rows))
    ])
  }
}
