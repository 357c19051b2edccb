import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `budget`: what a month of rented machines may cost, watched.
struct BudgetCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "budget", "Be told when a month's bill reaches half, four fifths and all of a sum.",
    group: .cloud,
    parameters: [
      .positional("sum", .quantity(.money, 0...1e9), "what a month may cost; $0 for no budget"),
      .named("provider", .name("provider"), "whose bill; the first that you rent of"),
    ],
    example:
      "new shop start=2006-09-01 servers=0 visits=500/day\nrent m1.small\nbudget $50\nrun 25 days",
    errors: ["unknown-provider", "no-account"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let sum = arguments.quantity("sum") else { preconditionFailure("'budget' needs a sum") }
    var provider = world.accounts.first?.provider
    if arguments.word("provider") != nil { provider = try world.catalog.provider(arguments).id }
    guard let provider else { throw CloudProblem.noAccount.diagnostic(arguments) }
    let budget = Money.dollars(sum)
    do throws(CloudProblem) {
      try world.setBudget(budget > .zero ? budget : nil, of: provider)
    } catch {
      throw error.diagnostic(arguments)
    }
    guard budget > .zero else { return Report([.paragraph("No budget is watched.")]) }
    return Report([
      .paragraph(
        "When a month's bill reaches half, four fifths and all of \(FactValue.money(budget).text), you are told at the end of that day. Nothing is switched off by it."
      )
    ])
  }
}
