import Quantities

/// Money down against money saved every month.
package struct Payback: Hashable, Sendable {
  /// What is paid at once.
  package var price: Money
  /// What a month cost before, and what it costs now.
  package var before: Money
  package var after: Money

  /// A change as given.
  package init(price: Money, before: Money, after: Money) {
    self.price = price
    self.before = before
    self.after = after
  }

  /// After how many months the price is back; nil if it never is.
  package var months: Double? {
    let saved = before.dollars - after.dollars
    return saved > 0 ? price.dollars / saved : nil
  }

  /// What is saved in so many months, the price taken off.
  package func saved(months: Int) -> Money { (before - after) * months - price }
}

extension OwnOrRent {
  /// Owning a machine for the work of rented ones that are rented in a share of the hours only.
  /// - Parameters:
  ///   - price: what the machine of one's own costs at once.
  ///   - running: what it costs a month beside, used or not.
  ///   - busy: the share of hours in which there is work.
  package func payback(price: Money, running: Money, busy: Double) -> Payback {
    Payback(
      price: price, before: .dollars(730 * busy * hourly.dollars * rentedForOne), after: running)
  }
}
