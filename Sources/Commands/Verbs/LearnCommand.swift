import CommandLanguage
import Reports

/// `learn`: goes into a lesson. The prompt does it; a script cannot.
struct LearnCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "learn", "Go into a lesson, or on with the last one.", group: .learning,
    parameters: [.positional("lesson", .name("lesson"), optional: true, "the lesson's name")],
    example: "learn quilt-shop")
  static let entersLog = false

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    session.wish = .learn(arguments.word("lesson"))
    return Report()
  }
}
