import Catalogs
import Facility
import Quantities
import Service
import Testing

@testable import WorldModel

@Suite("Loans")
struct LoanTests {
  private func shop() throws -> World {
    var world = World(seed: 1, start: Moment(year: 2004, month: 1, day: 31) + .hours(9))
    world.openShop(
      demand: Demand(visitsPerDay: 1e-6),
      servers: (try #require(Catalog.standard.server("1u-2004")), 1),
      uplink: try #require(Catalog.standard.uplink("t1")))
    return world
  }

  // PMT(6 %/12, 36, 10,000) of every spreadsheet is 304.22.
  @Test(
    "are paid back to the cent, on the day of the month on which the money came or the month's last"
  )
  func paidBack() throws {
    var world = try shop()
    let cash = world.cash
    let loan = Loan(principal: .dollars(10_000), annualRate: 0.06, months: 36)
    _ = try world.borrow(loan)
    #expect(world.cash == cash + .dollars(10_000))
    #expect(world.debt == .dollars(10_000))
    _ = try world.run(to: Moment(year: 2004, month: 2, day: 29)) { _, _ in }
    #expect(world.loans.first?.paid == 0)
    _ = try world.run(to: Moment(year: 2004, month: 3, day: 1)) { _, _ in }
    #expect(world.loans.first?.paid == 1)
    let first = world.ledger.entries.filter { $0.cause == .interest || $0.cause == .loan }.suffix(2)
    // A month's interest on the whole sum is 50.
    #expect(first.first?.amount == .dollars(50))
    #expect(first.reduce(Money.zero) { $0 + $1.amount }.centsText == "304.22")
    _ = try world.run(to: Moment(year: 2007, month: 2, day: 5)) { _, _ in }
    #expect(world.loans == [])
    #expect(world.debt == .zero && world.ledger.borrowed == .zero)
    let paid = world.ledger.entries.filter { $0.cause == .interest || $0.cause == .loan }
    #expect(paid.count == 1 + 2 * 36)
    // What it cost is the interest, and no more.
    let interest = world.ledger.spent(
      on: .interest, from: world.shop?.start ?? world.now, to: world.now)
    #expect(interest == loan.interest)
    // PMT × 36 − 10,000 = 951.90.
    #expect(abs(interest.dollars - 951.90) < 0.02)
    #expect(
      world.cash == cash - world.ledger.spent.capital - world.ledger.spent.running)
  }

  @Test("are given against what there is, and no more")
  func limit() throws {
    var world = try shop()
    // On trust, and a server that was just bought.
    let most = world.mostLent
    #expect(most == .dollars(13_500))
    #expect(throws: LoanProblem.tooMuch(most: most)) {
      _ = try world.borrow(
        Loan(principal: most + .dollars(1), annualRate: 0.08, months: 12))
    }
    _ = try world.borrow(Loan(principal: most, annualRate: 0.08, months: 12))
    #expect(world.mostLent == .zero)
    #expect(try world.repayLoan() == most)
    #expect(throws: LoanProblem.noLoan) { _ = try world.repayLoan() }
  }
}

extension Money {
  /// Dollars with two digits of cents.
  fileprivate var centsText: String {
    let cents = Int((dollars * 100).rounded())
    return "\(cents / 100).\(cents % 100)"
  }
}
