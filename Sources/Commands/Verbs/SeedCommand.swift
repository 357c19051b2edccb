import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `seed`: which visitors come.
struct SeedCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "seed", "Choose the random numbers: another seed, other visitors.", group: .world,
    parameters: [.positional("number", .count(0...Int(1e15)), "the seed")],
    example: "seed 7\nnew shop\nrun 1 day", errors: ["seed-too-late"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let seed = arguments.count("number") else { preconditionFailure("'seed' requires one") }
    guard world.shop == nil else {
      throw arguments.error(
        "seed-too-late", "This shop's visitors follow from seed \(world.seed) already.",
        help: "Take the shop back with 'undo', or start the program with '--seed \(seed)'.")
    }
    world.reseed(UInt64(seed))
    return Report([.paragraph("The seed is \(seed).")])
  }
}
