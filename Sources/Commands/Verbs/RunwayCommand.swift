import Catalogs
import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `runway`: for how long a startup's money lasts, on machines of its own and on rented ones.
struct RunwayCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "runway",
    "How long a startup's money lasts: own machines bought ahead, or rented ones.",
    group: .cloud,
    parameters: [
      .positional("size", .name("size"), "the size that would be rented"),
      .named("cash", .quantity(.money, 0...1e12), fallback: "$300000", "what it has"),
      .named(
        "revenue", .quantity(.money, 0...1e12), fallback: "$2000", "what it earns in month one"),
      .named(
        "spending", .quantity(.money, 0...1e12), fallback: "$15000",
        "what people and the rest cost a month"),
      .named(
        "hope", .quantity(.number, 0...2), fallback: "20%",
        "by how much a month it hopes to grow; machines are bought for that"),
      .named(
        "growth", .quantity(.number, -0.5...2), fallback: "0%",
        "by how much a month it grows if the hope does not come true"),
      .named("machines", .quantity(.number, 0.1...10_000), fallback: "10", "servers that it needs"),
      .named(
        "server", .choice(Catalog.ids(.server)),
        "the server that would be bought; the plainest sold"
      )
      .meaning(Catalog.serverMeanings).open(to: .server),
      .named("lead", .count(0...24), fallback: "2", "months until a server is there"),
      .named("ahead", .count(0...60), fallback: "6", "for how many months it orders at a time"),
      .named(
        "resale", .quantity(.number, 0...1), fallback: "40%",
        "of its price that a server brings when it is sold"),
      .named("months", .count(1...120), fallback: "36", "how far to look"),
      .named("provider", .name("provider"), "whose, where several have the name"),
    ],
    facts: [
      FactDeclaration("runway.own", .gauge, "months on its own machines, growth does not come"),
      FactDeclaration("runway.rent", .gauge, "months on rented machines, growth does not come"),
      FactDeclaration("runway.own.growing", .gauge, "months on its own machines, growth comes"),
      FactDeclaration("runway.rent.growing", .gauge, "months on rented machines, growth comes"),
      FactDeclaration("runway.own.bought", .gauge, "servers bought that growth did not come for"),
    ],
    example: "new shop start=2010-07-05\nrunway m1.small\nexpect runway.own < runway.rent",
    errors: ["unknown-size", "not-for-rent"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("size"), let cash = arguments.quantity("cash"),
      let revenue = arguments.quantity("revenue"), let spending = arguments.quantity("spending"),
      let hope = arguments.quantity("hope"), let growth = arguments.quantity("growth"),
      let machines = arguments.quantity("machines"), let lead = arguments.count("lead"),
      let ahead = arguments.count("ahead"), let resale = arguments.quantity("resale"),
      let months = arguments.count("months")
    else { preconditionFailure("'runway' declares defaults for all of these") }
    let (_, size) = try world.catalog.size(id, arguments)
    guard let hourly = size.hourly.at(world.now)?.value else {
      throw CloudProblem.notForRent(id).diagnostic(arguments, at: "size")
    }
    let own = OwnedServer(arguments, world)
    let startup = Runway(
      cash: .dollars(cash), revenue: .dollars(revenue), spending: .dollars(spending),
      growth: growth, hope: hope, machines: machines, price: own.price, upkeep: own.upkeep,
      lead: lead, ahead: ahead, resale: resale,
      rent: .dollars(730 * hourly.dollars * own.rentedForOne(size)))
    try context.checkpoint()
    return RunwayPage(startup: startup, server: own.server.id, size: id, months: months).report
  }
}
