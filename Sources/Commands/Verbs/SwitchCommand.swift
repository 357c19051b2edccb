import CommandLanguage
import Reports

/// `switch`: goes on in another branch.
struct SwitchCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "switch", "Go on in another branch.", group: .world,
    parameters: [.positional("name", .name("branch"), "the branch's name")],
    example: "new shop\nfork lean\nswitch main", errors: ["unknown-branch"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    guard let name = arguments.word("name") else {
      preconditionFailure("'switch' requires its name")
    }
    do {
      try session.switchTo(name)
    } catch {
      throw error.diagnostic(arguments, branches: session.branches.map(\.name))
    }
    return Report([.paragraph("You are in '\(name)'. It is \(session.state.world.now).")])
  }
}
