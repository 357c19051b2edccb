import Cloud
import Quantities
import Reports

/// What `migrate` reports: piece by piece against all at once, stage by stage.
struct MigratePage {
  let pieces: (plan: Migration, tried: MigrationExperiment)
  let once: (plan: Migration, tried: MigrationExperiment)
  let seed: UInt64

  private var count: Int { pieces.tried.outcomes.count }
  private var isOneGroup: Bool { pieces.plan.groups.count == 1 }

  var report: Report {
    var blocks: [Block] = [
      .heading(
        "moving \(counted(pieces.plan.services, "service"))",
        remark: "\(QuantityText.grouped(count)) tries"),
      .table(spread), .table(stages), .paragraph(verdict),
    ]
    if !isOneGroup { blocks.append(.plot(plot)) }
    var report = Report(blocks, facts: facts)
    report.subject = "migrate"
    return report
  }

  private var name: String {
    pieces.plan.together == 1 ? "one by one" : "\(pieces.plan.together) at once"
  }

  private var spread: Table {
    func row(_ name: String, _ tried: MigrationExperiment) -> [Table.Cell] {
      [
        .words(name), .words(weeks(tried.weeks(0.5))), .words(weeks(tried.weeks(0.9))),
        .value(.money(tried.money(0.5))), .value(.money(tried.money(0.9))),
        .value(.share(tried.wentBack)), .value(.share(tried.givenUp)),
      ]
    }
    return Table(
      key: "migrate.spread",
      columns: ["", "half in", "9 of 10 in", "half for", "9 of 10 for", "went back", "given up"]
        .map { .init($0) },
      rows: (isOneGroup ? [] : [row(name, pieces.tried)]) + [row("all at once", once.tried)])
  }

  /// Means of each stage.
  private var stages: Table {
    Table(
      key: "migrate.stages",
      columns: (["on average"] + (isOneGroup ? [] : [name, ""]) + ["all at once", ""])
        .map { .init($0) },
      rows: Migration.Stage.allCases.compactMap { stage in
        guard once.tried.mean(stage) > .zero || pieces.tried.mean(stage) > .zero else { return nil }
        func cells(_ tried: MigrationExperiment) -> [Table.Cell] {
          [.words(weeks(tried.meanWeeks(stage))), .value(.money(tried.mean(stage)))]
        }
        return [.words(words(stage))] + (isOneGroup ? [] : cells(pieces.tried))
          + cells(once.tried)
      })
  }

  private func words(_ stage: Migration.Stage) -> String {
    switch stage {
    case .prepare: "prepare"
    case .rehearse: "rehearse"
    case .copy: "copy"
    case .sync: "copy what changed"
    case .cutOver: "switch over"
    case .runBoth: "run both"
    case .goBack: "go back and repair"
    case .switchOff: "switch off"
    }
  }

  private func weeks(_ count: Double) -> String { "\(QuantityText.fixed(count, 1)) weeks" }

  private var verdict: String {
    let plan = once.plan
    var words =
      "A switch of \(counted(plan.services, "service")) in one night fails with a chance of "
      + "\(FactValue.share(plan.chanceToFail(plan.services)).text)"
    if !isOneGroup {
      words +=
        ", one of \(counted(pieces.plan.together, "service")) with \(FactValue.share(pieces.plan.chanceToFail(pieces.plan.together)).text)"
    }
    words += ". What fails goes back, is repaired and tried again, three times at most."
    words +=
      plan.isRehearsed
      ? " Every switch was rehearsed." : " Nothing was rehearsed; 'rehearse=yes' does it."
    if !isOneGroup, pieces.tried.weeks(0.5) > once.tried.weeks(0.5) {
      words += " Piece by piece takes longer, and fails smaller."
    }
    return words
  }

  /// The share of moves that are done within a time.
  private var plot: Plot {
    func curve(_ name: String, _ tried: MigrationExperiment) -> Chart.Curve {
      let shares = [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
      return .init(name, shares.map { .init(tried.weeks($0), $0 * 100) })
    }
    let chart = Chart(
      x: Axis("weeks"), y: Axis("of all moves have ended", .percent),
      [curve(name, pieces.tried), curve("all at once", once.tried)])
    return Plot(
      .line(chart), title: "how long the moves took",
      sentence:
        "Half of the moves \(name) had ended in \(weeks(pieces.tried.weeks(0.5))), half of those all at once in "
        + "\(weeks(once.tried.weeks(0.5))); nine of ten in \(weeks(pieces.tried.weeks(0.9))) and "
        + "\(weeks(once.tried.weeks(0.9))). Those that were given up have ended too.")
  }

  private var facts: [Fact] {
    let simulated = Provenance.simulated(seed: seed)
    func some(_ prefix: String, _ tried: MigrationExperiment) -> [Fact] {
      [
        Fact("\(prefix)weeks.p50", .quantity(Quantity(tried.weeks(0.5)), .none), simulated),
        Fact("\(prefix)weeks.p90", .quantity(Quantity(tried.weeks(0.9)), .none), simulated),
        Fact("\(prefix)cost.p50", .money(tried.money(0.5)), simulated),
        Fact("\(prefix)cost.p90", .money(tried.money(0.9)), simulated),
        Fact("\(prefix)failed", .share(tried.wentBack), simulated),
        Fact("\(prefix)given-up", .share(tried.givenUp), simulated),
      ]
    }
    return some("migrate.", pieces.tried) + some("migrate.once.", once.tried)
      + [Fact("migrate.theory", .share(1 - pieces.plan.chances.smooth), .computed)]
  }
}
