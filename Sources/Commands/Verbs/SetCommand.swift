import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `set uplink`: another line to the world.
struct SetCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "set", "Change what can be changed at once: the line to the world.", group: .room,
    parameters: [
      .positional("thing", .choice(["uplink"]), "what to change"),
      .positional("value", .choice(Catalog.uplinks.map(\.id)), "what it should be")
        .meaning(Catalog.uplinkMeanings),
    ],
    example: "new shop\nset uplink t3", errors: ["no-shop"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let uplink = arguments.word("value").flatMap(Catalog.uplink) else {
      preconditionFailure("'set' checks its value")
    }
    do {
      try world.rent(uplink)
    } catch {
      throw error.diagnostic(arguments)
    }
    return Report([
      .paragraph(
        "The shop is on a \(uplink.id) now: "
          + "\(FactValue.quantity(Quantity(uplink.rate), .megabitPerSecond).text) for "
          + "\(FactValue.money(uplink.price(at: world.now)).text) a month.")
    ])
  }
}
