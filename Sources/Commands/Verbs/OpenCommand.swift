import CommandLanguage
import Reports

/// `open`: goes on in another kept session.
///
/// The prompt does it; a script cannot.
struct OpenCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "open", "Go on in another session that was saved; without a name, list them.", group: .prompt,
    parameters: [.positional("name", .name("session"), optional: true, "the session's name")],
    example: "open main", errors: ["bad-name", "unknown-session", "session-error"])
  static let entersLog = false

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    session.wish = .open(try arguments.sessionName())
    return Report()
  }
}
