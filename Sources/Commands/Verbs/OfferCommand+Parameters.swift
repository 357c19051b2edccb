import Catalogs
import Cloud
import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

// From what was typed to what the engine takes.
extension OfferCommand {
  /// Where the halls are.
  func site(in world: World) -> Catalog.Site {
    arguments.word("site").flatMap(world.catalog.site) ?? world.site
  }

  func parameters(price: Money, in world: World) throws(Diagnostic) -> CloudParameters {
    guard let hosts = arguments.count("hosts"), let zones = arguments.count("zones"),
      let days = arguments.count("days"), let load = arguments.quantity("load"),
      let policy = arguments.word("policy").flatMap(Policy.init),
      let cores = arguments.count("cores"),
      let memory = arguments.quantity("memory"), let oversell = arguments.quantity("oversell")
    else { preconditionFailure("'offer' declares defaults for all of these") }
    // Ten machines a host in thirty days, as the machine-hours of long lives have it.
    let arrivals = arguments.count("arrivals") ?? max(1, hosts * days / 3)
    var parameters = CloudParameters(
      hosts: hosts, zones: zones,
      // `Chosen:` 250 GB of disk and 300 Mbit/s of network for each core, more than tenants ask for.
      capacity: Resources(
        cores: Double(cores), memoryGB: memory / 1e9, diskGB: 250 * Double(cores),
        megabits: 300 * Double(cores)),
      days: days, load: load, arrivals: arrivals, policy: policy, oversubscription: oversell,
      isTogether: arguments.word("together") == "yes",
      outage: try outage(zones: min(zones, hosts), days: days),
      plant: plant(hosts: hosts, zones: zones, cores: Double(cores), in: world),
      start: OfferCommand.monday(before: world.now), seed: world.seed)
    parameters.spot = arguments.quantity("spot") ?? 0
    parameters.quota = arguments.count("quota").map(Double.init)
    parameters.promised = arguments.quantity("promised") ?? 0
    parameters.keepsZone = arguments.word("admit") == "failover"
    if parameters.keepsZone, zones == 1 {
      throw arguments.error(
        "offer-parameter", "With one zone there is no other that could take its machines.",
        at: "admit", help: "Take zones=2 or more, or admit=all.")
    }
    parameters.competition = try competition(price: price, load: load)
    parameters.generations = try generations(hosts: hosts)
    try checkCompanions()
    return parameters
  }

  /// The beginning of the week.
  private static func monday(before moment: Moment) -> Moment {
    var day = moment.startOfDay
    while day.weekday != .monday { day = day - .days(1) }
    return day
  }

  private func plant(hosts: Int, zones: Int, cores: Double, in world: World) -> ZonePlant {
    let hostsOfZone = (hosts - 1) / zones + 1
    return world.catalog.plant(
      forZoneOf: Power(watts: OperatorCosts.wattsPerCore.full * cores * Double(hostsOfZone)),
      at: world.now, site: site(in: world), seed: world.seed,
      setPoint: arguments.quantity("setpoint").map { Temperature(celsius: $0) })
  }

  private func generations(hosts: Int) throws(Diagnostic) -> GenerationPlan? {
    guard let count = arguments.count("generations") else {
      guard arguments.word("retire") != nil else { return nil }
      throw arguments.error(
        "offer-parameter", "'retire' means nothing without 'generations'.", at: "retire",
        help: "Add generations=5, for instance.")
    }
    guard count <= hosts else {
      throw arguments.error(
        "offer-parameter",
        "\(counted(hosts, "host")) cannot be of \(counted(count, "year")).", at: "generations",
        help: "Take hosts=\(count) or more.")
    }
    guard arguments.word("why") != "yes" else {
      throw arguments.error(
        "offer-parameter", "'why' compares hosts that are all new, and these are not.", at: "why",
        help: "Leave out generations=\(count), or why=yes.")
    }
    return GenerationPlan(
      count: count,
      improvement: arguments.quantity("improvement") ?? OfferPage.usualImprovement,
      failureGrowth: HardwareRefresh.usualUpkeepGrowth,
      retiresOldest: arguments.word("retire") == "yes")
  }

  private func outage(zones: Int, days: Int) throws(Diagnostic) -> CloudParameters.ZoneOutage? {
    guard let zone = arguments.count("outage") else { return nil }
    guard zone <= zones else {
      throw arguments.error(
        "offer-parameter",
        "There are hosts in \(counted(zones, "zone")), so zone \(zone) cannot go down.",
        at: "outage")
    }
    guard days >= 9 else {
      throw arguments.error(
        "offer-parameter", "In \(counted(days, "day")) there is no second Tuesday.", at: "outage",
        help: "Take days=9 or more.")
    }
    let cause = arguments.word("cause").flatMap(CloudParameters.Cause.init) ?? .feeds
    return .init(zone: zone - 1, cause: cause, begins: .days(8) + .hours(12), lasts: .hours(4))
  }

  private func competition(
    price: Money, load: Double
  ) throws(Diagnostic) -> PriceCompetition? {
    guard let rival = arguments.quantity("rival") else { return nil }
    guard price > .zero else {
      throw arguments.error(
        "offer-parameter", "At a price of $0 all the world would come.", at: "price",
        help: "Beside a rival, a price is more than nothing.")
    }
    let competition = PriceCompetition(
      price: price, rival: .dollars(rival),
      elasticity: arguments.quantity("elasticity") ?? PriceCompetition.usualElasticity,
      cut: arguments.quantity("rival-cut") ?? 0,
      switching: arguments.quantity("switching") ?? PriceCompetition.usualSwitching)
    let asked = load * competition.demand
    guard asked <= 2 else {
      throw arguments.error(
        "offer-parameter",
        "So cheap beside the rival, tenants would ask for \(FactValue.share(asked).text) of the cores.",
        at: "price", help: "Up to 200% can be run: ask for more, or take a lower load.")
    }
    return competition
  }

  /// What means nothing without something else.
  private func checkCompanions() throws(Diagnostic) {
    for (name, companion, example) in [
      ("rival-cut", "rival", "rival=$0.04"), ("elasticity", "rival", "rival=$0.04"),
      ("switching", "rival", "rival=$0.04"), ("spot-price", "spot", "spot=30%"),
    ] where arguments.quantity(name) != nil {
      guard arguments.quantity(companion) == nil, arguments.count(companion) == nil else {
        continue
      }
      throw arguments.error(
        "offer-parameter", "'\(name)' means nothing without '\(companion)'.", at: name,
        help: "Add \(example), for instance.")
    }
    if arguments.word("cause") != nil, arguments.count("outage") == nil {
      throw arguments.error(
        "offer-parameter", "'cause' means nothing without 'outage'.", at: "cause",
        help: "Add outage=1, for instance.")
    }
    guard
      arguments.quantity("improvement") == nil || arguments.count("refresh") != nil
        || arguments.count("generations") != nil
    else {
      throw arguments.error(
        "offer-parameter", "'improvement' means nothing without 'refresh' or 'generations'.",
        at: "improvement", help: "Add refresh=5, for instance.")
    }
  }
}
