import Catalogs
import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `refresh`: at which age it pays to replace machines by new ones.
struct RefreshCommand: Question {
  static let declaration = CommandDeclaration(
    "refresh", "At which age it pays to replace machines by new ones that do more for the watt.",
    group: .room,
    parameters: [
      .named(
        "improvement", .quantity(.number, 0...2), fallback: "25%",
        "how much more a machine bought a year later does for its price and its watts"),
      .named("months", .count(1...240), fallback: "36", "over how many months new ones are paid"),
    ],
    facts: [
      FactDeclaration("refresh.age", .gauge, .second, "the age at which replacing pays"),
      FactDeclaration("refresh.years", .gauge, "the same in years"),
      FactDeclaration("refresh.keep", .gauge, .dollar, "what keeping them costs a month now"),
      FactDeclaration(
        "refresh.replace", .gauge, .dollar, "what replacing them would cost a month now"),
    ],
    example: "new shop servers=4 room=furnished visits=500/day\nrun 1 day\nrefresh",
    errors: ["no-room", "too-few-servers"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let world = session.state.world
    guard let improvement = arguments.quantity("improvement"),
      let months = arguments.count("months")
    else { preconditionFailure("'refresh' declares defaults for these") }
    guard let room = world.measuredRoom else { throw RoomProblem.noRoom.diagnostic(arguments) }
    let here = world.machines.filter { $0.rack != nil }
    guard let first = here.first, let model = world.catalog.server(first.model) else {
      throw RoomProblem.tooFewOutside(present: 0).diagnostic(arguments)
    }
    let row = room.records.total
    let power = Power(
      watts: (row.machinePower?.watts ?? model.peak.watts / 2) / Double(max(1, here.count)))
    let plan = HardwareRefresh(
      machines: here.count, power: power,
      upkeep: RefreshCommand.upkeep(here.count, world.site, room),
      upkeepGrowth: HardwareRefresh.usualUpkeepGrowth, price: first.price, newPower: power,
      newUpkeep: RefreshCommand.upkeep(here.count, world.site, room),
      yearlyImprovement: improvement,
      powerUsageEffectiveness: row.powerUsageEffectiveness ?? 1.5,
      dollarsPerKilowattHour: world.electricityPrice(at: world.now).dollars,
      annualRate: TotalCost.annualRate, months: months)
    return report(plan, first, world)
  }

  /// What a machine costs a month beside electricity.
  ///
  /// `Chosen:` its place in the rent, and half an hour of updates; growing by
  /// `HardwareRefresh.usualUpkeepGrowth` a year.
  private static func upkeep(_ count: Int, _ site: Catalog.Site, _ room: MachineRoom) -> Money {
    let rent = site.rent.dollars * room.area / Double(max(1, count))
    return .dollars(rent + Staff.hours.patchingPerMonth * Staff.ownHour.dollars)
  }

  private func report(_ plan: HardwareRefresh, _ first: OwnedMachine, _ world: World) -> Report {
    let ageMonths = Int((world.now - first.bought).seconds / (86_400 * 365 / 12))
    let (keep, replace) = (
      plan.keeping(ageMonths: ageMonths), plan.replacing(ageMonths: ageMonths)
    )
    let age = plan.ageToReplace
    let words =
      age.map {
        "With \(FactValue.share(plan.yearlyImprovement).text) more for the watt and the dollar each year, "
          + "replacing pays from an age of \(QuantityText.significant(Double($0) / 12, 2)) years on."
      } ?? "Replacing does not pay within twenty years."
    var report = Report([
      .paragraph(
        "\(counted(plan.machines, "machine")), \(QuantityText.significant(Double(ageMonths) / 12, 2)) years old: "
          + "keeping them costs \(FactValue.money(keep).text) a month in power, place and care; "
          + "\(counted(plan.newMachines(ageMonths: ageMonths), "new one")) would cost "
          + "\(FactValue.money(replace).text), payments included."),
      .paragraph(words),
      .paragraph("What the old ones once cost is gone either way, and does not enter."),
    ])
    report.subject = "refresh"
    report.facts = [
      Fact(
        "refresh.age",
        age.map { .span(.seconds(Double($0) * 86_400 * 365 / 12)) }
          ?? .undefined("replacing does not pay within twenty years"), .computed),
      Fact(
        "refresh.years",
        age.map { .quantity(Quantity(Double($0) / 12), .none) }
          ?? .undefined("replacing does not pay within twenty years"), .computed),
      Fact("refresh.keep", .money(keep), .computed),
      Fact("refresh.replace", .money(replace), .computed),
    ]
    return report
  }
}
