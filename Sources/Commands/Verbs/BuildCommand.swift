import Catalogs
import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `build`: a machine room, from a closet to a hall.
struct BuildCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "build", "Order a machine room: a closet, a room or a hall, by the power that it takes.",
    group: .room,
    parameters: [
      .named(
        "site", .choice(Catalog.ids(.site)), fallback: "washington",
        "where: climate, grid and land"
      ).meaning(Catalog.meanings(Catalog.standard.sites)).open(to: .site),
      .named("area", .quantity(.area, 2...1e6), fallback: "10m2", "the floor; a rack takes 2.5 m2"),
      .named(
        "power", .quantity(.power, 100...1e9), fallback: "4kW",
        "what its machines may draw: up to 4 kW a closet, up to 60 kW a room, above that a hall"),
    ],
    example:
      "new shop cash=$60000 visits=50/day\nbuild area=20m2 power=16kW\nrun 2 months\nshow room",
    errors: ["room-exists", "too-much-power", "too-little-cash"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let site = arguments.word("site").flatMap(world.catalog.site),
      let area = arguments.quantity("area"), let power = arguments.quantity("power")
    else { preconditionFailure("'build' declares defaults for these") }
    do {
      let offer = try world.build(site: site, area: area, power: Power(watts: power))
      let places = RoomThermals.places(onArea: area)
      return Report([
        .paragraph(
          "A \(offer.building.id) at \(site.id): \(FactValue.quantity(Quantity(area, .area), .squareMeter).text) "
            + "for \(counted(places, "rack")), \(FactValue.power(Power(watts: power)).text), "
            + "for \(FactValue.money(offer.price).text). The keys are promised for "
            + "\(offer.promised.date); one builder in three is late."),
        .paragraph(
          "Cash: \(FactValue.money(world.cash).text). 'show room' tells when it is ready; then 'buy rack', "
            + "'buy cooling' and 'place server' fill it."),
      ])
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments)
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments)
    }
  }
}

/// A number with its noun: `1 rack`, `2,040 racks`.
func counted(_ number: Int, _ noun: String) -> String {
  "\(QuantityText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

extension RoomProblem {
  /// The problem in words, at the statement or one of its arguments.
  func diagnostic(_ arguments: Arguments, at name: String? = nil) -> Diagnostic {
    switch self {
    case .noRoom:
      arguments.error(
        "no-room", "There is no machine room yet.",
        help: "'build' orders one; 'help build' tells how.")
    case .roomExists:
      arguments.error(
        "room-exists", "You have a machine room already.",
        help: "'show room' shows it. 'undo' or 'fork' lets you try another one.")
    case .notOpen(let opens):
      arguments.error(
        "not-open", "The room is not finished: it opens at \(opens).",
        help: "'run until \(opens.date)' lets the builders work.")
    case .tooMuchPower(let most):
      arguments.error(
        "too-much-power",
        "No building here takes more than \(FactValue.power(most).text).", at: "power")
    case .noFloor(let places):
      arguments.error(
        "no-floor", "The floor holds \(counted(places, "rack")), and that is too few for these.",
        at: name, help: "'show room' shows the racks; a larger room has to be built from the start."
      )
    case .doesNotFit(let problem):
      arguments.error(
        "does-not-fit", "That does not fit: \(problem.reasons).", at: name,
        help: RoomProblem.help(for: problem.places))
    case .fitsNowhere(let places):
      arguments.error(
        "does-not-fit", "The racks do not take all of them.", at: name,
        help: RoomProblem.help(for: places))
    case .noRacks:
      arguments.error(
        "no-racks", "There is no rack in the room yet.", help: "'buy rack' puts one up.")
    case .tooFewOutside(let present):
      arguments.error(
        "too-few-servers",
        "\(present == 0 ? "None" : "\(present)") of these stand outside the racks.", at: name,
        help: "'buy server' buys more; 'show room' tells where the others are.")
    }
  }

  private static func help(for places: [PlacementProblem.Place]) -> String {
    guard !places.isEmpty else { return "No rack takes one more; 'buy rack' puts up another." }
    let list = places.map { "\($0.count) in r\($0.rack + 1)" }.joined(separator: ", ")
    return "What would fit: \(list). 'buy rack' puts up another."
  }
}

extension PlacementProblem {
  /// The limits that would be passed, in words.
  fileprivate var reasons: String {
    limits.map { limit in
      switch limit {
      case .units(let needed, let free): "\(needed) units are needed and \(free) are free"
      case .power(let needed, let free):
        "\(FactValue.power(needed).text) may be drawn and \(FactValue.power(free).text) are free"
      case .mass(let needed, let free):
        "they weigh \(FactValue.quantity(Quantity(needed.kilograms, .mass), .kilogram).text) and "
          + "\(FactValue.quantity(Quantity(free.kilograms, .mass), .kilogram).text) are free"
      }
    }.joined(separator: "; ")
  }
}
