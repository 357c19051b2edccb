import Quantities

/// Cheaper hours of any size, for who owes dollars an hour for a time, used or not.
package struct SavingsOffer: Sendable {
  /// What it is called: `compute-1y`.
  package var id: String
  /// For how many months.
  package var months: Int
  /// The share that an hour costs less.
  package var discount: Double
  /// The first day on which it was offered, and the first on which it was not any more.
  package var offered: (from: CivilDate, until: CivilDate?)
  /// Where that is known from.
  package var source: String

  /// An offer as given.
  package init(
    id: String, months: Int, discount: Double, offered: (from: CivilDate, until: CivilDate?),
    source: String
  ) {
    self.id = id
    self.months = months
    self.discount = discount
    self.offered = offered
    self.source = source
  }

  /// Whether it can be had at a moment.
  package func isOffered(at moment: Moment) -> Bool {
    Moment(offered.from) <= moment && (offered.until.map { moment < Moment($0) } ?? true)
  }

  /// What an hour costs with it that costs so much without.
  package func hourly(_ price: Money) -> Money { .dollars(price.dollars * (1 - discount)) }
}

/// A savings plan that somebody bought.
package struct SavingsPlan: Hashable, Codable, Sendable {
  /// The offer, by name.
  package var offer: String
  /// What is owed for each hour.
  package var commitment: Money
  /// When it was bought.
  package var bought: Moment

  /// A plan as given.
  package init(offer: String, commitment: Money, bought: Moment) {
    self.offer = offer
    self.commitment = commitment
    self.bought = bought
  }

  /// From when to when it holds: the hour in which it is bought belongs to it.
  ///
  /// `Chosen:` whole hours by the clock, since what is owed is owed for each hour.
  package func term(of offer: SavingsOffer) -> (start: Moment, end: Moment) {
    let hour = TimeSpan.hours(1).nanoseconds
    let start = bought - TimeSpan(nanoseconds: bought.timeOfDay.nanoseconds % hour)
    return (start, start.adding(months: offer.months))
  }
}

extension PriceBook {
  /// The savings plan of a name, or nil.
  package func savingsOffer(_ id: String) -> SavingsOffer? { savings.first { $0.id == id } }

  /// What is owed of savings plans for time to come.
  package func remaining(of plans: [SavingsPlan], at now: Moment) -> Money {
    plans.reduce(.zero) { sum, plan in
      guard let offer = savingsOffer(plan.offer) else { return sum }
      let end = plan.term(of: offer).end
      guard plan.bought <= now, now < end else { return sum }
      return sum + .dollars((end - now).seconds / 3_600 * plan.commitment.dollars)
    }
  }

  /// What is owed of savings plans in a month, hours that were begun whole.
  func commitmentLines(_ usage: CloudUsage, _ month: Moment, _ end: Moment) -> [InvoiceLine] {
    usage.savings.compactMap { plan in
      guard let offer = savingsOffer(plan.offer) else { return nil }
      let term = plan.term(of: offer)
      let span = min(end, term.end) - max(month, term.start)
      guard span > .zero else { return nil }
      let hour = TimeSpan.hours(1).nanoseconds
      let hours = Double((span.nanoseconds + hour - 1) / hour)
      return InvoiceLine(
        item: .commitment(offer.id), quantity: hours, unitPrice: plan.commitment,
        amount: .dollars(hours * plan.commitment.dollars))
    }
  }
}

/// What savings plans still cover, by the hours of a month.
///
/// What is owed for an hour covers the running time of that hour at the plan's prices, that of the machine
/// that was started first before the others', by the plan that was bought first before the others. What one
/// hour leaves is lost to the next.
struct SavingsBalance {
  private struct Plan {
    var offer: SavingsOffer
    var term: (start: Moment, end: Moment)
    /// Dollars that are left, by hour of the month.
    var left: [Double]
  }

  /// A piece of running time within an hour, and the share of it that no plan covers.
  struct Rest {
    var start: Moment
    var span: TimeSpan
    var share: Double
  }

  private let month: Moment
  private let hours: Int
  private var plans: [Plan]

  init(_ book: PriceBook, _ usage: CloudUsage, _ month: Moment) {
    self.month = month
    let hours = Int((month.adding(months: 1) - month).seconds / 3_600)
    self.hours = hours
    plans = usage.savings.compactMap { plan in
      guard let offer = book.savingsOffer(plan.offer) else { return nil }
      return Plan(
        offer: offer, term: plan.term(of: offer),
        left: Array(repeating: plan.commitment.dollars, count: hours))
    }
  }

  /// Covers running time as far as what is owed goes.
  /// - Parameters:
  ///   - price: what an hour costs without a plan.
  ///   - covered: is told each plan's name and the seconds that it covers.
  /// - Returns: what is left, by hours of the clock.
  mutating func cover(
    _ span: TimeSpan, at start: Moment, price: Money, _ covered: (String, Double) -> Void
  ) -> [Rest] {
    guard !plans.isEmpty else { return [Rest(start: start, span: span, share: 1)] }
    var rests: [Rest] = []
    var moment = start
    while moment < start + span {
      let hour = Int(((moment - month).seconds / 3_600).rounded(.down))
      let stop = min(start + span, month + .hours(hour + 1))
      let seconds = (stop - moment).seconds
      // A last piece may go on into the next month; it is billed with the hour in which it began.
      let left = cover(seconds, at: moment, hour: min(hour, hours - 1), price, covered)
      if left > 0 {
        rests.append(Rest(start: moment, span: stop - moment, share: left / seconds))
      }
      moment = stop
    }
    return rests
  }

  /// Covers seconds within an hour.
  /// - Returns: the seconds that are left.
  private mutating func cover(
    _ seconds: Double, at moment: Moment, hour: Int, _ price: Money,
    _ covered: (String, Double) -> Void
  ) -> Double {
    var rest = seconds
    for index in plans.indices where rest > 0 {
      let plan = plans[index]
      guard plan.term.start <= moment, moment < plan.term.end, plan.left[hour] > 0 else { continue }
      let perSecond = price.dollars * (1 - plan.offer.discount) / 3_600
      let part = perSecond > 0 ? min(rest, plan.left[hour] / perSecond) : rest
      plans[index].left[hour] -= part * perSecond
      covered(plan.offer.id, part)
      rest -= part
      // Less than a microsecond is what the division left.
      if rest < 1e-6 { rest = 0 }
    }
    return rest
  }
}
