import Quantities

/// A service of a provider that nobody else has just so: what calls it is written anew when one leaves.
package enum ProprietaryService: Int, Hashable, Sendable, CaseIterable {
  case database, delivery, other, function

  /// How many weeks one person works on it.
  ///
  /// `Chosen:` two for a database (its data is dumped and loaded, but backups, a standby and watching are
  /// built again), one for a content delivery network (names and rules), three for a queue, a search or
  /// mail, six for functions, which get servers, a deployment and a queue of their own.
  package var weeks: Double {
    switch self {
    case .database: 2
    case .delivery: 1
    case .other: 3
    case .function: 6
    }
  }
}

/// What leaving a provider costs, by cause.
package struct ExitCost: Sendable {
  /// Why leaving costs.
  package enum Cause: Hashable, Sendable, CaseIterable {
    /// What is kept goes out over the Internet.
    case egress
    /// The old place is paid while the new one runs already.
    case doubleRunning
    /// What calls services of the provider is written anew.
    case rewriting
    /// People learn the new place.
    case retraining
    /// What was paid for time to come, or is owed for it.
    case contracts
  }

  /// What is kept there, gigabytes.
  package var gigabytes: Double
  /// What a gigabyte out costs, by the amount of a month.
  package var tiers: [PriceTier]
  /// The share of that which those who leave for good pay.
  package var egressShare: Double
  /// What the copy goes over.
  package var line: DataRate
  /// What a month costs there.
  package var monthlyBill: Money
  /// For how many months both sides run, the copying apart.
  package var overlapMonths: Double
  /// How many services of the provider there are, by kind.
  package var services: [ProprietaryService: Int]
  /// What a person costs a week.
  package var personWeek: Money
  /// How many people learn the new place.
  package var people: Int
  /// What is left of reservations.
  package var contracts: Money

  /// What leaving meets, as given.
  package init(
    gigabytes: Double, tiers: [PriceTier], egressShare: Double = 1, line: DataRate,
    monthlyBill: Money, overlapMonths: Double, services: [ProprietaryService: Int],
    personWeek: Money, people: Int, contracts: Money = .zero
  ) {
    precondition(
      line.bytesPerSecond > 0, "a line of \(line.bytesPerSecond) bytes a second carries nothing")
    self.gigabytes = gigabytes
    self.tiers = tiers
    self.egressShare = egressShare
    self.line = line
    self.monthlyBill = monthlyBill
    self.overlapMonths = overlapMonths
    self.services = services
    self.personWeek = personWeek
    self.people = people
    self.contracts = contracts
  }

  /// A month of hours, as prices have it.
  package static let monthHours = 730.0
  /// How many weeks each of the people learns.
  ///
  /// `Chosen:` two, a course and a while of being slow.
  package static let retrainingWeeks = 2.0

  /// How long the copy takes, over the whole line.
  package var copyTime: TimeSpan { .seconds(gigabytes * 1e9 / line.bytesPerSecond) }

  private var copyMonths: Double { copyTime.seconds / 3_600 / ExitCost.monthHours }

  /// What the way out costs at the list's price: what goes out in a month has the tiers of that month.
  package var listEgress: Money {
    var (left, cost) = (gigabytes, Money.zero)
    let aMonth = line.bytesPerSecond * ExitCost.monthHours * 3_600 / 1e9
    while left > 1e-9 {
      let part = min(left, aMonth)
      cost += PriceTier.cost(part, tiers)
      left -= part
    }
    return cost
  }

  /// The weeks that one person would take for all rewriting.
  package var rewritingWeeks: Double {
    ProprietaryService.allCases.reduce(0) { $0 + $1.weeks * Double(services[$1] ?? 0) }
  }

  /// What a cause costs.
  package func amount(_ cause: Cause) -> Money {
    switch cause {
    case .egress: .dollars(listEgress.dollars * egressShare)
    case .doubleRunning: .dollars(monthlyBill.dollars * (overlapMonths + copyMonths))
    case .rewriting: .dollars(personWeek.dollars * rewritingWeeks)
    case .retraining: .dollars(personWeek.dollars * ExitCost.retrainingWeeks * Double(people))
    case .contracts: contracts
    }
  }

  /// All of it.
  package var total: Money { Cause.allCases.reduce(.zero) { $0 + amount($1) } }

  /// How many months of the bill that is; nil without a bill.
  package var months: Double? {
    monthlyBill > .zero ? total.dollars / monthlyBill.dollars : nil
  }
}

extension PriceBook {
  /// What is left of reservations: the part of the money down that is for time to come, and hours that
  /// are owed whether used or not.
  package func remaining(of reservations: [Reservation], at now: Moment) -> Money {
    reservations.reduce(.zero) { sum, bought in
      guard let offer = offer(bought.offer) else { return sum }
      let end = bought.bought.adding(months: offer.months)
      guard bought.bought <= now, now < end else { return sum }
      let left = (end - now).seconds / (end - bought.bought).seconds
      let owed = offer.isCommitted ? (end - now).seconds / 3_600 * offer.hourly.dollars : 0
      return sum + .dollars(offer.upfront.dollars * left + owed)
    }
  }
}
