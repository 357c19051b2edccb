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
  /// What a spot machine pays of the price.
  var spotShareOfPrice = OfferPage.usualSpotShare
  /// Watts at the meter for a watt in a host, over a year in which they are as busy as they were.
  let effectiveness: Double
  /// What a company's own room is like, if the page says why the cloud is cheaper.
  var companyRoom: ZonePlant?
  /// After how many years hosts are replaced, if that is asked for.
  var refreshYears: Int?
  /// How much more a host a year younger does for its price and its watts.
  var improvement = OfferPage.usualImprovement

  var tally: CloudTally { result.tally }
  var hours: Double { result.span.seconds / 3_600 }
  var refused: Int { tally.refused - tally.initialRefused }
  var asked: Int { tally.asked - tally.initial - tally.initialRefused }
  /// Of the cores that there are, those of all machines; more than there are where they are sold twice.
  var usedShare: Double { result.coreShare + result.spotShare }
  var costs: OperatorCosts {
    OperatorCosts(
      hosts: parameters.hosts, cores: parameters.capacity.cores, use: min(1, usedShare),
      hours: hours, powerUsageEffectiveness: effectiveness, electricity: electricity)
  }
  private var paid: Money { .dollars(tally.coreSeconds / 3_600 * price.dollars) }
  var revenue: Money { paid + spotRevenue }
  var coreHours: Double { (tally.coreSeconds + tally.spot.coreSeconds) / 3_600 }

  var report: Report {
    var blocks: [Block] = [
      .heading(
        "\(counted(parameters.hosts, "host")) in \(counted(parameters.zones, "zone")), \(parameters.policy.rawValue)",
        remark: counted(parameters.days, "day")),
      .table(useTable), .plot(plot), .paragraph(refusalSentence), .paragraph(eventsSentence),
      .table(moneyTable), .paragraph(moneySentence),
    ]
    if tally.hostHours > 0 { blocks.append(.paragraph(useSentence)) }
    blocks += hallBlocks
    blocks += generationBlocks + retirementBlocks + spotBlocks + rivalBlocks + admissionBlocks
    blocks += whyBlocks + refreshBlocks
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
    // By the hour, with spot machines where there are any.
    let spot = tally.spot.hourly
    let hourly = tally.hourly.indices.map { tally.hourly[$0] + (spot.isEmpty ? 0 : spot[$0]) }
    let series = Series(
      key: "cores in use", unit: .percent, start: parameters.start + .hours(1),
      step: .hours(1), values: hourly.map { $0 * 100 })
    let high = hourly.max() ?? 0
    let low = hourly.min() ?? 0
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
    var rows: [[Table.Cell]] = [[.words("paid by tenants"), .value(.money(paid)), .none]]
    if parameters.spot > 0 {
      rows.append([.words("paid by spot machines"), .value(.money(spotRevenue)), .none])
    }
    for (item, amount) in costItems {
      rows.append([
        .words("  \(item)"), .value(.money(-amount)),
        revenue > .zero ? .value(.share(amount.dollars / revenue.dollars)) : .none,
      ])
    }
    rows.append([
      .words("left"), .value(.money(revenue - costTotal)),
      revenue > .zero ? .value(.share(margin)) : .none,
    ])
    return Table(
      key: "offer.money", columns: [.init(""), .init("dollars"), .init("of it")], rows: rows)
  }

  /// What it cost, by cause.
  private var costItems: [(String, Money)] {
    guard let first = generationCosts.first else { return costs.items }
    return first.items.indices.map { cause in
      (
        first.items[cause].0,
        generationCosts.reduce(.zero) { $0 + $1.items[cause].1 }
      )
    }
  }

  /// All of it.
  var costTotal: Money { costItems.reduce(.zero) { $0 + $1.1 } }

  private var costWhenFull: Money {
    generationCosts.isEmpty
      ? costs.whenFull : generationCosts.reduce(.zero) { $0 + $1.whenFull }
  }

  var margin: Double { 1 - costTotal.dollars / revenue.dollars }

  private var moneySentence: String {
    guard coreHours > 0 else { return "Nothing was used." }
    let cost = RateText.text(.dollars(costTotal.dollars / coreHours))
    let whenFull = RateText.text(.dollars(costWhenFull.dollars / (result.cores * hours)))
    return coreHours > result.cores * hours
      ? "An hour of a core that is sold costs you \(cost); with each core sold once it would be \(whenFull) at least."
      : "An hour of a core costs you \(cost) as full as it is; if all were used it would be \(whenFull)."
  }

  var lackingShare: Double {
    tally.coreHoursWanted > 0 ? tally.coreHoursLacking / tally.coreHoursWanted : 0
  }

  private var useSentence: String {
    "Cores were sold \(QuantityText.significant(parameters.oversubscription)) times. In "
      + "\(FactValue.share(result.overloadedShare).text) of the hours of hosts more were wanted than there are, and "
      + "\(FactValue.share(lackingShare).text) of what was wanted was lacking. "
      + "A busy machine's work took \(QuantityText.significant(tally.slowdownMean ?? 1)) times as long on average, "
      + "and \(QuantityText.significant(tally.slowdownWorst ?? 1)) times in the worst of a hundred hours."
  }
}
