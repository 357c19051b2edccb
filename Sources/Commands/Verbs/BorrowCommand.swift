import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `borrow`: money now, for a payment each month.
struct BorrowCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "borrow", "Borrow money from the bank, and pay it back month by month.", group: .world,
    parameters: [
      .positional("amount", .quantity(.money, 1...1e10), "how much"),
      .named("months", .count(1...360), fallback: "36", "over how many months"),
      .named("rate", .quantity(.number, 0...1), fallback: "8%", "what it costs a year"),
    ],
    example: "new shop\nborrow $5000 months=24\nbuy server\nrun 1 day\nshow ledger",
    errors: ["no-shop", "too-much-debt"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let amount = arguments.quantity("amount"), let months = arguments.count("months"),
      let rate = arguments.quantity("rate")
    else { preconditionFailure("'borrow' declares these") }
    guard world.shop != nil || world.machineRoom != nil else {
      throw WorldProblem.noShop.diagnostic(arguments)
    }
    let before = world.cash
    let loan = Loan(principal: .dollars(amount), annualRate: rate, months: months)
    do throws(LoanProblem) {
      _ = try world.borrow(loan)
    } catch {
      throw error.diagnostic(arguments, at: "amount")
    }
    return Report([
      .paragraph(
        "\(FactValue.money(loan.principal).text) from the bank, for \(FactValue.money(loan.payment).text) a month "
          + "over \(counted(months, "month")): \(FactValue.money(loan.interest).text) of interest in all. "
          + "Cash: \(FactValue.money(before).text) → \(FactValue.money(world.cash).text).")
    ])
  }
}

extension LoanProblem {
  /// The problem in words, at an argument.
  func diagnostic(_ arguments: Arguments, at name: String? = nil) -> Diagnostic {
    switch self {
    case .tooMuch(let most):
      arguments.error(
        "too-much-debt", "The bank lends at most \(FactValue.money(most).text) now.",
        at: name ?? "",
        help: "It lends against what you own, less what you owe.")
    case .noLoan:
      arguments.error(
        "no-debt", "Nothing is owed.", help: "'borrow $5000' borrows money from the bank.")
    }
  }
}
