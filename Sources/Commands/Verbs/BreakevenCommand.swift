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
    ],
    example: "new shop start=2019-12-01\nbreakeven m5.large\n"
      + "expect breakeven.rent.spiky < breakeven.own.spiky\nexpect breakeven.own.steady < breakeven.rent.steady",
    errors: ["unknown-size", "not-for-rent"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// `Chosen:` the share of their time that servers are to be busy, with headroom for bad minutes.
  static let target = 0.6
  /// `Chosen:` five in a hundred servers need a part of some $250 in a year (4.8 % a year, Azure's inputs in
  /// Lyu et al., OSDI 2023).
  static let repairs = Money.dollars(0.05 * 250)

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
    let server =
      arguments.word("server").flatMap(world.catalog.server)
      ?? Catalog.standard.plainestServer(at: now)
    let loan = Loan(
      principal: server.price(at: now), annualRate: TotalCost.annualRate, months: 12 * years)
    let watts = server.spec.power.power(at: BreakevenCommand.target).watts
    let power = watts / 1_000 * 8_760 * pue * world.electricityPrice(at: now).dollars
    // A rack of twenty takes its floor.
    let place = world.site.rent.dollars * MachineRoom.areaPerRack / 20 * 12
    let upkeep = BreakevenCommand.repairs
    let parts: [(String, Money)] = [
      (
        "its price, \(FactValue.money(loan.principal).text) over \(counted(years, "year")) at 5%",
        loan.payment * 12
      ),
      ("power, cooling included", .dollars(power)), ("its share of the floor", .dollars(place)),
      ("repairs", upkeep),
    ]
    let choice = OwnOrRent(
      ownYearly: parts.reduce(.zero) { $0 + $1.1 },
      rentedForOne: Double(server.cores) * server.speed / (Double(size.cores) * size.speed),
      hourly: hourly, target: BreakevenCommand.target)
    try context.checkpoint()
    return BreakevenPage(
      choice: choice, parts: parts, server: server.id, size: size.id, work: work, busy: busy
    ).report
  }
}

/// What `breakeven` reports.
struct BreakevenPage {
  let choice: OwnOrRent
  let parts: [(String, Money)]
  let server: String
  let size: String
  let work: Double
  let busy: Double

  var report: Report {
    let steady = choice.costs(of: OwnOrRent.year(mean: work, busy: 1))
    let spiky = choice.costs(of: OwnOrRent.year(mean: work, busy: busy))
    let found = choice.breakEvenByTrying(mean: work)
    var report = Report(
      [
        .heading("own \(server) or rent \(size)", remark: "a year"),
        .table(
          Table(
            key: "breakeven.server", columns: [.init("a server of your own"), .init("a year")],
            rows: parts.map { [.words($0.0), .value(.money($0.1))] }
              + [[.words("all of it"), .value(.money(choice.ownYearly))]])),
        .table(
          Table(
            key: "breakeven.costs",
            columns: ["", "own", "rent", "owned", "rented hours"].map { .init($0) },
            rows: [row("steady", steady), row("in \(FactValue.share(busy).text) of hours", spiky)])),
        .plot(plot), .paragraph(sentence(found)),
      ], facts: facts(steady, spiky, found))
    report.subject = "breakeven"
    return report
  }

  private func row(
    _ label: String, _ costs: (own: Money, rent: Money, owned: Int, rentedHours: Int)
  ) -> [Table.Cell] {
    [
      .words(label), .value(.money(costs.own)), .value(.money(costs.rent)),
      .value(.count(costs.owned)), .value(.count(costs.rentedHours)),
    ]
  }

  /// Cost by the share of busy hours, for the same work.
  private var plot: Plot {
    let shares = [0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]
    let years = shares.map { ($0, choice.costs(of: OwnOrRent.year(mean: work, busy: $0))) }
    func curve(_ name: String, _ cost: (Money, Money) -> Money) -> Chart.Curve {
      .init(name, years.map { .init($0.0 * 100, cost($0.1.own, $0.1.rent).dollars) })
    }
    let chart = Chart(
      x: Axis("hours in which the work comes", .percent), y: Axis("a year", .dollar),
      [curve("own", { own, _ in own }), curve("rent", { _, rent in rent })])
    return Plot(
      .logLog(chart), title: "the same work, in ever more of the hours",
      sentence:
        "What is owned costs the same however seldom it is used, so the rarer the work, the dearer; what is "
        + "rented costs what it does.")
  }

  private func sentence(_ found: Double?) -> String {
    guard let found else {
      return "Renting is cheaper even for work that never stops: a server of your own costs "
        + "\(FactValue.money(choice.ownYearly).text) a year, and renting its work all year "
        + "\(FactValue.money(.dollars(8_760 * choice.hourly.dollars * choice.rentedForOne)).text)."
    }
    return
      "Owning pays where the work comes in more than \(FactValue.share(found).text) of the hours; the costs of one "
      + "machine alone say \(FactValue.share(choice.breakEven).text). Left out: your hours, the line, and what either "
      + "way can go wrong."
  }

  private func facts(
    _ steady: (own: Money, rent: Money, owned: Int, rentedHours: Int),
    _ spiky: (own: Money, rent: Money, owned: Int, rentedHours: Int), _ found: Double?
  ) -> [Fact] {
    func fact(_ key: String, _ value: FactValue) -> Fact {
      Fact("breakeven.\(key)", value, .computed)
    }
    return [
      fact("server", .money(choice.ownYearly)),
      fact("share", found.map { .share($0) } ?? .undefined("renting is always cheaper")),
      fact("theory", .share(choice.breakEven)),
      fact("own.steady", .money(steady.own)), fact("rent.steady", .money(steady.rent)),
      fact("own.spiky", .money(spiky.own)), fact("rent.spiky", .money(spiky.rent)),
    ]
  }
}
