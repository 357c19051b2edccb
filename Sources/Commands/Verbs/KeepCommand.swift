import CommandLanguage
import Reports

/// `keep`: accepts the part that ran of a statement that was cancelled.
///
/// What enters the log is the statement that asks for that part and no more.
struct KeepCommand: SessionChange {
  static let declaration = CommandDeclaration(
    "keep", "Accept the part that ran before Ctrl-C stopped it.", group: .world,
    example: "keep", errors: ["nothing-to-keep"])
  static let entersLog = false

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    guard let offer = session.offer else {
      throw arguments.error(
        "nothing-to-keep", "There is no stopped run to keep.",
        help:
          "Ctrl-C in a long 'run' or 'train' leaves one, until something else changes the world.")
    }
    try session.requireWritable()
    switch offer {
    case .reached(let world, let report):
      session.adopt(world, report)
      return report
    case .statement(let text):
      let source = Source(text: text)
      let report = try session.execute(source, source.all, context)
      guard !report.isError else { throw Diagnostics(report.diagnostics) }
      return report
    }
  }
}
