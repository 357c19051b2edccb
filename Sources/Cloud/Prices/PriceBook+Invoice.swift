import Quantities

extension PriceBook {
  /// The bill of the month that begins at a moment, for what was used.
  ///
  /// A piece of running time belongs to the month in which it begins, and costs what it cost then.
  /// - Parameters:
  ///   - month: midnight of a first day.
  ///   - end: up to when the month has come; its end if it is over.
  package func invoice(_ usage: CloudUsage, month: Moment, until end: Moment? = nil) -> Invoice {
    let last = month.adding(months: 1)
    let end = min(end ?? last, last)
    var lines = upfrontLines(usage, month, last)
    lines += runLines(usage, month, end)
    lines += committedLines(usage, month, end)
    lines += commitmentLines(usage, month, end)
    lines += databaseLines(usage, month, end)
    lines += otherLines(usage, month)
    let total = lines.reduce(Money.zero) { sum, line in
      // Nothing is given back of what was paid for years to come.
      if case .upfront = line.item { return sum }
      return sum + line.amount
    }
    let bill = lines.reduce(Money.zero) { $0 + $1.amount }
    lines += supportLines(usage, bill, month, end)
    let share = agreement.at(month)?.value.credit(uptime: usage.uptime) ?? 0
    if share > 0, total > .zero {
      lines.append(
        InvoiceLine(
          item: .credit, quantity: share, unitPrice: -total,
          amount: -.dollars(total.dollars * share)))
    }
    return Invoice(month: month, lines: lines)
  }

  // MARK: - Instances

  private func upfrontLines(_ usage: CloudUsage, _ month: Moment, _ end: Moment) -> [InvoiceLine] {
    usage.reservations.filter { month <= $0.bought && $0.bought < end }.compactMap { bought in
      guard let offer = offer(bought.offer), offer.upfront > .zero else { return nil }
      return InvoiceLine(
        item: .upfront(offer.id), quantity: 1, unitPrice: offer.upfront, amount: offer.upfront)
    }
  }

  /// The offer of a name, or nil.
  package func offer(_ id: String) -> ReservationOffer? { reservations.first { $0.id == id } }

  /// Billed time by what it is and what it costs.
  struct Tally {
    private var seconds: [InvoiceLine.Item: [(price: Money, seconds: Double)]] = [:]
    private var order: [InvoiceLine.Item] = []

    mutating func add(_ span: TimeSpan, _ item: InvoiceLine.Item, _ price: Money) {
      add(seconds: span.seconds, item, price)
    }

    mutating func add(seconds span: Double, _ item: InvoiceLine.Item, _ price: Money) {
      if seconds[item] == nil { order.append(item) }
      var entries = seconds[item] ?? []
      if let index = entries.firstIndex(where: { $0.price == price }) {
        entries[index].seconds += span
      } else {
        entries.append((price, span))
      }
      seconds[item] = entries
    }

    var lines: [InvoiceLine] {
      order.flatMap { item in
        (seconds[item] ?? []).map { price, seconds in
          let hours = seconds / 3_600
          return InvoiceLine(
            item: item, quantity: hours, unitPrice: price, amount: .dollars(hours * price.dollars))
        }
      }
    }
  }

  /// Running time of a month, and what makes it cheaper.
  private struct RunMeter {
    var tally = Tally()
    var savings: SavingsBalance
    var sustained: SustainedUse?

    /// Adds time at the usual price, which savings plans cover first.
    mutating func add(_ span: TimeSpan, at moment: Moment, _ type: InstanceType, _ price: Money) {
      let rests = savings.cover(span, at: moment, price: price) { plan, seconds in
        // What is owed is billed as such, used or not.
        tally.add(seconds: seconds, .saved(plan), .zero)
      }
      for rest in rests {
        tally.add(seconds: rest.span.seconds * rest.share, .instance(type.id), price)
        sustained?.add(rest, type.id, price: price)
      }
    }
  }

