import Facility
import Quantities
import Reports

/// What `flows` reports: the rates of the flows beside what their hosts could send, and what is full.
struct FlowsPage {
  let experiment: FlowExperiment
  let result: FlowExperiment.Result

  var report: Report {
    var blocks: [Block] = [
      .heading(title, remark: counted(result.rates.count, "flow")), .table(table),
      .paragraph(fullSentence), .paragraph(shareSentence),
    ]
    if result.rates.count >= 8, rates.min() != rates.max() { blocks.insert(.plot(plot), at: 2) }
    var report = Report(blocks, facts: facts)
    report.subject = "flows"
    return report
  }

  private var title: String {
    let topology = experiment.topology
    switch topology {
    case .uplink(let hosts, _, let rate):
      return "\(counted(hosts, "host")) on a switch, \(text(rate)) to the outside"
    case .singleSwitch(let hosts, _): return "\(counted(hosts, "host")) on a switch"
    case .leafSpine(let leaves, let spines, let hosts, _, _):
      return "\(leaves) leaves of \(hosts) hosts, \(counted(spines, "spine"))"
    case .fatTree(let ports, _):
      return "A fat-tree of \(topology.switches) switches with \(ports) ports, "
        + "\(counted(topology.hosts, "host"))"
    }
  }

  private var rates: [Double] { result.rates.map(\.bytesPerSecond) }
  private var idealRates: [Double] { result.idealRates.map(\.bytesPerSecond) }
  private var mean: Double { rates.reduce(0, +) / Double(rates.count) }
  private var idealMean: Double { idealRates.reduce(0, +) / Double(idealRates.count) }
  private var last: TimeSpan { result.finished.max() ?? .zero }
  private var idealLast: TimeSpan {
    .seconds(experiment.size.bytes / (idealRates.min() ?? 1))
  }

  private func text(_ rate: DataRate) -> String { value(rate.bytesPerSecond).text }
  private func value(_ bytesPerSecond: Double) -> FactValue {
    .quantity(Quantity(DataRate(bytesPerSecond: bytesPerSecond)), .megabitPerSecond)
  }

  private var table: Table {
    Table(
      key: "flows.result",
      columns: [.init(""), .init("slowest"), .init("mean"), .init("fastest")],
      rows: [
        row("a flow gets", rates),
        row("its host could send", idealRates),
        [
          .words("is through after"), .value(.span(last)),
          .value(
            .span(.seconds(result.finished.reduce(0) { $0 + $1.seconds } / Double(rates.count)))),
          .value(.span(result.finished.min() ?? .zero)),
        ],
      ])
  }

  private func row(_ label: String, _ values: [Double]) -> [Table.Cell] {
    [
      .words(label), .value(value(values.min() ?? 0)),
      .value(value(values.reduce(0, +) / Double(values.count))), .value(value(values.max() ?? 0)),
    ]
  }

  private var plot: Plot {
    let unit = Unit.megabitPerSecond
    let counts = rates.map { Quantity(DataRate(bytesPerSecond: $0)).count(of: unit) }
    return Plot(
      .histogram(Histogram(of: counts, Axis("rate of a flow", unit))),
      sentence: "The slowest flow has \(value(rates.min() ?? 0).text), the fastest "
        + "\(value(rates.max() ?? 0).text).")
  }

  private var fullSentence: String {
    let inner = result.fullLinks.filter {
      !result.links[$0].from.isHost && !result.links[$0].to.isHost
    }
    let innerCount = result.links.count { !$0.from.isHost && !$0.to.isHost }
    let own = result.fullLinks.count - inner.count
    guard !inner.isEmpty else {
      return
        "No link between switches is full; hosts' own links are the limit (\(QuantityText.grouped(own)) \(own == 1 ? "is" : "are") full)."
    }
    return
      "Full: \(QuantityText.grouped(inner.count)) of \(QuantityText.grouped(innerCount)) links between "
      + "switches, each way counted"
      + (own > 0 ? ", and \(QuantityText.grouped(own)) of hosts' own." : ".")
  }

  private var shareSentence: String {
    let share = FactValue.share(mean / idealMean).text
    var words =
      "Together the flows get \(share) of what hosts' own links would let through; the oversubscription is "
      + "\(QuantityText.significant(experiment.topology.oversubscription)) to 1."
    let isSpread =
      experiment.choice == .hash && experiment.topology.paths - experiment.switchesDown > 1
    if isSpread, mean < 0.999 * idealMean {
      words +=
        " Flows pick their ways by a hash, so some links carry two while others idle; 'routes=even' "
        + "takes turns."
    }
    return words
  }

  private var facts: [Fact] {
    let provenance = Provenance.simulated(seed: experiment.seed)
    return [
      Fact("flows.count", .count(rates.count), provenance),
      Fact(
        "flows.oversubscription",
        .quantity(Quantity(experiment.topology.oversubscription), .none), .computed),
      Fact("flows.rate.mean", value(mean), provenance),
      Fact("flows.rate.min", value(rates.min() ?? 0), provenance),
      Fact("flows.rate.max", value(rates.max() ?? 0), provenance),
      Fact("flows.share", .share(mean / idealMean), provenance),
      Fact("flows.links.full", .count(result.fullLinks.count), provenance),
      Fact("flows.time", .span(last), provenance),
      Fact("flows.time.ideal", .span(idealLast), provenance),
    ]
  }
}
