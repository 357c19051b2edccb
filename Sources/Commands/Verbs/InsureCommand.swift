import CommandLanguage
import Reports
import WorldModel

/// `insure`: a policy for the machines of the room.
struct InsureCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "insure", "Insure the machines of the room against theft and wreckage, or no longer.",
    group: .room,
    parameters: [.positional("machines", .choice(["yes", "no"]), fallback: "yes", "whether")],
    example: "new shop servers=4 room=furnished\ninsure yes\nrun 1 day\nshow ledger",
    errors: ["no-room", "not-open"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    let isInsured = arguments.word("machines") == "yes"
    do {
      try world.insure(isInsured)
    } catch {
      throw error.diagnostic(arguments)
    }
    guard isInsured else { return Report([.paragraph("The machines are not insured any more.")]) }
    let worth = world.insuredWorth
    return Report([
      .paragraph(
        "Machines worth \(FactValue.money(worth).text) are insured for "
          + "\(FactValue.money(.dollars(worth.dollars * World.premiumShare)).text) a year. The policy pays "
          + "what they are worth then, and nothing for sales that are lost.")
    ])
  }
}
