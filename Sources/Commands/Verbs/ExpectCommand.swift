import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `expect`: a check.
///
/// It changes nothing; the exit status tells whether all held.
struct ExpectCommand: Question {
  static let declaration = CommandDeclaration(
    "expect", "Check that a condition holds; if not, the program ends with status 1.",
    group: .world, tail: .expression,
    facts: [FactDeclaration("expect.holds", .flag, "whether the last expectation held")],
    example: "new shop\nrun 1 day\nexpect shop.orders > 0 and uplink.utilization < 90%")

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let expression = arguments.statement.expression else {
      preconditionFailure("'expect' requires an expression")
    }
    let source = arguments.statement.source
    let evaluator = Evaluator(
      catalog: session.registry.catalog, facts: WorldFacts(session.state), source: source)
    let text = source.text(arguments.statement.expressionRange ?? expression.range)
    let verdict = try evaluator.check(expression)
    var report = Report([.paragraph(words(verdict, text))])
    report.ok = verdict == .pass
    report.facts = [Fact("expect.holds", .flag(verdict == .pass), .computed)]
    return report
  }

  private func words(_ verdict: Verdict, _ text: String) -> String {
    let place = arguments.place()
    let file = place.file.map { "\($0):\(place.line): " } ?? ""
    switch verdict {
    case .pass: return "PASS  \(text)"
    case .fail(let value):
      return "\(file)FAIL  \(text)" + (value.map { ": it is \($0.text)" } ?? "") + "."
    case .notYet(let reason): return "\(file)FAIL  \(text): it cannot be told, \(reason)."
    }
  }
}
