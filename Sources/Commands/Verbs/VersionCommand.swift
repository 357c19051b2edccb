import Reports

/// The program's versions.
package enum Version {
  /// The program's own.
  package static let program = "0.1.0"
  /// Raised whenever simulated results change, so that a log is not replayed to other numbers.
  package static let semantics = 4
}

/// `version`: which program this is.
struct VersionCommand: Question {
  static let declaration = CommandDeclaration(
    "version", "Which program this is.", group: .prompt, example: "version")

  init(_ arguments: Arguments) {}

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    Report([
      .paragraph("Machineroom \(Version.program), engine semantics \(Version.semantics).")
    ])
  }
}
