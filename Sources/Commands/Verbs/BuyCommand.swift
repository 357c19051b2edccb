import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `buy`: machines, racks, cooling, power and spare parts, for money.
struct BuyCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "buy", "Buy machines, racks, cooling, power plant or spare parts.", group: .room,
    parameters: [
      .positional("thing", .choice(Thing.allCases.map(\.rawValue)), "what to buy").meaning(
        Dictionary(uniqueKeysWithValues: Thing.allCases.map { ($0.rawValue, $0.summary) })),
      .positional(
        "model", .choice(Thing.allCases.flatMap(\.models)), optional: true,
        "which model; the plainest that is sold if left out"
      ).meaning(
        Thing.allCases.map(\.meanings).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
      ).open(to: .server, .rack, .cooling, .ups, .generator, .feed),
      .named("count", .count(1...100_000), fallback: "1", "how many"),
      .named("feed", .name("feed"), fallback: "A", "the way to the meter, for cooling and power"),
      .named(
        "place", .name("rack"), fallback: "auto",
        "where servers go: a rack, 'auto' for the first that has room, 'workshop' for none"),
    ],
    example: "new shop\nbuy server 1u-2004 count=2",
    errors: [
      "no-shop", "too-little-cash", "not-sold", "no-room", "not-open", "no-floor", "does-not-fit",
      "unknown-rack", "unknown-feed", "wrong-model", "one-at-a-time", "not-probed",
    ])

  /// What can be bought.
  enum Thing: String, CaseIterable {
    case server, rack, cooling, ups, generator, feed, part

    var summary: String {
      switch self {
      case .server: "a machine that serves pages"
      case .rack: "a frame for machines, with its switch"
      case .cooling: "what takes the heat out"
      case .ups: "a battery that carries a feed for minutes"
      case .generator: "an engine that carries a feed for hours"
      case .feed: "another way from the meter to the racks"
      case .part: "a spare part for the shelf"
      }
    }

    var models: [String] { Catalog.ids(kind) }

    private var kind: CatalogEntry.Kind {
      switch self {
      case .server: .server
      case .rack: .rack
      case .cooling: .cooling
      case .ups: .ups
      case .generator: .generator
      case .feed: .feed
      case .part: .part
      }
    }

    var meanings: [String: String] {
      switch self {
      case .server: Catalog.meanings(Catalog.standard.servers)
      case .rack: Catalog.meanings(Catalog.standard.racks)
      case .cooling: Catalog.meanings(Catalog.standard.cooling)
      case .ups: Catalog.meanings(Catalog.standard.upses)
      case .generator: Catalog.meanings(Catalog.standard.generators)
      case .feed: Catalog.meanings(Catalog.standard.feeds)
      case .part: Catalog.meanings(Catalog.standard.parts)
      }
    }
  }

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let thing = arguments.word("thing").flatMap(Thing.init),
      let count = arguments.count("count")
    else { preconditionFailure("'buy' declares these") }
    let before = world.cash
    do {
      let words = try buy(thing, count, in: &world)
      return Report([
        .paragraph(
          words + " Cash: \(FactValue.money(before).text) → \(FactValue.money(world.cash).text).")
      ])
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments, at: "count")
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments, at: "count")
    }
  }

  private func buy(_ thing: Thing, _ count: Int, in world: inout World) throws -> String {
    switch thing {
    case .server: return try buyServers(count, in: &world)
    case .rack:
      let rack = try item(world.catalog.racks, thing, world)
      let names = try world.buy(rack, count: count)
      return bought(count, rack, world) + " Called \(names.joined(separator: ", "))."
    case .cooling:
      let cooling = try item(world.catalog.cooling, thing, world)
      try world.buy(cooling, count: count, feed: try feed(world))
      return bought(count, cooling, world)
    case .ups:
      let ups = try item(world.catalog.upses, thing, world)
      try world.buy(ups, feed: try single(count, feed(world)))
      return bought(1, ups, world)
    case .generator:
      let generator = try item(world.catalog.generators, thing, world)
      try world.buy(generator, feed: try single(count, feed(world)))
      return bought(1, generator, world)
    case .feed:
      let feed = try item(world.catalog.feeds, thing, world)
      _ = try single(count, 0)
      let name = try world.buy(feed)
      return bought(1, feed, world) + " Called \(name); 'connect' hangs racks on it."
    case .part:
      let part = try item(world.catalog.parts, thing, world)
      try world.buy(part, count: count)
      return bought(count, part, world)
    }
  }

  private func buyServers(_ count: Int, in world: inout World) throws -> String {
    let server = try item(world.catalog.servers, .server, world)
    let place = arguments.word("place") ?? "auto"
    try world.buy(server, count: count)
    let words = bought(count, server, world)
    if let delivery = world.deliveries.last, world.deliveryTime > .zero {
      return words + " They come on \(delivery.arrives.date)."
    }
    guard place != "workshop", let room = world.machineRoom, room.opens <= world.now else {
      return words
    }
    if place == "auto" {
      guard !room.room.racks.isEmpty else {
        return words + " They stand in the workshop; 'buy rack' and 'place server' bring them in."
      }
      let places = try world.place(server, count: count)
      return words + " " + PlaceCommand.words(places, world)
    }
    try world.place(server, count: count, rack: try room.rack(named: place, arguments, at: "place"))
    return words + " In \(place), starting."
  }

  /// The model that was asked for, or the cheapest that is sold.
  private func item<Item: CatalogItem>(
    _ items: [Item], _ thing: Thing, _ world: World
  ) throws -> Item {
    guard let id = arguments.word("model") else {
      let sold = items.filter { $0.entry.isSold(at: world.now) && !$0.entry.isOwnMachine }
      let cheapest = sold.min { $0.price(at: world.now) < $1.price(at: world.now) }
      return cheapest ?? items[0]
    }
    guard let item = items.first(where: { $0.id == id }) else {
      throw arguments.error(
        "wrong-model", "'\(id)' is no \(thing.rawValue).", at: "model",
        help: "You can buy: \(items.map(\.id).joined(separator: ", ")).")
    }
    try world.checkSold(item, among: items)
    return item
  }

  private func bought(_ count: Int, _ item: some CatalogItem, _ world: World) -> String {
    "\(count) × \(item.id) (\(item.summary)) at \(FactValue.money(item.price(at: world.now)).text)."
  }

  private func feed(_ world: World) throws -> Int {
    guard let name = arguments.word("feed") else { return 0 }
    return try world.openRoom().feed(named: name, arguments, at: "feed")
  }

  private func single(_ count: Int, _ feed: Int) throws -> Int {
    guard count == 1 else {
      throw arguments.error(
        "one-at-a-time", "A feed has one of these; buy them one by one.", at: "count")
    }
    return feed
  }
}

extension MachineRoom {
  /// The rack of a name.
  func rack(named name: String, _ arguments: Arguments, at argument: String) throws(Diagnostic)
    -> Int
  {
    if let rack = rack(named: name) { return rack }
    let names = room.racks.map(\.plan.name)
    throw arguments.error(
      "unknown-rack", "There is no rack '\(name)'.", at: argument,
      help: names.isEmpty
        ? "'buy rack' puts one up."
        : "Racks here: \(names.prefix(20).joined(separator: ", ")). See them with 'show room'.")
  }

  /// The feed of a name.
  func feed(named name: String, _ arguments: Arguments, at argument: String) throws(Diagnostic)
    -> Int
  {
    if let feed = feed(named: name) { return feed }
    throw arguments.error(
      "unknown-feed", "There is no feed '\(name)'.", at: argument,
      help:
        "Feeds here: \(room.feeds.map(\.plan.name).joined(separator: ", ")). 'buy feed' adds one.")
  }
}
