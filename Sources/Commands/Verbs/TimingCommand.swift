import Reports

/// `timing`: whether each statement says how long it took.
struct TimingCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "timing", "Say after each statement how long it took.", group: .prompt,
    parameters: [
      .positional("state", .choice(["on", "off"]), "whether to say it")
        .meaning(["on": "say it", "off": "do not"])
    ],
    example: "timing on")

  static let entersLog = false

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    session.showsTiming = arguments.word("state") == "on"
    return Report([.paragraph("Timing is \(session.showsTiming ? "on" : "off").")])
  }
}
