import Reports

/// `quit`: leaves.
struct QuitCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "quit", "Leave; Ctrl-D does the same.", group: .prompt, example: "quit")

  static let entersLog = false

  init(_ arguments: Arguments) {}

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    session.wish = .quit
    return Report()
  }
}
