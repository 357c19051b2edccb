import Cloud
import Quantities
import Reports

// The facts of `offer`: what they are called, and what they are.
extension OfferPage {
  static let declarations: [FactDeclaration] =
    useDeclarations + hallDeclarations + tenantDeclarations + generationDeclarations

  private static let useDeclarations: [FactDeclaration] = [
    FactDeclaration("offer.hosts", .gauge, "how many hosts there were"),
    FactDeclaration("offer.asked", .gauge, "machines that were asked for after the start"),
    FactDeclaration("offer.placed", .gauge, "machines that were placed, with those of the start"),
    FactDeclaration("offer.refused", .gauge, "machines that found no place"),
    FactDeclaration("offer.refused.share", .gauge, .percent, "of those that were asked for"),
    FactDeclaration(
      "offer.refused.stranded", .gauge, "of them because cores and memory lay apart"),
    FactDeclaration(
      "offer.cores.used", .gauge, .percent, "of the cores that there are, on average"),
    FactDeclaration(
      "offer.memory.used", .gauge, .percent, "of the memory that there is, on average"),
    FactDeclaration(
      "offer.overloaded", .gauge, .percent,
      "of the hours of hosts, those in which more cores were wanted than there are"),
    FactDeclaration(
      "offer.lacking", .gauge, .percent,
      "of the core-hours that were wanted, those that were lacking"),
    FactDeclaration(
      "offer.slowdown.mean", .gauge, "how many times as long a busy machine's work takes"),
    FactDeclaration(
      "offer.slowdown.p99", .gauge, "the same in the worst of a hundred of its hours"),
    FactDeclaration("offer.migrated", .gauge, "machines that were moved while they ran"),
    FactDeclaration("offer.host-failures", .gauge, "hosts that failed"),
    FactDeclaration("offer.down.hours", .gauge, "machine-hours on hosts that were down"),
    FactDeclaration("offer.revenue", .gauge, .dollar, "what tenants paid"),
    FactDeclaration("offer.cost", .gauge, .dollar, "what it cost"),
    FactDeclaration("offer.margin", .gauge, .percent, "of the revenue, what is left"),
    FactDeclaration(
      "offer.core-hour", .gauge, "what an hour of a core that was used cost you, in cents"),
    FactDeclaration("offer.placements", .gauge, "places that were looked for"),
    FactDeclaration("offer.events", .gauge, "events that were handled"),
    FactDeclaration(
      "offer.events-per-second", .gauge, "how many of them this machine handled a second"),
  ]

  private static let tenantDeclarations: [FactDeclaration] = [
    FactDeclaration(
      "offer.cores.paid", .gauge, .percent, "of the cores, those of tenants who pay in full"),
    FactDeclaration("offer.spot.cores", .gauge, .percent, "of the cores, those of spot machines"),
    FactDeclaration("offer.spot.asked", .gauge, "spot machines that were asked for"),
    FactDeclaration("offer.spot.refused", .gauge, "of them, those that found no idle room"),
    FactDeclaration(
      "offer.spot.interrupted", .gauge, .percent,
      "of the spot machines that ended, those that were taken back"),
    FactDeclaration("offer.spot.revenue", .gauge, .dollar, "what spot machines paid"),
    FactDeclaration(
      "offer.demand", .gauge, .percent, "of the tenants at equal prices, those who come"),
    FactDeclaration("offer.demand.after", .gauge, .percent, "the same after the rival's cut"),
    FactDeclaration(
      "offer.tenants.lost", .gauge, "machines that were started at the rival's instead"),
    FactDeclaration(
      "offer.tenants.switched", .gauge, "machines that left with tenants who went over to it"),
    FactDeclaration(
      "offer.price.best", .gauge, .dollar, "the price at which all cores would just be asked for"),
    FactDeclaration("offer.refused.quota", .gauge, "machines above the quota of their tenant"),
    FactDeclaration(
      "offer.refused.failover", .gauge, "machines refused so that a zone could be lost"),
    FactDeclaration(
      "offer.refused.promised", .gauge, "machines refused for what was promised to others"),
    FactDeclaration(
      "offer.promised.refused.share", .gauge, .percent,
      "of the machines of tenants who paid for a promise"),
    FactDeclaration(
      "offer.room.core-hour", .gauge, "what such an hour costs in a small room, in cents"),
    FactDeclaration("offer.cheaper", .gauge, "by how much that is more than here, in cents"),
    FactDeclaration("offer.cheaper.use", .gauge, "of it, for the use of cores, in cents"),
    FactDeclaration(
      "offer.cheaper.effectiveness", .gauge, "of it, for power usage effectiveness, in cents"),
    FactDeclaration("offer.cheaper.people", .gauge, "of it, for people, in cents"),
    FactDeclaration("offer.cheaper.purchase", .gauge, "of it, for purchase volume, in cents"),
    FactDeclaration(
      "offer.refresh.core-hour", .gauge,
      "what an hour of a new core's work costs with hosts replaced at that age, in cents"),
    FactDeclaration("offer.refresh.best", .gauge, "the cheapest age to replace hosts, years"),
  ]

  var facts: [Fact] {
    useFacts + hallFacts + spotFacts + rivalFacts + admissionFacts + whyFacts + refreshFacts
      + generationFacts
      + retirementFacts
  }

  func fact(_ key: String, _ value: FactValue) -> Fact {
    Fact("offer.\(key)", value, .simulated(seed: parameters.seed))
  }

  func number(_ value: Double) -> FactValue { .quantity(Quantity(value), .none) }

  private var useFacts: [Fact] {
    let none = FactValue.undefined("nothing was used")
    let notTwice = FactValue.undefined("no core was sold twice")
    let isTwice = tally.hostHours > 0
    return [
      fact("hosts", .count(parameters.hosts)), fact("asked", .count(asked)),
      fact("placed", .count(tally.placed)),
      fact("refused", .count(refused)), fact("refused.share", .share(result.refusedShare)),
      fact("refused.stranded", .count(tally.refusals[.stranded] ?? 0)),
      fact("cores.used", .share(usedShare)), fact("memory.used", .share(result.memoryShare)),
      fact("overloaded", isTwice ? .share(result.overloadedShare) : notTwice),
      fact("lacking", isTwice ? .share(lackingShare) : notTwice),
      fact("slowdown.mean", tally.slowdownMean.map(number) ?? notTwice),
      fact("slowdown.p99", tally.slowdownWorst.map(number) ?? notTwice),
      fact("migrated", .count(tally.migrated)), fact("host-failures", .count(tally.hostFailures)),
      fact("down.hours", number(tally.downSeconds / 3_600)),
      fact("revenue", .money(revenue)), fact("cost", .money(costTotal)),
      fact("margin", revenue > .zero ? .share(margin) : none),
      fact(
        "core-hour", coreHours > 0 ? number(costTotal.dollars * 100 / coreHours) : none),
      fact("placements", .count(tally.placements)), fact("events", .count(result.events)),
      Fact(
        "offer.events-per-second",
        seconds > 0
          ? number((Double(result.events) / seconds).rounded())
          : .undefined("no time passed"), .measured(repetitions: 1)),
    ]
  }
}
