import CommandLanguage
import Reports

/// `save`: keeps a copy of the session under a name.
///
/// The prompt does it; a script cannot.
struct SaveCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "save", "Keep a copy of this session under a name, and go on in the copy.", group: .prompt,
    parameters: [.positional("name", .name("name"), "the copy's name")],
    example: "save lean-room", errors: ["bad-name", "session-exists", "session-error"])
  static let entersLog = false

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    session.wish = .save(try arguments.sessionName() ?? "")
    return Report()
  }
}

extension Arguments {
  /// The name of a session: it becomes the name of a folder.
  func sessionName() throws -> String? {
    guard let name = word("name") else { return nil }
    guard name.utf8.count <= 64, name.first?.isLetter ?? false,
      name.utf8.allSatisfy({ $0 < 128 }),
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    else {
      throw error(
        "bad-name",
        "A session's name has letters, digits and '-', begins with a letter and has at most 64 of "
          + "them.", at: "name")
    }
    return name
  }
}
