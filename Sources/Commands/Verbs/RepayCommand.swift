import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `repay`: the rest of a loan at once.
struct RepayCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "repay", "Pay back at once all that is owed of the oldest loan.", group: .world,
    example: "new shop\nborrow $5000\nrun 1 day\nrepay", errors: ["no-debt", "too-little-cash"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    do {
      let paid = try world.repayLoan()
      return Report([
        .paragraph(
          "\(FactValue.money(paid).text) paid back. You owe \(FactValue.money(world.debt).text). "
            + "Cash: \(FactValue.money(world.cash).text).")
      ])
    } catch let problem as LoanProblem {
      throw problem.diagnostic(arguments)
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments)
    }
  }
}
