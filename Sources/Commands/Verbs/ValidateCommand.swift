import Quantities
import Reports

/// `validate`: published numbers beside what this build makes of them, with source and error.
struct ValidateCommand: Question {
  static let declaration = CommandDeclaration(
    "validate", "Published numbers beside this build's, with source and error.", group: .atScale,
    parameters: [
      .positional(
        "subject", .choice(["all"] + PublishedNumber.Subject.allCases.map(\.rawValue)),
        fallback: "all", "which of them")
    ],
    facts: [
      FactDeclaration("validate.numbers", .gauge, .none, "how many numbers were compared"),
      FactDeclaration(
        "validate.off", .gauge, .none, "how many of them differ by more than was published"),
      FactDeclaration("validate.worst", .gauge, .percent, "the largest difference, as a share"),
    ],
    example: "validate\nexpect validate.off == 0")

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let subject = arguments.word("subject").flatMap(PublishedNumber.Subject.init)
    let numbers = PublishedNumber.all.filter { subject == nil || $0.subject == subject }
    return ValidationPage(numbers: numbers).report
  }
}

/// What `validate` reports.
struct ValidationPage {
  let numbers: [PublishedNumber]

  var report: Report {
    let off = numbers.filter { !$0.agrees }
    let worst = numbers.reduce(0) { max($0, abs($1.error)) }
    let verdict =
      off.isEmpty
      ? "All agree as far as their source gives digits."
      : "\(off.count) \(off.count == 1 ? "differs" : "differ") by more than the source leaves open: "
        + off.map(\.label).joined(separator: ", ") + "."
    var report = Report(
      [
        .heading(
          "Published numbers", remark: "\(numbers.count - off.count) of \(numbers.count) agree"),
        .table(table), .paragraph(verdict),
      ],
      facts: [
        Fact("validate.numbers", .count(numbers.count), .computed),
        Fact("validate.off", .count(off.count), .computed),
        Fact("validate.worst", .share(worst), .computed),
      ])
    report.subject = "validate"
    return report
  }

  private var table: Table {
    Table(
      key: "validate.result",
      columns: [
        .init(""), .init("published"), .init("here"), .init("off by"), .init("source"),
      ],
      rows: numbers.map { number in
        [
          .words(number.label), .value(value(number.published, number.unit)),
          .value(value(number.value, number.unit)), .value(.share(number.error)),
          .words(number.source),
        ]
      })
  }

  private func value(_ number: Double, _ unit: Unit) -> FactValue {
    .quantity(Quantity(number, unit.dimension), unit)
  }
}
