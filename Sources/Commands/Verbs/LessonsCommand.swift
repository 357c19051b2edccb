import CommandLanguage
import Reports

/// `lessons`: the course. The prompt knows where it is.
struct LessonsCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "lessons", "The lessons of the course.", group: .learning, example: "lessons")
  static let entersLog = false

  init(_ arguments: Arguments) {}

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    session.wish = .listLessons
    return Report()
  }
}
