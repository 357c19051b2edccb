import Catalogs
import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `new shop`, `new hall`: a quilt shop on the web of 2004, or a hall full of machines.
struct NewCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "new", "Begin afresh with a shop, in March 2004, or with a data hall.", group: .world,
    parameters: [
      .positional("scenario", .choice(["shop", "hall"]), fallback: "shop", "what to begin with")
        .meaning([
          "shop": "a quilt shop on the web", "hall": "a data hall, busy by the hour of the day",
        ]),
      .named("servers", .count(0...100_000), fallback: "1", "how many servers stand there already"),
      .named(
        "server", .choice(Catalog.ids(.server)),
        "which servers; the plainest of the day if left out"
      ).meaning(Catalog.serverMeanings).open(to: .server),
      .named("racks", .count(1...20_000), "into how many racks of a hall they go"),
      .named(
        "load", .quantity(.number, 0...1), fallback: "40%",
        "how busy a hall's machines are on average"),
      .named(
        "uplink", .choice(Catalog.ids(.uplink)), fallback: "t1", "the line to the world"
      ).meaning(Catalog.uplinkMeanings).open(to: .uplink),
      .named(
        "visits", .quantity(.rate, 0...1_000), fallback: "7560/day",
        "visits on an average day of the year"),
      .named("pages", .quantity(.rate, 0...1_000), "page views on average, in place of visits"),
      .named("start", .moment, fallback: "2004-03-01", "when it begins"),
      .named("cash", .quantity(.money, 0...1e10), fallback: "$12000", "the money at hand"),
      .named(
        "delivery", .quantity(.time, 0...3e7), fallback: "0s",
        "how long machines that are bought take to come"),
      .named(
        "room", .choice(["none", "bare", "furnished"]), fallback: "none",
        "a machine room that is there already: empty, or with the servers in it"
      ).meaning([
        "none": "the servers stand in the workshop", "bare": "20 m2 for 16 kW, empty",
        "furnished": "with racks, cooling and the servers in it",
      ]),
      .named(
        "site", .choice(Catalog.ids(.site)), fallback: "washington", "where the room is"
      ).meaning(Catalog.meanings(Catalog.standard.sites)).open(to: .site),
    ],
    example:
      "new shop\nnew shop servers=2 uplink=t3 pages=1/s\nnew hall servers=2000 start=2012-01-01",
    errors: ["bad-start", "does-not-fit"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let uplink = arguments.word("uplink").flatMap(world.catalog.uplink),
      let start = arguments.moment("start"), let cash = arguments.quantity("cash"),
      let visits = arguments.quantity("visits"), let servers = arguments.count("servers")
    else { preconditionFailure("'new' declares defaults for all of these") }
    let moment = start.last(before: World.storyStart)
    guard moment.date.year >= 1990, moment.date.year <= 2100 else {
      throw arguments.error(
        "bad-start", "A shop on the web begins between 1990 and 2100, not at \(moment).",
        at: "start")
    }
    let demand =
      arguments.quantity("pages").map { Demand(pageViewsPerSecond: $0) }
      ?? Demand(visitsPerDay: visits * 86_400)
    let server =
      arguments.word("server").flatMap(world.catalog.server)
      ?? Catalog.standard.plainestServer(at: moment)
    if arguments.word("scenario") == "hall" {
      return try newHall(server, servers, moment, cash, &world)
    }
    world = World(
      seed: world.seed, start: moment, cash: .dollars(cash), catalog: world.catalog)
    world.openShop(demand: demand, servers: (server, servers), uplink: uplink)
    world.setDeliveryTime(.seconds(arguments.quantity("delivery") ?? 0))
    if let room = arguments.word("room"), room != "none",
      let site = arguments.word("site").flatMap(world.catalog.site)
    {
      world.haveRoom(site: site, isFurnished: room == "furnished")
    }
    return Report([
      .paragraph(
        "You make quilts, and you sell them on the web. It is \(moment), and you have "
          + "\(FactValue.money(world.cash).text)."),
      .paragraph(
        "The shop has \(serversText(servers, server.summary)) and a line of "
          + "\(FactValue.quantity(Quantity(uplink.rate), .megabitPerSecond).text) (\(uplink.id)). "
          + "About \(QuantityText.grouped(Int(demand.visitsPerDay + 0.5))) visits come on an average "
          + "day of the year."),
      .paragraph("'run 1 day' lets a day pass; 'show shop' tells how it went."),
    ])
  }

  private func newHall(
    _ server: Catalog.Server, _ count: Int, _ moment: Moment, _ cash: Double, _ world: inout World
  ) throws(Diagnostic) -> Report {
    let rackHeight = 42
    if let racks = arguments.count("racks"), count > racks * (rackHeight / server.spec.units) {
      throw arguments.error(
        "does-not-fit",
        "A rack has \(rackHeight) units, so \(counted(racks, "rack")) do not hold so many.",
        at: "racks", help: "Leave 'racks=' out for as many as it takes.")
    }
    guard let site = arguments.word("site").flatMap(world.catalog.site),
      let load = arguments.quantity("load")
    else { preconditionFailure("'new' declares defaults for these") }
    world = World(
      seed: world.seed, start: moment, cash: .dollars(cash), catalog: world.catalog)
    world.haveHall(
      site: site, server: server, count: max(1, count), racks: arguments.count("racks"),
      profile: LoadProfile(mean: load, swing: load / 3))
    let room = world.machineRoom?.room
    return Report([
      .paragraph(
        "A data hall at \(site.id): \(QuantityText.grouped(max(1, count))) machines (\(server.summary)) in "
          + "\(counted(room?.racks.count ?? 0, "rack")), "
          + "\(counted(room?.plan.cooling.count ?? 0, "chiller")), two feeds with batteries and generators. "
          + "It is \(moment)."),
      .paragraph(
        "The machines are \(FactValue.share(load).text) busy on average, most in the afternoon. 'run 1 month' "
          + "lets a month pass; 'show room' tells how it went."),
    ])
  }

  private func serversText(_ count: Int, _ summary: String) -> String {
    switch count {
    case 0: "no server yet ('buy server' changes that)"
    case 1: "one server (\(summary))"
    default: "\(QuantityText.grouped(count)) servers (each: \(summary))"
    }
  }
}
