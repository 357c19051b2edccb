import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `rent`: somebody else's machines, by the hour.
struct RentCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "rent",
    "Rent machines by the hour, a database, a load balancer, a network for pictures, space, support.",
    group: .cloud,
    parameters: [
      .positional(
        "size", .name("size"),
        "a size of machine or database, such as m1.small; or balancer, cdn, storage, support"),
      .named("count", .count(1...1_000), fallback: "1", "how many"),
      .named("provider", .name("provider"), "whose, where several have the name"),
      .named(
        "kind", .choice(["on-demand", "spot"]), fallback: "on-demand",
        "at the usual price, or of the idle rest"
      ).meaning([
        "on-demand": "at the usual price",
        "spot": "of the idle rest, for less, and taken back at times",
      ]),
      .named(
        "standby", .choice(["yes", "no"]), fallback: "no",
        "whether a second database waits in another zone"),
      .named(
        "amount", .quantity(.data, 0...1e18), fallback: "1 GB", "of storage, how much is kept"),
      .named("plan", .name("plan"), "of support, which plan, such as gold"),
      .named(
        "zone", .choice(ZoneText.words), fallback: "a", "where they stand; in turns with 'all'"),
    ],
    example:
      "new shop start=2006-09-01 servers=0 visits=500/day\nrent m1.small\nrun 1 h\nshow bill",
    errors: [
      "no-shop", "unknown-size", "unknown-provider", "not-for-rent", "quota", "unknown-zone",
      "already", "no-plan", "unknown-plan",
    ])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("size"), let count = arguments.count("count") else {
      preconditionFailure("'rent' declares these")
    }
    if let report = try RentedService(arguments).rent(id, in: &world) { return report }
    let (book, size) = try world.catalog.size(id, arguments)
    let isSpot = arguments.word("kind") == "spot"
    let zones = ZoneText.zones(arguments.word("zone"), among: world.zoneCount(of: book))
    do {
      try world.rent(size, of: book, count: count, isSpot: isSpot, zones: zones)
    } catch let problem as CloudProblem {
      throw problem.diagnostic(arguments, at: "size")
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments)
    }
    let now = world.now
    let share = isSpot ? book.spot.at(now)?.value.share ?? 1 : 1
    let price = Money.dollars((size.hourly.at(now)?.value ?? .zero).dollars * share)
    let boot = book.boot.at(now)?.value ?? .zero
    return Report([
      .paragraph(
        "\(count) × \(size.id) of \(book.name), \(RateText.text(price)) an hour each. "
          + (count == 1 ? "It serves" : "They serve")
          + " in \(FactValue.span(boot).text). Nothing was paid yet: the bill comes at the end of the month."
      )
    ])
  }
}

extension CloudProblem {
  /// The problem in words, at an argument.
  func diagnostic(_ arguments: Arguments, at name: String? = nil) -> Diagnostic {
    switch self {
    case .notForRent(let size):
      arguments.error(
        "not-for-rent", "'\(size)' cannot be rented at this time.", at: name ?? "size",
        help: "'price' lists what can, 'price \(size)' when it came.")
    case .quota(let quota):
      arguments.error(
        "quota", "A new customer may have \(quota.words) at this provider at once.",
        at: name ?? "size", help: quota.advice)
    case .tooFew(let size, let present):
      arguments.error(
        "too-few-servers", "You rent \(present) of '\(size)'.", at: name ?? "size",
        help: "'show bill' lists what is rented.")
    case .noAccount:
      arguments.error(
        "no-account", "Nothing is rented.", at: name, help: "'rent m1.small' rents a machine.")
    case .noZone(let present):
      arguments.error(
        "unknown-zone",
        present == 1
          ? "There is one zone at this time: a."
          : "There are \(present) zones at this time: \(ZoneText.list(present)).",
        at: arguments.word("zone") == nil ? name : "zone",
        help: "'providers' tells since when there are how many.")
    case .zoneDown(let zone, let until):
      arguments.error(
        "zone-down", "Zone \(ZoneText.name(zone)) is down until \(until).",
        at: arguments.word("zone") == nil ? name : "zone", help: "The other zones are up.")
    case .noMachine(let number, let present):
      arguments.error(
        "unknown-machine", "You rent no machine \(number).", at: name ?? "machine",
        help: present.isEmpty
          ? "Nothing is rented."
          : "Rented: \(present.map(String.init).joined(separator: ", ")). See them with 'show bill'."
      )
    case .notThere:
      arguments.error(
        "not-there", "You do not rent that.", at: name ?? "size",
        help: "'show bill' lists what is rented.")
    case .alreadyThere:
      arguments.error(
        "already", "You rent one already.", at: name ?? "size",
        help: "'release' gives it back.")
    case .notOffered(let offer):
      arguments.error(
        "not-for-rent", "'\(offer)' is not offered at this time.", at: name ?? "offer",
        help: "'price SIZE' tells what is.")
    }
  }
}
