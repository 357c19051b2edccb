import Quantities

/// What running through a month takes off by itself.
///
/// The running time of a size is laid end to end: what ran beside nothing else is one machine's, what ran
/// beside one other is a second's, and so on. Each of these pays the shares of its tiers, by how much of
/// the month it has run.
///
/// Left out: since 2018 cores and memory count, over all sizes; here each size counts for itself.
/// - Source: Google Cloud Platform Blog, "Introducing Sustained Use Discounts", 2014-04-04.
struct SustainedUse {
  /// Where the running time of some machine begins or ends.
  private struct Edge {
    var moment: Moment
    /// By how many machines there are more from then on.
    var machines: Double
    /// By how much they cost more an hour.
    var dollars: Double
  }

  private let tiers: [ShareTier]
  private let month: TimeSpan
  private var sizes: [String] = []
  private var edges: [[Edge]] = []

  /// The discount of a month; nil if there was none yet.
  init?(_ book: PriceBook, _ month: Moment) {
    guard let tiers = book.sustained.at(month)?.value else { return nil }
    self.tiers = tiers
    self.month = month.adding(months: 1) - month
  }

  /// Adds running time that nothing else covers.
  mutating func add(_ rest: SavingsBalance.Rest, _ size: String, price: Money) {
    let place = sizes.firstIndex(of: size) ?? sizes.count
    if place == sizes.count {
      sizes.append(size)
      edges.append([])
    }
    let dollars = rest.share * price.dollars
    edges[place].append(Edge(moment: rest.start, machines: rest.share, dollars: dollars))
    edges[place].append(
      Edge(moment: rest.start + rest.span, machines: -rest.share, dollars: -dollars))
  }

  /// What is taken off, by size.
  var lines: [InvoiceLine] {
    zip(sizes, edges).compactMap { size, edges in
      let (usual, off) = discount(edges.sorted { $0.moment < $1.moment })
      let amount = Money.dollars(-off)
      guard amount < .zero else { return nil }
      return InvoiceLine(
        item: .sustained(size), quantity: off / usual, unitPrice: .dollars(usual), amount: amount)
    }
  }

  /// What running time costs, and what of it is taken off, in dollars.
  private func discount(_ edges: [Edge]) -> (usual: Double, off: Double) {
    var (usual, off) = (0.0, 0.0)
    // The running time of the first machine, the second, and so on, as shares of the month.
    var used: [Double] = []
    var (machines, dollars) = (0.0, 0.0)
    var last = edges.first?.moment
    for edge in edges {
      if let last, edge.moment > last, machines > 1e-9 {
        let hours = (edge.moment - last).seconds / 3_600
        usual += hours * dollars
        let price = dollars / machines
        for level in 0..<Int((machines - 1e-9).rounded(.up)) {
          if level == used.count { used.append(0) }
          let part = (edge.moment - last) / month * min(1, machines - Double(level))
          off += price * month.seconds / 3_600 * (part - paid(part, after: used[level]))
          used[level] += part
        }
      }
      last = edge.moment
      machines += edge.machines
      dollars += edge.dollars
    }
    return (usual, off)
  }

  /// The share that is paid of a further part of the month.
  private func paid(_ part: Double, after used: Double) -> Double {
    ShareTier.total(of: used + part, tiers) - ShareTier.total(of: used, tiers)
  }
}
