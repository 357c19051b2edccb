import Catalogs
import Quantities
import Reports

/// What `extrapolate` reports: known models and one's own, ten times as large, on a machine like this.
struct ExtrapolationPage {
  let extrapolation: Extrapolation
  /// Operations and learned numbers of the last training here; nil if there was none.
  let ownOperations: Double?
  let ownParameters: Double?

  /// `Chosen:` a question of a few sentences and an answer of a few more.
  private static let question = 200.0
  private static let answer = 300.0
  /// `Chosen:` numbers of 16 bits, as large models are served.
  private static let bytesPerNumber = 2.0

  static let declarations: [FactDeclaration] =
    [
      FactDeclaration(
        "extrapolate.rate", .gauge, Unit.named("GFLOP/s") ?? .none, "operations a second")
    ]
    + (Catalog.largeModels.map { ($0.id, $0.name) } + [("own", "your model, ten times as large")])
    .flatMap { id, name in
      [
        FactDeclaration(
          "extrapolate.\(id).seconds", .gauge, .second, "\(name): training on one such machine"),
        FactDeclaration(
          "extrapolate.\(id).machines", .gauge, "\(name): machines that train it in a month"),
        FactDeclaration(
          "extrapolate.\(id).electricity", .gauge, .dollar, "\(name): what its electricity costs"),
        FactDeclaration(
          "extrapolate.\(id).answer", .gauge, .second, "\(name): an answer on one such machine"),
        FactDeclaration(
          "extrapolate.\(id).answer.electricity", .gauge, .dollar,
          "\(name): what the electricity of an answer costs"),
      ]
    }

  private struct Row {
    var id: String
    var name: String
    var operations: Double
    var parameters: Double
  }

  private var rows: [Row] {
    let known = Catalog.largeModels.map {
      Row(id: $0.id, name: $0.name, operations: $0.operations, parameters: $0.parameters)
    }
    guard let ownOperations, let ownParameters else { return known }
    return [
      Row(
        id: "own", name: "yours, ten times as large",
        operations: Extrapolation.tenfold(operations: ownOperations), parameters: ownParameters * 10
      )
    ] + known
  }

  private func answerSeconds(_ row: Row) -> Double {
    extrapolation.answerSeconds(
      parameters: row.parameters, question: ExtrapolationPage.question,
      answer: ExtrapolationPage.answer, bytes: ExtrapolationPage.bytesPerNumber)
  }

  private func answerElectricity(_ row: Row) -> FactValue {
    ExtrapolationPage.dollars(extrapolation.electricity(seconds: answerSeconds(row)))
  }

  /// Not `Money`, whose nine trillions a slow machine may exceed.
  private static func dollars(_ amount: Double) -> FactValue {
    .quantity(Quantity(amount, .money), .dollar)
  }

  var report: Report {
    var report = Report(
      [
        .heading(
          "from here to there",
          remark: "at \(QuantityText.significant(extrapolation.rate / 1e9)) GFLOP/s"),
        .table(table), .paragraph(sentence),
      ], facts: facts)
    report.subject = "extrapolate"
    return report
  }

  private var table: Table {
    Table(
      key: "extrapolate",
      columns: [
        .init("training"), .init("operations"), .init("one machine"), .init("for a month"),
        .init("electricity"), .init("an answer"),
      ],
      rows: rows.map { row in
        [
          .words(row.name), .words(ExtrapolationPage.power(row.operations)),
          .words(ExtrapolationPage.span(extrapolation.seconds(operations: row.operations))),
          .words(ExtrapolationPage.count(extrapolation.machines(operations: row.operations))),
          .value(ExtrapolationPage.dollars(extrapolation.electricity(operations: row.operations))),
          .words(ExtrapolationPage.span(answerSeconds(row))),
        ]
      })
  }

  private var sentence: String {
    let lost =
      "The machines are thought to lose no time on each other, which no thousand of them manages."
    guard extrapolation.bandwidth != nil else {
      return lost + " 'probe' adds what memory would have to bring for an answer."
    }
    let cents = rows.last.map { row in
      " For \(row.name) that is \(answerElectricity(row).text) of electricity an answer."
    }
    return lost
      + " An answer is \(QuantityText.significant(ExtrapolationPage.answer)) symbols after "
      + "\(QuantityText.significant(ExtrapolationPage.question)); for each of them all learned numbers come "
      + "from memory once, if they fit into it." + (cents ?? "")
  }

  private static func power(_ number: Double) -> String {
    guard number >= 1e6 else { return QuantityText.significant(number) }
    var (digits, exponent) = (number, 0)
    while digits >= 10 {
      digits /= 10
      exponent += 1
    }
    return "\(QuantityText.significant(digits, 2))e\(exponent)"
  }

  private static func count(_ number: Double) -> String {
    number < 1
      ? "less than one"
      : number < 1e15 ? QuantityText.grouped(Int(number.rounded(.up))) : power(number)
  }

  private static func span(_ seconds: Double) -> String {
    let units: [(String, Double)] = [
      ("years", 31_557_600), ("days", 86_400), ("h", 3_600), ("min", 60), ("s", 1),
    ]
    let unit = units.first { seconds >= 2 * $0.1 } ?? ("s", 1)
    let number = seconds / unit.1
    return "\(number < 1e6 ? QuantityText.significant(number) : power(number)) \(unit.0)"
  }

  private var facts: [Fact] {
    let unit = Unit.named("GFLOP/s") ?? .none
    func fact(_ key: String, _ value: FactValue) -> Fact {
      Fact("extrapolate.\(key)", value, .modelled(source: "operations over the rate measured here"))
    }
    let all = rows.flatMap { row in
      [
        fact(
          "\(row.id).seconds",
          .quantity(Quantity(extrapolation.seconds(operations: row.operations), .time), .second)),
        fact(
          "\(row.id).machines",
          .quantity(Quantity(extrapolation.machines(operations: row.operations)), .none)),
        fact(
          "\(row.id).electricity",
          ExtrapolationPage.dollars(extrapolation.electricity(operations: row.operations))),
        fact("\(row.id).answer", .quantity(Quantity(answerSeconds(row), .time), .second)),
        fact("\(row.id).answer.electricity", answerElectricity(row)),
      ]
    }
    let none =
      ownOperations == nil
      ? ["seconds", "machines", "electricity", "answer", "answer.electricity"].map {
        fact("own.\($0)", .undefined("nothing was trained here yet"))
      } : []
    return [fact("rate", .quantity(Quantity(extrapolation.rate, .workRate), unit))] + all + none
  }
}
