import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `table`: a fact along time, as numbers.
struct TableCommand: Question {
  static let declaration = CommandDeclaration(
    "table", "A fact along time, as a table of numbers.", group: .world,
    parameters: [
      .positional("fact", .fact, "the fact"),
      .named("step", .choice(FactSeries.Step.allCases.map(\.rawValue)), "the grain"),
    ],
    tail: .window, example: "new shop\nrun 2 days\ntable shop.visits step=day",
    errors: ["not-a-number", "not-yet"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    Report([.table(TableCommand.table(try arguments.series(from: session, context)))])
  }

  /// A series as rows of moment and value.
  static func table(_ series: Series) -> Table {
    let rows = series.values.enumerated().map { index, value -> [Table.Cell] in
      let moment = series.start + series.step * index
      let cell = value.map {
        Table.Cell.value(.quantity(Quantity($0, unit: series.unit), series.unit))
      }
      return [.value(.moment(moment)), cell ?? .none]
    }
    return Table(
      key: series.key, columns: [.init("from"), .init(series.key, series.unit)], rows: rows)
  }
}
