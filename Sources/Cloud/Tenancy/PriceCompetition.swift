import Quantities
import Randomness

/// A price beside a rival's, and what tenants make of it: new ones choose, old ones hardly move.
///
/// With constant elasticity e the tenants who come are (price / rival's price)^−e of those who would come at
/// equal prices. Those who are there already go over at a rate a year, and only to somebody cheaper.
package struct PriceCompetition: Hashable, Sendable {
  /// What an hour of a core costs here.
  package var price: Money
  /// What it costs at the rival's.
  package var rival: Money
  /// By how many percent fewer come for each percent of price.
  package var elasticity: Double
  /// By which share the rival lowers its price in the middle of the run; 0 for not at all.
  package var cut: Double
  /// The share of the tenants of the dearer who go over in a year.
  package var switching: Double

  /// `Chosen:` 2: the market for public clouds is modestly elastic (Jiang, Lee, Zomaya, "Price Elasticity of
  /// the Enterprise Computing Resource Market"), and a single provider's tenants have somewhere else to go.
  package static let usualElasticity = 2.0

  /// - Source: Competition and Markets Authority, "Cloud services market investigation", final decision,
  ///   31 July 2025: fewer than 1 % of customers switch a year.
  package static let usualSwitching = 0.01

  /// A competition as given; the price and the rival's have to be more than nothing.
  package init(
    price: Money, rival: Money, elasticity: Double = usualElasticity, cut: Double = 0,
    switching: Double = usualSwitching
  ) {
    precondition(price > .zero && rival > .zero, "\(price) beside \(rival): prices are positive")
    self.price = price
    self.rival = rival
    self.elasticity = elasticity
    self.cut = cut
    self.switching = switching
  }

  /// How many tenants come, beside how many would at equal prices.
  package var demand: Double { demand(beside: rival) }
  /// The same once the rival has lowered its price.
  package var demandAfterCut: Double { demand(beside: rivalAfterCut) }
  /// The rival's price then.
  package var rivalAfterCut: Money { .dollars(rival.dollars * (1 - cut)) }

  private func demand(beside other: Money) -> Double {
    // Equal prices leave a run as it is to the last bit.
    guard price != other else { return 1 }
    return Portable.pow(price.dollars / other.dollars, -elasticity)
  }

  /// Whether the rival is the cheaper one.
  func isDearer(afterCut: Bool) -> Bool { price > (afterCut ? rivalAfterCut : rival) }

  /// The price at which the most is earned, where tenants would ask for a share of all cores at equal prices.
  ///
  /// Revenue is price times what is sold, price^(1 − e) where cores are left and price alone where all are
  /// sold. With e above 1 the first falls and the second rises, so the most is earned where all are just sold:
  /// at rival · load^(1/e). With e of 1 or less there is no such price: the dearer, the more.
  package func priceOfMostRevenue(load: Double) -> Money? {
    guard elasticity > 1, load > 0 else { return nil }
    return .dollars(rival.dollars * Portable.pow(load, 1 / elasticity))
  }
}
