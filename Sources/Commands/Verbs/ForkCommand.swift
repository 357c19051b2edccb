import CommandLanguage
import Reports

/// `fork`: a second history from here on, with the same visitors.
struct ForkCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "fork", "Try something else from here on, in a branch of its own; the visitors stay the same.",
    group: .world,
    parameters: [.positional("name", .name("name"), "the branch's name")],
    example: "new shop\nfork lean\nrun 1 day\nswitch main\nrun 1 day\ncompare lean",
    errors: ["branch-exists"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    guard let name = arguments.word("name") else { preconditionFailure("'fork' requires its name") }
    let parent = session.currentName
    do {
      try session.fork(name)
    } catch {
      throw error.diagnostic(arguments)
    }
    return Report([
      .paragraph("You are in '\(name)' now, forked from '\(parent)'. 'switch \(parent)' goes back.")
    ])
  }
}
