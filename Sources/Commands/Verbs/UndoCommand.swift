import CommandLanguage
import Reports

/// `undo`: takes back the last change.
struct UndoCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "undo", "Take back the last change; 'redo' brings it again.", group: .world,
    example: "new shop\nrun 1 day\nundo", errors: ["nothing-to-undo"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    let undone = session.state.script.last ?? ""
    do {
      try session.undo(context)
    } catch let problem as HistoryProblem {
      throw problem.diagnostic(arguments)
    }
    return Report([.paragraph("Taken back: \(undone). It is \(session.state.world.now).")])
  }
}

extension HistoryProblem {
  /// The problem in words.
  func diagnostic(_ arguments: Arguments, branches: [String] = []) -> Diagnostic {
    switch self {
    case .nothingToUndo:
      arguments.error("nothing-to-undo", "There is nothing to take back.")
    case .nothingToRedo:
      arguments.error(
        "nothing-to-redo", "There is nothing to bring again.",
        help: "'redo' works right after 'undo'; any change in between ends it.")
    case .branchExists(let name):
      arguments.error(
        "branch-exists", "There is a branch '\(name)' already.", at: "name",
        help: "'switch \(name)' goes there.")
    case .noSuchBranch(let name):
      arguments.error(
        "unknown-branch", "There is no branch '\(name)'.", at: "name",
        help: [
          NearMiss.question(for: name, among: branches),
          "Branches: \(branches.joined(separator: ", "))."
            + (branches.count == 1 ? " 'fork NAME' makes another." : ""),
        ].compactMap { $0 }.joined(separator: " "))
    }
  }
}
