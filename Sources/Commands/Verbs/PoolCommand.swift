import Cloud
import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `pool`: tenants in the idle machines of somebody who owns them for a peak.
struct PoolCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "pool", "Let tenants rent what a retailer's machines leave idle, for a year, hour by hour.",
    group: .cloud,
    parameters: [
      .named("tenants", .count(0...5_000), fallback: "100", "how many want to rent"),
      .named(
        "gifts", .quantity(.number, 0...1), fallback: "0",
        "the share of them who sell gifts, as he does"),
      .named("fleet", .count(1...100_000), fallback: "100", "machines that he owns: his peak"),
      .named(
        "busy", .quantity(.number, 0...1), fallback: "5%",
        "the share of hours in which a tenant is busy"),
      .named(
        "cost", .quantity(.money, 0...1e6), fallback: "$1500", "what a machine costs a year, all in"
      ),
      .named("year", .count(1995...2100), fallback: "2005", "which year"),
    ],
    facts: [
      FactDeclaration(
        "pool.own.used", .gauge, .percent, "of the machines, by the retailer, on average"),
      FactDeclaration("pool.used", .gauge, .percent, "the same with the tenants"),
      FactDeclaration("pool.sum-of-peaks", .gauge, "machines, if each tenant had his own"),
      FactDeclaration("pool.peak", .gauge, "machines that all tenants need at once at most"),
      FactDeclaration("pool.law", .gauge, "the same by the square-root law"),
      FactDeclaration("pool.gain", .gauge, "the sum of their peaks over the peak of their sum"),
      FactDeclaration(
        "pool.short.hours", .gauge, "hours in which tenants found too few idle machines"),
      FactDeclaration("pool.short.november", .gauge, "those of them in November and December"),
      FactDeclaration(
        "pool.hour.own", .gauge, .dollar, "an hour that is used, if each tenant owns his peak"),
      FactDeclaration(
        "pool.hour.shared", .gauge, .dollar, "the same if they share what they need at most"),
    ],
    example: "pool\nexpect pool.gain > 3\npool gifts=100%")

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let tenants = arguments.count("tenants"), let gifts = arguments.quantity("gifts"),
      let fleet = arguments.count("fleet"), let busy = arguments.quantity("busy"),
      let cost = arguments.quantity("cost"), let year = arguments.count("year")
    else { preconditionFailure("'pool' declares defaults for all of these") }
    let start = Moment(year: year, month: 1, day: 1)
    let hours = CivilDate.isLeap(year) ? 8_784 : 8_760
    // The course's own season, week and day, scaled so that the busiest hour fills the fleet.
    let demand = Demand(visitsPerDay: 1)
    let rates = (0..<hours).map { demand.rate(at: start + .hours($0)).perSecond }
    let highest = rates.max() ?? 1
    let experiment = PoolExperiment(
      tenants: tenants, gifts: gifts, burst: busy,
      own: rates.map { $0 / highest * Double(fleet) }, fleet: Double(fleet), start: start,
      seed: world.seed)
    let result = try experiment.run(checkpoint: context.checkpoint)
    return PoolPage(experiment: experiment, result: result, yearlyCost: .dollars(cost)).report
  }
}
