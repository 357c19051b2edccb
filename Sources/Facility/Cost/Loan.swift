import Quantities
import Randomness

/// Money borrowed at a rate and paid back in equal monthly payments.
package struct Loan: Hashable, Sendable, Codable {
  /// How much was borrowed.
  package var principal: Money
  /// The rate a year; a twelfth of it is charged each month.
  package var annualRate: Double
  /// How many payments.
  package var months: Int

  /// A loan as given, over at least one month and at no negative rate.
  package init(principal: Money, annualRate: Double, months: Int) {
    precondition(months > 0, "a loan over \(months) months is never paid back")
    precondition(annualRate >= 0, "a rate of \(annualRate) pays the borrower")
    self.principal = principal
    self.annualRate = annualRate
    self.months = months
  }

  /// The payment of a month: P·i/(1 − (1 + i)^−n), rounded once.
  /// - Source: the annuity formula; as PMT in every spreadsheet.
  package var payment: Money { .dollars(exactPayment) }

  private var exactPayment: Double {
    let rate = annualRate / 12
    guard rate > 0 else { return principal.dollars / Double(months) }
    return principal.dollars * rate / (1 - Portable.pow(1 + rate, -Double(months)))
  }

  /// What is still owed after so many payments: P·(1 + i)^k less what the payments have grown to.
  package func balance(after payments: Int) -> Money {
    precondition((0...months).contains(payments), "\(payments) payments of \(months)")
    let rate = annualRate / 12
    let count = Double(payments)
    guard rate > 0 else { return .dollars(principal.dollars - exactPayment * count) }
    let growth = Portable.pow(1 + rate, count)
    return .dollars(principal.dollars * growth - exactPayment * (growth - 1) / rate)
  }

  /// All payments less what was borrowed.
  package var interest: Money { payment * months - principal }
}