  private func runLines(_ usage: CloudUsage, _ month: Moment, _ end: Moment) -> [InvoiceLine] {
    var meter = RunMeter(
      savings: SavingsBalance(self, usage, month), sustained: SustainedUse(self, month))
    for (index, run) in usage.runs.enumerated() {
      guard run.started < end, run.ended.map({ $0 > month || $0 == run.started }) ?? true,
        let type = instance(run.type), let rule = billing.at(run.started)?.value
      else { continue }
      eachPiece(of: (run.started, run.ended), rule, type.hourly, month, end) { span, piece in
        add(span, at: piece, run, index, type, usage, &meter)
      }
    }
    return meter.tally.lines + (meter.sustained?.lines ?? [])
  }

  /// Calls for each piece of billed time that begins in a month.
  func eachPiece(
    of run: (started: Moment, ended: Moment?), _ rule: BillingRule, _ prices: [Dated<Money>],
    _ month: Moment, _ end: Moment, _ body: (TimeSpan, Moment) -> Void
  ) {
    let stop = min(run.ended ?? end, end)
    // A start is billed even if nothing comes of it.
    let first = max(rule.minimum, rule.increment)
    if run.started >= month { body(first, run.started) }
    var piece = run.started + first
    while piece < stop {
      // All pieces up to the next change of month or price, and an hour of them at most, are alike.
      var change = min(stop, piece + .hours(1))
      if piece < month { change = min(change, month) }
      if let cut = prices.lazy.map({ Moment($0.from) }).first(where: { $0 > piece }) {
        change = min(change, cut)
      }
      let count = ((change - piece).nanoseconds - 1) / rule.increment.nanoseconds + 1
      let span = TimeSpan(nanoseconds: count * rule.increment.nanoseconds)
      if piece >= month { body(span, piece) }
      piece += span
    }
  }

  private func add(
    _ span: TimeSpan, at piece: Moment, _ run: InstanceRun, _ index: Int, _ type: InstanceType,
    _ usage: CloudUsage, _ meter: inout RunMeter
  ) {
    guard let price = type.hourly.at(piece)?.value else { return }
    if run.isSpot {
      let share = spot.at(piece)?.value.share ?? 1
      meter.tally.add(span, .spot(type.id), .dollars(price.dollars * share))
    } else if let offer = coveringOffer(run, index, at: piece, usage) {
      // Committed hours are billed as such, used or not.
      meter.tally.add(span, .reserved(offer.id), offer.isCommitted ? .zero : offer.hourly)
    } else {
      meter.add(span, at: piece, type, price)
    }
  }

  /// The reservation that covers a run at a moment: those that began first have the first of them.
  private func coveringOffer(
    _ run: InstanceRun, _ index: Int, at moment: Moment, _ usage: CloudUsage
  ) -> ReservationOffer? {
    guard !usage.reservations.isEmpty else { return nil }
    let active = usage.reservations.compactMap { bought -> ReservationOffer? in
      guard let offer = offer(bought.offer), offer.instance == run.type, bought.bought <= moment,
        moment < bought.bought.adding(months: offer.months)
      else { return nil }
      return offer
    }
    guard !active.isEmpty else { return nil }
    let before = usage.runs.prefix(index).count {
      $0.type == run.type && !$0.isSpot && $0.started <= moment
        && ($0.ended.map { moment < $0 } ?? true)
    }
    return before < active.count ? active[before] : nil
  }

  private func committedLines(
    _ usage: CloudUsage, _ month: Moment, _ end: Moment
  ) -> [InvoiceLine] {
    usage.reservations.compactMap { bought in
      guard let offer = offer(bought.offer), offer.isCommitted else { return nil }
      let first = max(month, bought.bought)
      let last = min(end, bought.bought.adding(months: offer.months))
      guard first < last else { return nil }
      let hours = (last - first).seconds / 3_600
      return InvoiceLine(
        item: .reserved(offer.id), quantity: hours, unitPrice: offer.hourly,
        amount: .dollars(hours * offer.hourly.dollars))
    }
  }
}
