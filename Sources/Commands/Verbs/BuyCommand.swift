import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `buy server`: more machines, for money.
struct BuyCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "buy", "Buy machines; they serve at once.", group: .room,
    parameters: [
      .positional("thing", .choice(["server"]), "what to buy"),
      .positional(
        "model", .choice(Catalog.servers.map(\.id)), fallback: Catalog.servers[0].id,
        "which model"
      ).meaning(Catalog.serverMeanings),
      .named("count", .count(1...1_000), fallback: "1", "how many"),
    ],
    example: "new shop\nbuy server 1u-2004 count=2", errors: ["no-shop", "too-little-cash"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let server = arguments.word("model").flatMap(Catalog.server),
      let count = arguments.count("count")
    else { preconditionFailure("'buy' declares defaults for these") }
    let before = world.cash
    do {
      try world.buy(server, count: count)
    } catch {
      throw error.diagnostic(arguments, at: "count")
    }
    return Report([
      .paragraph(
        "\(count) × \(server.id) (\(server.summary)) at \(FactValue.money(server.price).text). "
          + "Cash: \(FactValue.money(before).text) → \(FactValue.money(world.cash).text).")
    ])
  }
}
