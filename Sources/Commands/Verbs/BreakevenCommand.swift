import Catalogs
import Cloud
import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `breakeven`: own or rent, for steady work and for work that comes now and then.
struct BreakevenCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "breakeven", "Own or rent the same work: what it costs steady and spiky, and where it flips.",
    group: .cloud,
    parameters: [
      .positional("size", .name("size"), "the size that would be rented"),
      .named(
        "server", .choice(Catalog.ids(.server)),
        "the server that would be bought; the plainest sold"
      )
      .meaning(Catalog.serverMeanings).open(to: .server),
      .named(
        "work", .quantity(.number, 0.1...100_000), fallback: "50",
        "how many servers' full work, on average"),
      .named(
        "busy", .quantity(.number, 0.001...1), fallback: "10%",
        "the share of hours in which spiky work comes"),
      .named("years", .count(1...10), fallback: "4", "over how many years a server is paid off"),
      .named(
        "pue", .quantity(.number, 1...4), fallback: "2", "all power over that of the machines"),
      .named("provider", .name("provider"), "whose, where several have the name"),
    ],
    facts: [
      FactDeclaration(
        "breakeven.server", .gauge, .dollar, "what a server of one's own costs a year, all in"),
      FactDeclaration(
        "breakeven.share", .gauge, .percent, "of hours busy from which owning pays, by trying"),
      FactDeclaration("breakeven.theory", .gauge, .percent, "the same by the costs of a machine"),
      FactDeclaration("breakeven.own.steady", .gauge, .dollar, "owning, a year of steady work"),
      FactDeclaration("breakeven.rent.steady", .gauge, .dollar, "renting, a year of steady work"),
      FactDeclaration("breakeven.own.spiky", .gauge, .dollar, "owning, a year of spiky work"),
      FactDeclaration("breakeven.rent.spiky", .gauge, .dollar, "renting, a year of spiky work"),
      FactDeclaration(
        "breakeven.horizon.steady", .gauge, "months until a server pays back, of steady work"),
      FactDeclaration(
        "breakeven.horizon.spiky", .gauge, "months until a server pays back, of spiky work"),
    ],
    example: "new shop start=2019-12-01\nbreakeven m5.large\n"
      + "expect breakeven.rent.spiky < breakeven.own.spiky\nexpect breakeven.own.steady < breakeven.rent.steady",
    errors: ["unknown-size", "not-for-rent"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("size"), let work = arguments.quantity("work"),
      let busy = arguments.quantity("busy"), let years = arguments.count("years"),
      let pue = arguments.quantity("pue")
    else { preconditionFailure("'breakeven' declares defaults for all of these") }
    let (_, size) = try world.catalog.size(id, arguments)
    let now = world.now
    guard let hourly = size.hourly.at(now)?.value else {
      throw CloudProblem.notForRent(id).diagnostic(arguments, at: "size")
    }
    let own = OwnedServer(arguments, world, pue: pue)
    let loan = Loan(principal: own.price, annualRate: TotalCost.annualRate, months: 12 * years)
    let parts: [(String, Money)] =
      [
        (
          "its price, \(FactValue.money(loan.principal).text) over \(counted(years, "year")) at 5%",
          loan.payment * 12
        )
      ] + own.running.map { ($0.label, $0.yearly) }
    let choice = OwnOrRent(
      ownYearly: parts.reduce(.zero) { $0 + $1.1 }, rentedForOne: own.rentedForOne(size),
      hourly: hourly, target: OwnedServer.target)
    try context.checkpoint()
    return BreakevenPage(
      choice: choice, parts: parts, own: own, size: size.id, work: work, busy: busy, years: years
    ).report
  }
}
