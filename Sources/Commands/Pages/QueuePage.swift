import Quantities
import Queueing
import Reports
import SimulationKernel

/// What `queue` reports: measured values with their intervals beside the closed form.
struct QueuePage {
  let result: QueueResult
  /// How long the run took on this machine.
  let seconds: Double

  var report: Report {
    var report = Report(blocks, facts: facts)
    report.subject = "queue"
    return report
  }

  private struct Row {
    var key: String
    var label: String
    var estimate: Estimate?
    var theory: QueueFormulaValue?
    var unit: Unit
  }

  private var rows: [Row] {
    let measured = result.measured
    let theory = result.theory
    return [
      Row(
        key: "queue.wait.mean", label: "mean time in line", estimate: measured.waitMean,
        theory: theory.waitMean, unit: .second),
      Row(
        key: "queue.response.mean", label: "mean time in all", estimate: measured.responseMean,
        theory: theory.responseMean, unit: .second),
      Row(
        key: "queue.response.p50", label: "  half are done in", estimate: measured.responseP50,
        theory: theory.responseP50, unit: .second),
      Row(
        key: "queue.response.p95", label: "  95% are done in", estimate: measured.responseP95,
        theory: theory.responseP95, unit: .second),
      Row(
        key: "queue.response.p99", label: "  99% are done in", estimate: measured.responseP99,
        theory: theory.responseP99, unit: .second),
      Row(
        key: "queue.utilization", label: "servers busy", estimate: measured.utilization,
        theory: theory.utilization, unit: .percent),
      Row(
        key: "queue.lost.share", label: "customers lost", estimate: measured.lostShare,
        theory: theory.lostShare, unit: .percent),
    ]
  }

  private var blocks: [Block] {
    let parameters = result.parameters
    let title =
      "\(parameters.servers) \(parameters.servers == 1 ? "server" : "servers"), "
      + "\(FactValue.share(parameters.offeredUtilization).text) offered"
    var blocks: [Block] = [
      .heading(title, remark: "\(QuantityText.grouped(parameters.customers)) customers"),
      .table(
        Table(
          key: "queue.result",
          columns: [.init(""), .init("simulated"), .init("95% interval"), .init("theory")],
          rows: rows.map(cells))),
    ]
    if let needed = result.customersForIntervals {
      blocks.append(
        .paragraph(
          "Too short for every interval: with \(QuantityText.grouped(needed)) customers each has one."
        ))
    }
    if result.theory.waitMean?.formula.isApproximation ?? false {
      blocks.append(
        .paragraph("The theory is Allen and Cunneen's approximation; no closed form is known."))
    }
    return blocks
  }

  private func cells(_ row: Row) -> [Table.Cell] {
    guard let estimate = row.estimate else {
      return [.words(row.label), .none, .none, theoryCell(row)]
    }
    var interval = Table.Cell.none
    if let low = estimate.low, let high = estimate.high {
      interval = .words("\(text(low, row.unit)) to \(text(high, row.unit))")
    }
    return [.words(row.label), .value(value(estimate.value, row.unit)), interval, theoryCell(row)]
  }

  private func theoryCell(_ row: Row) -> Table.Cell {
    row.theory.map { .value(value($0.value, row.unit)) } ?? .none
  }

  private func value(_ number: Double, _ unit: Unit) -> FactValue {
    .quantity(Quantity(number, unit.dimension), unit)
  }

  private func inUnit(_ number: Double, _ unit: Unit) -> Double {
    Quantity(number, unit.dimension).count(of: unit)
  }

  private func text(_ number: Double, _ unit: Unit) -> String {
    value(Swift.max(0, number), unit).text
  }

  private var facts: [Fact] {
    let provenance = Provenance.simulated(seed: result.parameters.seed)
    var facts = rows.map { row in
      guard let estimate = row.estimate else {
        return Fact(row.key, .undefined("nobody was served"), provenance)
      }
      return Fact(
        row.key, value(estimate.value, row.unit), low: estimate.low.map { inUnit($0, row.unit) },
        high: estimate.high.map { inUnit($0, row.unit) }, provenance)
    }
    facts.append(theoryFact("queue.wait.theory", result.theory.waitMean, .second))
    facts.append(theoryFact("queue.lost.theory", result.theory.lostShare, .percent))
    facts.append(
      Fact(
        "queue.arrivals", value(result.parameters.arrivalRate, .perSecond),
        .given(source: "the statement")))
    facts.append(Fact("queue.customers", .count(result.parameters.customers), provenance))
    facts.append(Fact("queue.events", .count(result.events), provenance))
    let rate: FactValue =
      seconds > 0
      ? .quantity(Quantity(Double(result.events) / seconds, .rate), .perSecond)
      : .undefined("nothing was timed")
    facts.append(Fact("queue.events-per-second", rate, .measured(repetitions: 1)))
    return facts
  }

  private func theoryFact(_ key: String, _ theory: QueueFormulaValue?, _ unit: Unit) -> Fact {
    guard let theory else {
      return Fact(key, .undefined("there is no closed form"), .computed)
    }
    let isApproximation = theory.formula.isApproximation
    return Fact(
      key, value(theory.value, unit),
      isApproximation ? .modelled(source: "Allen and Cunneen's approximation") : .computed)
  }
}
