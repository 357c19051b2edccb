import Catalogs
import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `set`: what can be changed at once.
struct SetCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "set", "Change what can be changed at once: the line, the cooling, the people, the locks.",
    group: .room,
    parameters: [
      .positional("thing", .choice(Thing.allCases.map(\.rawValue)), "what to change").meaning(
        Dictionary(uniqueKeysWithValues: Thing.allCases.map { ($0.rawValue, $0.summary) })),
      .positional("value", .name("setting"), "what it should be"),
    ],
    example: "new shop servers=2 room=furnished\nset uplink t3\nset set-point 24C\n"
      + "set containment aisles\nset staff 1\nset security cameras",
    errors: [
      "no-shop", "not-sold", "no-room", "not-open", "unknown-thing", "wrong-type", "out-of-range",
      "too-little-cash",
    ])

  /// What can be changed.
  enum Thing: String, CaseIterable {
    case uplink, containment
    case setPoint = "set-point"
    case staff, security, storage, backup

    var summary: String {
      switch self {
      case .uplink: "the line to the world, by its name"
      case .containment: "how cold air is kept from hot: none, aisles, contained"
      case .setPoint: "the temperature at which cooling begins, such as 24C"
      case .staff: "how many technicians are paid; with none you do it yourself"
      case .security: "who gets in: open, locks, cameras, guards"
      case .storage: "how orders are kept: single, mirror, raid5, raid6, replicas"
      case .backup: "whether a copy is made: none, nightly"
      }
    }

    /// The words that it takes; none where it takes a number.
    func words(_ goods: Catalog) -> [String] {
      switch self {
      case .uplink: goods.uplinks.map(\.id) + ["none"]
      case .containment: Containment.allCases.map(\.rawValue)
      case .security: Security.allCases.map(\.rawValue)
      case .storage: OrderStore.Scheme.allCases.map(\.rawValue)
      case .backup: OrderStore.Backup.allCases.map(\.rawValue)
      case .setPoint, .staff: []
      }
    }
  }

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let thing = arguments.word("thing").flatMap(Thing.init),
      let value = arguments.word("value")
    else { preconditionFailure("'set' needs these") }
    do {
      return Report([.paragraph(try set(thing, value, in: &world))])
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments)
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments, at: "value")
    }
  }

  private func set(_ thing: Thing, _ value: String, in world: inout World) throws -> String {
    switch thing {
    case .uplink where value == "none":
      try world.giveUpLine()
      return "The shop has no line of its own any more; only rented servers reach anybody."
    case .uplink:
      guard let uplink = world.catalog.uplink(value) else { throw unknown(value, thing, world) }
      try world.rent(uplink)
      return "The shop is on a \(uplink.id) now: "
        + "\(FactValue.quantity(Quantity(uplink.rate), .megabitPerSecond).text) for "
        + "\(FactValue.money(uplink.price(at: world.now)).text) a month."
    case .containment:
      guard let containment = Containment(rawValue: value) else {
        throw unknown(value, thing, world)
      }
      let before = world.cash
      try world.setContainment(containment)
      let cost = before - world.cash
      return
        "\(FactValue.share(containment.recirculation).text) of what a rack blows out comes back to it now"
        + (cost > .zero ? ", for \(FactValue.money(cost).text)." : ".")
    case .setPoint:
      let celsius = try number(value, .temperature, 10...35)
      try world.setPoint(Temperature(celsius: celsius))
      return "The cooling begins at \(FactValue.temperature(.init(celsius: celsius)).text) now."
    case .staff:
      let count = Int(try number(value, .number, 0...1_000))
      try world.setStaff(count)
      return count == 0
        ? "You look after the machines yourself again, from 8 to 20 o'clock."
        : "\(counted(count, "technician")) a shift, Monday to Friday from 8 to 18, for "
          + "\(FactValue.money(Staff.wagePerHour * (50 * count)).text) a week."
    case .storage, .backup: return try setStore(thing, value, in: &world)
    case .security:
      guard let security = Security(rawValue: value) else { throw unknown(value, thing, world) }
      try world.setSecurity(security)
      return
        "The room has \(security.words) now: \(FactValue.money(security.monthly).text) a month, and an "
        + "intrusion every \(QuantityText.significant(1 / security.intrusionsPerYear, 2)) years on average."
    }
  }

  private func setStore(
    _ thing: Thing, _ value: String, in world: inout World
  ) throws -> String {
    if thing == .storage {
      guard let scheme = OrderStore.Scheme(rawValue: value) else {
        throw unknown(value, thing, world)
      }
      let price = try world.setStorage(scheme)
      return "Orders are \(scheme.words) now"
        + (price > .zero ? ", for \(FactValue.money(price).text)." : ".")
    }
    guard let backup = OrderStore.Backup(rawValue: value) else {
      throw unknown(value, thing, world)
    }
    try world.setBackup(backup)
    return backup == .nightly
      ? "Each midnight a copy of the orders is made and carried away, for "
        + "\(FactValue.money(OrderStore.backupMonthly).text) a month."
      : "No copy is made any more."
  }

  private func unknown(_ value: String, _ thing: Thing, _ world: World) -> Diagnostic {
    let words = thing.words(world.catalog)
    return arguments.error(
      "unknown-thing", "There is nothing called '\(value)' to set.", at: "value",
      help: [
        NearMiss.question(for: value, among: words),
        "'\(thing.rawValue)' can be: \(words.joined(separator: ", ")).",
      ].compactMap { $0 }.joined(separator: " "))
  }

  private func number(
    _ text: String, _ dimension: Dimension, _ range: ClosedRange<Double>
  ) throws(Diagnostic) -> Double {
    let reading = NumberText.read(text.replacing(" ", with: ""))
    let found: Double? =
      switch reading {
      case .plain(let number) where dimension == .number && number == Double(Int(number)): number
      case .quantity(let quantity) where quantity.dimension == dimension: quantity.value
      default: nil
      }
    guard let found else {
      throw arguments.error(
        "wrong-type",
        "That takes \(dimension == .number ? "a whole number" : withArticle(dimension.name)), not '\(text)'.",
        at: "value",
        help: dimension == .number ? "For example: set staff 2" : "For example: set set-point 24C")
    }
    guard range.contains(found) else {
      let unit = Unit.base(of: dimension)
      throw arguments.error(
        "out-of-range",
        "That lies between \(QuantityText.text(Quantity(range.lowerBound, dimension), unit: unit)) and "
          + "\(QuantityText.text(Quantity(range.upperBound, dimension), unit: unit)), not at '\(text)'.",
        at: "value")
    }
    return found
  }
}
