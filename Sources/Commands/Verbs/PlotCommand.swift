import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `plot`: a fact along time, or against another fact.
struct PlotCommand: Question {
  static let declaration = CommandDeclaration(
    "plot", "Draw a fact along time or against another, with a sentence in words.", group: .world,
    parameters: [.positional("fact", .fact, "the fact")] + FactPlot.parameters,
    tail: .window,
    example: "new shop\nrun 2 days\nplot uplink.utilization with=servers.utilization\n"
      + "plot uplink.utilization by=shop.visits\nplot shop.visits kind=histogram",
    errors: FactPlot.errors)

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    Report([.plot(try arguments.plot(from: session, context))])
  }
}
