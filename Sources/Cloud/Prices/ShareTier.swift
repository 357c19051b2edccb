/// A share for each further part of an amount, such as ten percent of the first dollars of a bill.
package struct ShareTier: Hashable, Sendable {
  /// How much of the amount is in this tier; nil for all the rest.
  package var first: Double?
  /// The share of it.
  package var share: Double

  /// A tier as given.
  package init(first: Double?, share: Double) {
    self.first = first
    self.share = share
  }

  /// The shares of an amount in all its tiers together.
  package static func total(of amount: Double, _ tiers: [ShareTier]) -> Double {
    var (left, total) = (amount, 0.0)
    for tier in tiers where left > 0 {
      let part = min(left, tier.first ?? left)
      total += part * tier.share
      left -= part
    }
    return total
  }
}
