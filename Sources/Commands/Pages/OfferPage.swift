import Cloud
import Quantities
import Reports

/// What `offer` reports: who came, who was refused and why, how full it was, and the money.
struct OfferPage {
  let parameters: CloudParameters
  let result: CloudExperiment.Result
  let price: Money
  let seconds: Double
  /// What a kilowatt-hour costs.
  let electricity: Money

  private var tally: CloudTally { result.tally }
  private var hours: Double { result.span.seconds / 3_600 }
  private var refused: Int { tally.refused - tally.initialRefused }
  private var asked: Int { tally.asked - tally.initial - tally.initialRefused }
  /// What was used cannot be more than there is.
  private var usedShare: Double { result.coreShare }
  private var costs: OperatorCosts {
    OperatorCosts(
      hosts: parameters.hosts, cores: parameters.capacity.cores, use: min(1, usedShare),
      hours: hours, electricity: electricity)
  }
  private var revenue: Money { .dollars(tally.coreSeconds / 3_600 * price.dollars) }
  private var coreHours: Double { tally.coreSeconds / 3_600 }

  var report: Report {
    var blocks: [Block] = [
      .heading(
        "\(counted(parameters.hosts, "host")) in \(counted(parameters.zones, "zone")), \(parameters.policy.rawValue)",
        remark: counted(parameters.days, "day")),
      .table(useTable), .plot(plot), .paragraph(refusalSentence), .paragraph(eventsSentence),
      .table(moneyTable), .paragraph(moneySentence),
    ]
    if tally.hostHours > 0 { blocks.append(.paragraph(useSentence)) }
    if tally.downAtOutage > 0 { blocks.append(.paragraph(outageSentence)) }
    var report = Report(blocks, facts: facts)
    report.subject = "offer"
    return report
  }

  private var useTable: Table {
    Table(
      key: "offer.use", columns: [.init(""), .init("")],
      rows: [
        [.words("machines there at the start"), .value(.count(tally.initial))],
        [.words("asked for since"), .value(.count(asked))],
        [.words("  refused"), .value(.count(refused))],
        [
          .words("there on average"),
          .value(.count(Int(tally.machineSeconds / result.span.seconds + 0.5))),
        ],
        [.words("cores in use"), .value(.share(usedShare))],
        [.words("memory in use"), .value(.share(result.memoryShare))],
      ])
  }

  private var plot: Plot {
    let series = Series(
      key: "cores in use", unit: .percent, start: Moment(year: 2007, month: 1, day: 1) + .hours(1),
      step: .hours(1), values: tally.hourly.map { $0 * 100 })
    let high = tally.hourly.max() ?? 0
    let low = tally.hourly.min() ?? 0
    return Plot(
      .sparkline([series]), of: [series],
      sentence:
        "Between \(FactValue.share(low).text) and \(FactValue.share(high).text) of the cores were in use."
    )
  }

  private var refusalSentence: String {
    guard refused > 0 else { return "Nobody was refused." }
    let reasons = PlacementRefusal.allCases.compactMap { reason -> String? in
      guard let count = tally.refusals[reason], count > 0 else { return nil }
      return "\(QuantityText.grouped(count)) because \(reason.words)"
    }
    return "Refused, those at the start included: \(reasons.joined(separator: "; "))."
  }

  private var eventsSentence: String {
    "\(counted(tally.hostFailures, "host")) failed, and \(counted(tally.restarted, "machine")) started anew "
      + "elsewhere"
      + (tally.lost > 0 ? ", \(QuantityText.grouped(tally.lost)) found no place" : "") + ". "
      + "\(counted(tally.maintained, "host")) were emptied for maintenance, "
      + "\(counted(tally.migrated, "machine")) moved while they ran"
      + (tally.maintenancePutOff > 0
        ? "; \(QuantityText.grouped(tally.maintenancePutOff)) hosts could not be emptied." : ".")
  }

  private var moneyTable: Table {
    var rows: [[Table.Cell]] = [[.words("paid by tenants"), .value(.money(revenue)), .none]]
    for (item, amount) in costs.items {
      rows.append([
        .words("  \(item)"), .value(.money(-amount)),
        revenue > .zero ? .value(.share(amount.dollars / revenue.dollars)) : .none,
      ])
    }
    rows.append([
      .words("left"), .value(.money(revenue - costs.total)),
      revenue > .zero ? .value(.share(margin)) : .none,
    ])
    return Table(
      key: "offer.money", columns: [.init(""), .init("dollars"), .init("of it")], rows: rows)
  }

  private var margin: Double { 1 - costs.total.dollars / revenue.dollars }

  private var moneySentence: String {
    guard coreHours > 0 else { return "Nothing was used." }
    let cost = RateText.text(.dollars(costs.total.dollars / coreHours))
    let whenFull = RateText.text(.dollars(costs.whenFull.dollars / (result.cores * hours)))
    return coreHours > result.cores * hours
      ? "An hour of a core that is sold costs you \(cost); with each core sold once it would be \(whenFull) at least."
      : "An hour of a core costs you \(cost) as full as it is; if all were used it would be \(whenFull)."
  }

  private var lackingShare: Double {
    tally.coreHoursWanted > 0 ? tally.coreHoursLacking / tally.coreHoursWanted : 0
  }

  private var useSentence: String {
    "Cores were sold \(QuantityText.significant(parameters.oversubscription)) times. In "
      + "\(FactValue.share(result.overloadedShare).text) of the hours of hosts more were wanted than there are, and "
      + "\(FactValue.share(lackingShare).text) of what was wanted was lacking."
  }

  private var outageSentence: String {
    "A zone was down for four hours, and \(counted(tally.downAtOutage, "machine")) with it. Of a month that is "
      + "\(QuantityText.significant((1 - 4 / 720.0) * 100, 4))% up for whoever had all in that zone."
  }

  private var facts: [Fact] {
    let simulated = Provenance.simulated(seed: parameters.seed)
    func fact(_ key: String, _ value: FactValue) -> Fact { Fact("offer.\(key)", value, simulated) }
    let none = FactValue.undefined("nothing was used")
    return [
      fact("hosts", .count(parameters.hosts)), fact("asked", .count(asked)),
      fact("placed", .count(tally.placed)),
      fact("refused", .count(refused)), fact("refused.share", .share(result.refusedShare)),
      fact("refused.stranded", .count(tally.refusals[.stranded] ?? 0)),
      fact("cores.used", .share(usedShare)), fact("memory.used", .share(result.memoryShare)),
      fact(
        "overloaded",
        tally.hostHours > 0
          ? .share(result.overloadedShare) : .undefined("no core was sold twice")),
      fact(
        "lacking",
        tally.hostHours > 0 ? .share(lackingShare) : .undefined("no core was sold twice")),
      fact("migrated", .count(tally.migrated)), fact("host-failures", .count(tally.hostFailures)),
      fact("down.hours", .quantity(Quantity(tally.downSeconds / 3_600), .none)),
      fact("revenue", .money(revenue)), fact("cost", .money(costs.total)),
      fact("margin", revenue > .zero ? .share(margin) : none),
      fact(
        "core-hour",
        coreHours > 0
          ? .quantity(Quantity(costs.total.dollars * 100 / coreHours), .none) : none),
      fact("placements", .count(tally.placements)), fact("events", .count(result.events)),
      Fact(
        "offer.events-per-second",
        seconds > 0
          ? .quantity(Quantity((Double(result.events) / seconds).rounded()), .none)
          : .undefined("no time passed"), .measured(repetitions: 1)),
    ]
  }
}
