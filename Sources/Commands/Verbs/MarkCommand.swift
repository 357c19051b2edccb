import CommandLanguage
import Quantities
import Reports

/// `mark`: gives this moment a name.
struct MarkCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "mark", "Give this moment a name, for windows such as 'since NAME'.", group: .world,
    parameters: [.positional("name", .name("name"), "the name")],
    example: "new shop\nmark opening\nrun 1 day\nexpect shop.orders since opening > 0",
    errors: ["bad-name"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    guard let name = arguments.word("name") else { preconditionFailure("'mark' requires its name") }
    guard name.first?.isLetter ?? false,
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    else {
      throw arguments.error(
        "bad-name", "A mark's name has letters, digits and '-', and begins with a letter.",
        at: "name")
    }
    guard MomentLiteral.read(name) == nil else {
      throw arguments.error(
        "bad-name", "'\(name)' is a time of day, so 'since \(name)' would not mean the mark.",
        at: "name")
    }
    session.mark(name, canonical: arguments.canonical)
    let now = session.state.world.now
    var sentences = ["\(now) is marked '\(name)'."]
    if !now.timeOfDay.nanoseconds.isMultiple(of: TimeSpan.minutes(1).nanoseconds) {
      sentences.append(
        "Windows begin at whole minutes, so 'since \(name)' cannot: run on to the next one, and mark "
          + "that.")
    }
    return Report(sentences.map(Block.paragraph))
  }
}
