import Cloud
import CommandLanguage

import Quantities
import Reports
import WorldModel

/// `offer`: your own cloud for some days: who comes, where they go, what it earns.
struct OfferCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "offer", "Open a cloud of your own and let tenants come: placement, use, refusals, money.",
    group: .cloud,
    parameters: [
      .named("hosts", .count(1...200_000), fallback: "1000", "how many hosts there are"),
      .named("zones", .count(1...16), fallback: "3", "over how many zones they are spread"),
      .named("days", .count(1...366), fallback: "30", "for how long"),
      .named(
        "load", .quantity(.number, 0.01...2), fallback: "60%",
        "the share of all cores that is asked for"
      ),
      .named(
        "arrivals", .count(0...20_000_000),
        "how many machines are asked for; ten a host if not given"),
      .named(
        "policy", .choice(Policy.allCases.map(\.rawValue)), fallback: "best-fit",
        "where a machine goes"
      ).meaning(
        Dictionary(uniqueKeysWithValues: Policy.allCases.map { ($0.rawValue, $0.words) })),
      .named("cores", .count(1...512), fallback: "32", "cores of a host"),
      .named("memory", .quantity(.data, 1e9...1e14), fallback: "160GB", "memory of a host"),
      .named(
        "oversell", .quantity(.number, 1...8), fallback: "1",
        "how many times as many cores are sold as there are"),
      .named(
        "together", .choice(["no", "yes"]), fallback: "no",
        "whether all tenants are busy in the same hours of Fridays"),
      .named(
        "price", .quantity(.money, 0...10), fallback: "$0.04",
        "what an hour of a core costs a tenant"),
      .named(
        "outage", .count(1...16), "a zone that goes down for four hours on the second Tuesday"),
    ],
    facts: [
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
    ],
    example: "offer hosts=200 days=7\nexpect offer.refused.share < 50%\n"
      + "offer hosts=200 days=7 policy=worst-fit load=90%",
    errors: ["offer-parameter"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    let parameters = try parameters(seed: world.seed)
    guard let price = arguments.quantity("price") else {
      preconditionFailure("'offer' declares a default for 'price'")
    }
    let began = context.host.monotonicSeconds
    let result = try CloudExperiment(parameters).run { share in
      try context.checkpoint()
      context.progress(
        .init(moment: world.now, share: share, events: 0))
    }
    let seconds = context.host.monotonicSeconds - began
    return OfferPage(
      parameters: parameters, result: result, price: .dollars(price), seconds: seconds,
      electricity: world.electricityPrice(at: world.now)
    ).report
  }

  private func parameters(seed: UInt64) throws(Diagnostic) -> CloudParameters {
    guard let hosts = arguments.count("hosts"), let zones = arguments.count("zones"),
      let days = arguments.count("days"), let load = arguments.quantity("load"),
      let policy = arguments.word("policy").flatMap(Policy.init),
      let cores = arguments.count("cores"),
      let memory = arguments.quantity("memory"), let oversell = arguments.quantity("oversell")
    else { preconditionFailure("'offer' declares defaults for all of these") }
    // Ten machines a host in thirty days, as the machine-hours of long lives have it.
    let arrivals = arguments.count("arrivals") ?? hosts * days / 3
    var outage: CloudParameters.ZoneOutage?
    if let zone = arguments.count("outage") {
      guard zone <= zones else {
        throw arguments.error(
          "offer-parameter", "There are \(counted(zones, "zone")), so zone \(zone) cannot go down.",
          at: "outage")
      }
      guard days >= 9 else {
        throw arguments.error(
          "offer-parameter", "In \(counted(days, "day")) there is no second Tuesday.", at: "outage",
          help: "Take days=9 or more.")
      }
      outage = .init(zone: zone - 1, begins: .days(8) + .hours(12), lasts: .hours(4))
    }
    return CloudParameters(
      hosts: hosts, zones: zones,
      // `Chosen:` 250 GB of disk and 300 Mbit/s of network for each core, more than tenants ask for.
      capacity: Resources(
        cores: Double(cores), memoryGB: memory / 1e9, diskGB: 250 * Double(cores),
        megabits: 300 * Double(cores)),
      days: days, load: load, arrivals: arrivals, policy: policy, oversubscription: oversell,
      isTogether: arguments.word("together") == "yes",
      outage: outage, seed: seed)
  }
}

extension Policy {
  /// What it does, in words.
  var words: String {
    switch self {
    case .firstFit: "the first host that has room"
    case .bestFit: "the host on which the fewest cores are left"
    case .worstFit: "the host on which the most cores are left"
    case .balanced: "the host on which cores and memory are left most evenly"
    case .spread: "the zone with the fewest of the same deployment"
    }
  }
}
