import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `plot`: a fact along time.
struct PlotCommand: Question {
  static let declaration = CommandDeclaration(
    "plot", "Draw a fact along time, with a sentence in words.", group: .world,
    parameters: [
      .positional("fact", .fact, "the fact"),
      .named("step", .choice(FactSeries.Step.allCases.map(\.rawValue)), "the grain"),
    ],
    tail: .window, example: "new shop\nrun 2 days\nplot uplink.utilization",
    errors: ["not-a-number", "not-yet"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let series = try arguments.series(from: session, context)
    return Report([.plot(Plot(series: [series], sentence: PlotCommand.sentence(series)))])
  }

  /// The plot in words: where it was lowest and highest.
  static func sentence(_ series: Series) -> String {
    let points = series.values.enumerated().compactMap { index, value in
      value.map { (index: index, value: $0) }
    }
    guard let low = points.min(by: { $0.value < $1.value }),
      let high = points.max(by: { $0.value < $1.value })
    else { return "\(series.key) has no value in this time." }
    func text(_ value: Double) -> String {
      FactValue.quantity(Quantity(value, unit: series.unit), series.unit).text
    }
    func moment(_ index: Int) -> Moment {
      series.start + series.step * index
    }
    guard low.value < high.value else {
      return "\(series.key) was \(text(low.value)) throughout."
    }
    return "\(series.key) lay between \(text(low.value)), first at \(moment(low.index)), and "
      + "\(text(high.value)), first at \(moment(high.index))."
  }
}

extension Arguments {
  /// The series that `plot`, `table` and `export` are asked for.
  func series(from session: Session, _ context: CommandContext) throws -> Series {
    guard let key = word("fact") else { preconditionFailure("the fact is required") }
    do {
      return try FactSeries(state: session.state, catalog: session.registry.catalog).series(
        key, window: statement.window, by: word("step").flatMap(FactSeries.Step.init),
        checkpoint: context.checkpoint)
    } catch let problem as FactUnavailable {
      throw problem.diagnostic(self)
    }
  }
}
