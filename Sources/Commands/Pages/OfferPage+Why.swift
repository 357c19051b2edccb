import Cloud
import Quantities
import Reports

// Why an hour of a core is cheap here, and when hosts should be replaced, where it is asked for.
extension OfferPage {
  private var coreHour: CoreHourCost? { costs.coreHour(sold: usedShare) }

  private var companyCoreHour: CoreHourCost? {
    let room = OperatorCosts.smallRoom
    return companyRoom?.yearlyEffectiveness(
      hosts: room.hosts, cores: parameters.capacity.cores, use: room.use, from: parameters.start
    ).map { costs.smallRoom(effectiveness: $0) }
  }

  private static func cents(_ dollars: Double) -> String {
    QuantityText.fixed(dollars * 100, 2)
  }

  var whyBlocks: [Block] {
    guard let room = companyCoreHour, let here = coreHour else { return [] }
    let small = OperatorCosts.smallRoom
    var rows: [[Table.Cell]] = [
      [
        .words(
          "a room of \(small.hosts) hosts, \(FactValue.share(small.use).text) in use"),
        .words(OfferPage.cents(room.dollars)),
      ]
    ]
    for (cause, dollars) in room.savings(of: here) {
      rows.append([.words("  \(cause.words)"), .words(OfferPage.cents(-dollars))])
    }
    rows.append([.words("here"), .words(OfferPage.cents(here.dollars))])
    return [
      .table(
        Table(
          key: "offer.why", columns: [.init("an hour of a core in use"), .init("cents")],
          rows: rows)),
      .paragraph(
        "One cause after the other takes the small room to yours; each has its average over all orders. "
          + "There a person looks after \(QuantityText.significant(small.hostsPerPerson)) hosts, here after "
          + "\(QuantityText.significant(here.coresPerPerson / costs.cores)), and hosts cost "
          + "\(FactValue.share(1 - here.dollarsPerCore / room.dollarsPerCore).text) less. A watt in a host is "
          + "\(QuantityText.significant(room.powerUsageEffectiveness)) at its meter, as the machine room that a "
          + "company buys was simulated for a year beside your halls."),
    ]
  }

  var whyFacts: [Fact] {
    let keys =
      ["room.core-hour", "cheaper"] + CoreHourCost.Cause.allCases.map { "cheaper.\($0.rawValue)" }
    guard let room = companyCoreHour, let here = coreHour else {
      let none = FactValue.undefined(
        companyRoom == nil ? "it was not asked for; add why=yes" : "nothing was used")
      return keys.map { fact($0, none) }
    }
    let values =
      [room.dollars, room.dollars - here.dollars] + room.savings(of: here).map { $0.dollars }
    return zip(keys, values).map { fact($0, number($1 * 100)) }
  }
}

extension CoreHourCost.Cause {
  /// What it is, in words.
  fileprivate var words: String {
    switch self {
    case .use: "use of cores"
    case .powerUsageEffectiveness: "power usage effectiveness"
    case .people: "people"
    case .purchase: "purchase volume"
    }
  }
}
