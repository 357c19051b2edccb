import CommandLanguage
import Reports

/// `redo`: brings again what was taken back.
struct RedoCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "redo", "Bring again what 'undo' took back.", group: .world,
    example: "new shop\nrun 1 day\nundo\nredo", errors: ["nothing-to-redo"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    do {
      try session.redo()
    } catch {
      throw error.diagnostic(arguments)
    }
    let again = session.state.script.last ?? ""
    return Report([.paragraph("Again: \(again). It is \(session.state.world.now).")])
  }
}
