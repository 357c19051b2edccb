import Cloud
import Quantities
import Reports

/// What support costs, in words.
extension SupportPrice {
  /// The price in words: `$100.00 a month, or 10% of the bill if that is more`.
  var words: String {
    let least = "\(RateText.text(minimum)) a month"
    guard !tiers.isEmpty else { return least }
    let parts = tiers.enumerated().map { index, tier in
      let share = FactValue.share(tier.share).text
      guard let first = tier.first else {
        return index == 0 ? "\(share) of the bill" : "\(share) of the rest"
      }
      let dollars = "$\(QuantityText.grouped(Int(first)))"
      return index == 0
        ? "\(share) of the first \(dollars) of the bill" : "\(share) of the next \(dollars)"
    }
    return "\(least), or if that is more \(parts.joined(separator: ", "))"
  }
}
