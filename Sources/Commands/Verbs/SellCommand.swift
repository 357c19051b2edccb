import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `sell server`: fewer machines.
struct SellCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "sell", "Sell machines, the newest first, for a third of their price.", group: .room,
    parameters: [
      .positional("thing", .choice(["server"]), "what to sell"),
      .positional(
        "model", .choice(Catalog.ids(.server)), fallback: "1u-2004",
        "which model"
      ).meaning(Catalog.serverMeanings).open(to: .server),
      .named("count", .count(1...1_000), fallback: "1", "how many"),
    ],
    example: "new shop servers=2\nsell server 1u-2004 count=1",
    errors: ["no-shop", "too-few-servers"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let server = arguments.word("model").flatMap(world.catalog.server),
      let count = arguments.count("count")
    else { preconditionFailure("'sell' declares defaults for these") }
    do {
      let received = try world.sell(server, count: count)
      return Report([
        .paragraph(
          "\(count) × \(server.id) sold for \(FactValue.money(received).text). "
            + "Cash: \(FactValue.money(world.cash).text).")
      ])
    } catch {
      throw error.diagnostic(arguments, at: "count")
    }
  }
}
