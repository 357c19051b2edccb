import Quantities
import Randomness

/// Who the visitors are: everything about visit number i that does not depend on the shop.
///
/// All of it is a function of (seed, visit, draw). Two shops that differ in their machines meet the
/// same people at the same moments, with the same patience and the same wishes; and a page that is
/// asked for twice costs the same work twice.
struct Visitors: Sendable {
  /// The seed of the world.
  let seed: UInt64
  private let stream: RandomStream

  init(seed: UInt64) {
    self.seed = seed
    stream = RandomStream(seed: seed, name: "shop.visits")
  }

  /// Pages that a visit looks at, on average.
  ///
  /// `Chosen:` in the order of what web shops of the time saw a session; geometric, since each page
  /// may be the one that ends the visit.
  static let pagesPerVisitMean = 8.0

  /// The share of visits that end in an order if every page was answered.
  ///
  /// `Chosen:` a few percent is
  /// the usual range of a retail site.
  static let buyingShare = 0.03

  /// What each visit draws, by number.
  ///
  /// Pages take four numbers each from `firstPage` on.
  private enum Draw {
    static let gap = 0
    static let pages = 1
    static let patience = 2
    static let buys = 3
    static let basket = 4
    static let firstPage = 8
    static let perPage = 4
  }

  /// The exponential number, mean 1, that separates this visit from the one before: how much of the
  /// arrival rate's integral passes between the two.
  func gap(beforeVisit visit: Int) -> Double { stream.entity(visit).exponential(Draw.gap) }

  /// How many pages the visit looks at: geometric on 1, 2, 3, … with mean 8.
  ///
  /// 1 + ⌊E / −log(1 − 1/8)⌋ for an exponential E.
  func pageCount(ofVisit visit: Int) -> Int {
    1 + min(Int(stream.entity(visit).exponential(Draw.pages) / 0.133_531_392_624_522_62), 9_999)
  }

  /// How long the visitor waits for a page before giving up on it.
  ///
  /// `Chosen:` nobody leaves within 4 s, and half are gone after 8: 4 s and an exponential of mean
  /// 6 s, in the spirit of the time's "eight-second rule" for web pages.
  func patience(ofVisit visit: Int) -> TimeSpan {
    .seconds(4 + 6 * stream.entity(visit).exponential(Draw.patience))
  }

  /// Whether the visitor orders if every page is answered.
  func buys(visit: Int) -> Bool {
    stream.entity(visit).uniform(Draw.buys) < Visitors.buyingShare
  }

  /// What the visitor's order is worth, in whole cents.
  ///
  /// `Chosen:` a mean of $69: $20 for the smallest thing in the shop and an exponential of mean $49.
  func basket(ofVisit visit: Int) -> Money {
    let dollars = 20 + 49 * stream.entity(visit).exponential(Draw.basket)
    return Money(microdollars: Int64(dollars * 100 + 0.5) * 10_000)
  }

  /// How long the visitor looks at a page before asking for the next.
  ///
  /// `Chosen:` 5 s to read and an exponential of mean 30 s; a visit of 8 pages then takes about four
  /// minutes.
  func think(visit: Int, afterPage page: Int) -> TimeSpan {
    .seconds(5 + 30 * work(visit: visit, page: page, draw: 3))
  }

  /// An exponential number, mean 1: how much work the page is at the web server, over the mean.
  func webWork(visit: Int, page: Int) -> Double { work(visit: visit, page: page, draw: 0) }

  /// An exponential number, mean 1: how much work the page is in the data tier, over the mean.
  func dataWork(visit: Int, page: Int) -> Double { work(visit: visit, page: page, draw: 1) }

  /// How much work the page is on the disk, over the mean: uniform from a half to one and a half,
  /// as the way of the arm and the turn of the platter are bounded.
  func diskWork(visit: Int, page: Int) -> Double {
    0.5 + stream.entity(visit).uniform(Draw.firstPage + Draw.perPage * page + 2)
  }

  private func work(visit: Int, page: Int, draw: Int) -> Double {
    stream.entity(visit).exponential(Draw.firstPage + Draw.perPage * page + draw)
  }
}

/// The stream follows from the seed, so only the seed is written down.
extension Visitors: Codable {
  init(from decoder: any Decoder) throws {
    self.init(seed: try decoder.singleValueContainer().decode(UInt64.self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seed)
  }
}
