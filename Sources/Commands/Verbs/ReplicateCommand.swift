import CommandLanguage
import Quantities
import Reports
import SimulationKernel
import WorldModel

/// `replicate`: the same history under other seeds, for intervals.
struct ReplicateCommand: Question {
  static let declaration = CommandDeclaration(
    "replicate", "Repeat this history under N seeds: means with 95 % intervals.", group: .world,
    parameters: [
      .positional("seeds", .count(2...1_000), "how many seeds"),
      .positional("fact", .fact, fallback: "shop.answered-in-2s", "the fact"),
      .named("against", .name("branch"), "a branch to compare with, seed by seed"),
    ],
    facts: [
      FactDeclaration("replicate.mean", .gauge, .none, "the mean over the seeds"),
      FactDeclaration("replicate.difference", .gauge, .none, "the mean paired difference"),
      FactDeclaration("replicate.seeds", .gauge, .none, "how many seeds had a value"),
    ],
    example: "new shop\nrun 1 h\nreplicate 5 shop.orders",
    errors: ["nothing-to-replicate", "not-a-number", "unknown-branch"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let count = arguments.count("seeds"), let key = arguments.word("fact"),
      let fact = session.registry.catalog.resolve(key)
    else { preconditionFailure("'replicate' checks its arguments") }
    guard !session.state.script.isEmpty else {
      throw arguments.error(
        "nothing-to-replicate", "Nothing has happened yet.",
        help: "For example: new shop, run 1 day.")
    }
    var other: SessionState?
    if let name = arguments.word("against") {
      guard let branch = session.branch(named: name) else {
        throw HistoryProblem.noSuchBranch(name).diagnostic(
          arguments, branches: session.branches.map(\.name))
      }
      other = branch.state
    }
    var own: [Double] = []
    var differences: [Double] = []
    for index in 0..<count {
      let seed = session.state.world.seed &+ UInt64(index)
      guard let value = try number(fact, after: session.state, seed, session, context) else {
        continue
      }
      own.append(value)
      if let other, let base = try number(fact, after: other, seed, session, context) {
        differences.append(value - base)
      }
      context.progress(
        .init(moment: session.state.world.now, share: Double(index + 1) / Double(count)))
    }
    return try report(key, fact.declaration.unit, own, differences)
  }

  /// The fact after the same script under another seed, in its unit; nil if it has no value there.
  private func number(
    _ fact: FactCatalog.Resolved, after state: SessionState, _ seed: UInt64, _ session: Session,
    _ context: CommandContext
  ) throws -> Double? {
    let script = state.script.filter { !$0.hasPrefix("seed ") }
    let again = try Session.replayed(script, seed: seed, registry: session.registry, context)
    do throws(FactUnavailable) {
      let value = try WorldFacts(again.state).value(of: fact, window: nil)
      switch value {
      case .quantity(let quantity, let unit): return quantity.count(of: unit)
      case .undefined: return nil
      default:
        throw .never(
          code: "not-a-number", message: "'\(fact.key)' is no number, so it has no mean.", help: nil
        )
      }
    } catch {
      throw error.diagnostic(arguments)
    }
  }

  private func report(_ key: String, _ unit: Unit, _ own: [Double], _ differences: [Double])
    throws -> Report
  {
    guard own.count >= 2 else {
      throw arguments.error(
        "nothing-to-replicate",
        "'\(key)' had a value under \(own.count) of the seeds; it takes two.",
        help: "Let more time pass first: run 1 day.")
    }
    var rows = [row(key, own, unit)]
    var facts = [fact("replicate.mean", own, unit)]
    if differences.count >= 2, let name = arguments.word("against") {
      rows.append(row("difference to \(name)", differences, unit))
      facts.append(fact("replicate.difference", differences, unit))
    }
    facts.append(Fact("replicate.seeds", .count(own.count), .computed))
    var report = Report(
      [
        .heading("replicate", remark: "\(own.count) seeds"),
        .table(
          Table(
            key: "replicate", columns: [.init(""), .init("mean"), .init("95% interval")],
            rows: rows)),
      ], facts: facts)
    report.subject = "replicate"
    return report
  }

  private func row(_ label: String, _ values: [Double], _ unit: Unit) -> [Table.Cell] {
    let estimate = Estimate(ofIndependent: values)
    func text(_ number: Double?) -> String {
      number.map { FactValue.quantity(Quantity($0, unit: unit), unit).text } ?? "–"
    }
    return [
      .words(label), .value(.quantity(Quantity(estimate.value, unit: unit), unit)),
      .words("\(text(estimate.low)) to \(text(estimate.high))"),
    ]
  }

  private func fact(_ key: String, _ values: [Double], _ unit: Unit) -> Fact {
    let estimate = Estimate(ofIndependent: values)
    return Fact(
      key, .quantity(Quantity(estimate.value, unit: unit), unit), low: estimate.low,
      high: estimate.high, .computed)
  }
}
