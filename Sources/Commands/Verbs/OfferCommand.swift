import Catalogs
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
    parameters: hostParameters + tenantParameters + generationParameters,
    facts: OfferPage.declarations,
    example: "offer hosts=200 days=7\nexpect offer.refused.share < 50%\n"
      + "offer hosts=200 days=7 policy=worst-fit load=90%\noffer hosts=200 days=7 spot=30% why=yes\n"
      + "offer hosts=200 days=7 generations=5 retire=yes",
    errors: ["offer-parameter"])

  private static let hostParameters: [Parameter] = [
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
      "outage", .count(1...16),
      "a zone in which something breaks for four hours on the second Tuesday"),
    .named(
      "cause", .choice(CloudParameters.Cause.allCases.map(\.rawValue)), "what breaks there"
    ).meaning(
      Dictionary(
        uniqueKeysWithValues: CloudParameters.Cause.allCases.map { ($0.rawValue, $0.words) })),
    .named(
      "site", .choice(Catalog.ids(.site)),
      "where the halls are; where your own room is if not given"
    ).meaning(Catalog.meanings(Catalog.standard.sites)).open(to: .site),
    .named(
      "setpoint", .quantity(.temperature, 10...35),
      "what the cooling holds the air at; as it is delivered if not given"),
  ]

  private static let tenantParameters: [Parameter] = [
    .named(
      "spot", .quantity(.number, 0...2),
      "the share of all cores that is asked for at the price of idle ones"),
    .named(
      "spot-price", .quantity(.number, 0...1), "their share of the price; 35% if not given"),
    .named("rival", .quantity(.money, 0.0001...10), "what an hour of a core costs at a rival's"),
    .named(
      "rival-cut", .quantity(.number, 0...0.95),
      "by which share the rival lowers its price in mid-time"),
    .named(
      "elasticity", .quantity(.number, 0...10),
      "by how many percent fewer come for each percent of price; 2 if not given"),
    .named(
      "switching", .quantity(.number, 0...0.99),
      "the share of tenants who go over to a cheaper rival in a year; 1% if not given"),
    .named("quota", .count(1...100_000), "how many cores one account may have"),
    .named(
      "admit", .choice(["all", "failover"]), "whom to let in"
    ).meaning([
      "all": "whoever finds room", "failover": "only as long as any one zone could be lost",
    ]),
    .named(
      "promised", .quantity(.number, 0...1),
      "the share of the tenants who paid for the promise of room"),
    .named("refresh", .count(3...8), "years after which a host is replaced; compares 3 to 8"),
    .named(
      "improvement", .quantity(.number, 0...2),
      "how much more a host a year younger does for its price and watts; 20% if not given"),
    .named("why", .choice(["no", "yes"]), "whether to say why it is cheaper than a small room"),
  ]

  private static let generationParameters: [Parameter] = [
    .named(
      "generations", .count(2...8),
      "of how many years hosts are, as many of each; older ones have less and fail more"),
    .named(
      "retire", .choice(["no", "yes"]),
      "whether new hosts take the places of the oldest during the run"),
  ]

  let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let price = arguments.quantity("price") else {
      preconditionFailure("'offer' declares a default for 'price'")
    }
    let parameters = try parameters(price: .dollars(price), in: world)
    let began = context.host.monotonicSeconds
    let result = try CloudExperiment(parameters).run { share in
      try context.checkpoint()
      context.progress(.init(moment: world.now, share: share))
    }
    let seconds = context.host.monotonicSeconds - began
    try context.checkpoint()
    var page = OfferPage(
      parameters: parameters, result: result, price: .dollars(price), seconds: seconds,
      electricity: site(in: world).price(at: world.now),
      effectiveness: effectiveness(parameters, result))
    page.spotShareOfPrice = arguments.quantity("spot-price") ?? OfferPage.usualSpotShare
    if arguments.word("why") == "yes" {
      page.companyRoom = world.catalog.companyRoom(
        at: world.now, site: site(in: world), seed: world.seed)
    }
    page.refreshYears = arguments.count("refresh")
    page.improvement = arguments.quantity("improvement") ?? OfferPage.usualImprovement
    return page.report
  }

  /// Of the halls, over a year in which hosts are as busy as they were.
  private func effectiveness(_ parameters: CloudParameters, _ result: CloudExperiment.Result)
    -> Double
  {
    guard
      let effectiveness = parameters.plant.yearlyEffectiveness(
        hosts: (parameters.hosts - 1) / parameters.zones + 1, cores: parameters.capacity.cores,
        use: result.coreShare + result.spotShare, from: parameters.start)
    else { preconditionFailure("hosts that draw nothing for a year") }
    return effectiveness
  }
}

extension CloudParameters.Cause {
  /// What it is, in words.
  var words: String {
    switch self {
    case .feeds: "all ways from the meter to the racks"
    case .mains: "the power company's line"
    case .cooling: "all that cools"
    }
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
