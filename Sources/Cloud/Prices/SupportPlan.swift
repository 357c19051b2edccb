import Quantities

/// What a month of support costs: the larger of a minimum and of shares of the month's bill.
package struct SupportPrice: Hashable, Sendable {
  /// What it costs at least.
  package var minimum: Money
  /// The shares of the bill in dollars; none where the minimum is all.
  package var tiers: [ShareTier]

  /// A price as given.
  package init(minimum: Money, tiers: [ShareTier] = []) {
    self.minimum = minimum
    self.tiers = tiers
  }

  /// What it costs with a bill.
  package func cost(bill: Money) -> Money {
    max(minimum, .dollars(ShareTier.total(of: bill.dollars, tiers)))
  }
}

/// People of the provider who answer questions.
package struct SupportPlan: Sendable {
  /// What it is called: `gold`.
  package var id: String
  /// What it gives, in words.
  package var gives: String
  /// What a month costs, from day to day.
  package var prices: [Dated<SupportPrice>]
  /// The first day on which nobody new could have it; nil if anybody can.
  package var until: CivilDate?

  /// A plan as given.
  package init(
    id: String, gives: String, prices: [Dated<SupportPrice>], until: CivilDate? = nil
  ) {
    self.id = id
    self.gives = gives
    self.prices = prices
    self.until = until
  }

  /// Whether it can be had at a moment.
  package func isOffered(at moment: Moment) -> Bool {
    prices.at(moment) != nil && (until.map { moment < Moment($0) } ?? true)
  }
}

/// A support plan from its start to its end.
package struct SupportRun: Hashable, Codable, Sendable {
  /// The plan, by name.
  package var plan: String
  /// When it was taken.
  package var started: Moment
  /// When it was given back; nil while it runs.
  package var ended: Moment?

  /// A run as given.
  package init(plan: String, started: Moment, ended: Moment? = nil) {
    self.plan = plan
    self.started = started
    self.ended = ended
  }
}

extension PriceBook {
  /// The support plan of a name, or nil.
  package func supportPlan(_ id: String) -> SupportPlan? { support.first { $0.id == id } }

  /// The support plans that can be had at a moment.
  package func supportPlans(at moment: Moment) -> [SupportPlan] {
    guard isOpen(at: moment) else { return [] }
    return support.filter { $0.isOffered(at: moment) }
  }

  /// Support of a month: each plan that ran in it is paid whole, and once.
  ///
  /// The price is that of the month's first day, or of the plan's first if it came within the month.
  /// - Parameter bill: what all else comes to, with money down, before anything is given back.
  func supportLines(
    _ usage: CloudUsage, _ bill: Money, _ month: Moment, _ end: Moment
  ) -> [InvoiceLine] {
    var lines: [InvoiceLine] = []
    for run in usage.support where run.started < end && (run.ended.map { $0 > month } ?? true) {
      guard let plan = supportPlan(run.plan),
        let price = plan.prices.at(max(month, run.started))?.value,
        !lines.contains(where: { $0.item == .support(plan.id) })
      else { continue }
      let cost = price.cost(bill: bill)
      lines.append(
        InvoiceLine(item: .support(plan.id), quantity: 1, unitPrice: cost, amount: cost))
    }
    return lines
  }
}
