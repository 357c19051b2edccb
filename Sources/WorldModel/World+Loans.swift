import Facility
import Quantities

/// A loan that is being paid back, a payment on the same day of each month.
package struct OpenLoan: Hashable, Codable, Sendable {
  /// What was agreed.
  package let loan: Loan
  /// When the money came.
  package let began: Moment
  /// How many payments were made.
  package internal(set) var paid = 0

  /// What is still owed of the sum itself.
  package var balance: Money { loan.balance(after: paid) }

  /// Days since 1970 of the next payment: the day of the month on which the money came, or the month's
  /// last.
  var nextDay: Int {
    began.adding(months: paid + 1).daysSince1970
  }
}

/// Why a bank lends nothing.
package enum LoanProblem: Error, Hashable, Sendable {
  /// It lends less; what it would lend now.
  case tooMuch(most: Money)
  /// Nothing is owed.
  case noLoan
}

extension World {
  /// What a loan costs a year.
  ///
  /// `Chosen:` eight percent, some points above what banks charged their best customers in the 2000s.
  package static let loanRate = 0.08

  /// What a bank lends to somebody who owns nothing.
  ///
  /// `Chosen:` enough for a few servers, on a good name.
  package static let loanOnTrust = Money.dollars(10_000)

  /// What is owed.
  package var debt: Money { loans.reduce(.zero) { $0 + $1.balance } }

  /// The most that a bank would lend now: on trust, and against what the machines, the room and the plant
  /// are worth, less what is owed.
  package var mostLent: Money {
    max(.zero, World.loanOnTrust + worthOfMachines(at: now) + plantWorth(at: now) - debt)
  }

  /// Borrows money, to be paid back in equal payments, one a month.
  /// - Throws: `LoanProblem.tooMuch`.
  package mutating func borrow(_ loan: Loan) throws(LoanProblem) -> OpenLoan {
    let most = mostLent
    guard loan.principal <= most else { throw .tooMuch(most: most) }
    ledger.post(-loan.principal, .loan, at: now)
    let open = OpenLoan(loan: loan, began: now)
    loans.append(open)
    return open
  }

  /// Pays back all that is owed of the oldest loan, without a fee.
  /// - Returns: what was paid.
  /// - Throws: `LoanProblem.noLoan`, `WorldProblem.tooLittleCash`.
  package mutating func repayLoan() throws -> Money {
    guard let first = loans.first else { throw LoanProblem.noLoan }
    try pay(first.balance, .loan)
    loans.removeFirst()
    return first.balance
  }

  /// Books the payments of loans that fall on a day: first what the month's interest is, the rest off the
  /// sum.
  mutating func bookLoans(day: Int, at due: Moment) {
    for index in loans.indices {
      while loans[index].nextDay <= day, loans[index].paid < loans[index].loan.months {
        let before = loans[index].balance
        loans[index].paid += 1
        let principal = before - loans[index].balance
        ledger.post(loans[index].loan.payment - principal, .interest, at: due)
        ledger.post(principal, .loan, at: due)
      }
    }
    loans.removeAll { $0.paid >= $0.loan.months }
  }
}
