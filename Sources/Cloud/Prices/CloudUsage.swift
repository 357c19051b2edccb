import Quantities

/// An instance from its start to its end.
package struct InstanceRun: Hashable, Codable, Sendable {
  /// Its type, by name.
  package var type: String
  /// When it was started; billing begins here.
  package var started: Moment
  /// When it was given back; nil while it runs.
  package var ended: Moment?
  /// Whether it is of the idle rest, at that price.
  package var isSpot: Bool

  /// A run as given.
  package init(type: String, started: Moment, ended: Moment? = nil, isSpot: Bool = false) {
    self.type = type
    self.started = started
    self.ended = ended
    self.isSpot = isSpot
  }
}

/// A managed database from its start to its end.
package struct DatabaseRun: Hashable, Codable, Sendable {
  /// Its size, by name.
  package var size: String
  /// Whether a second one waits in another zone.
  package var hasStandby: Bool
  /// When it was started; billing begins here.
  package var started: Moment
  /// When it was given back; nil while it runs.
  package var ended: Moment?

  /// A run as given.
  package init(size: String, hasStandby: Bool = false, started: Moment, ended: Moment? = nil) {
    self.size = size
    self.hasStandby = hasStandby
    self.started = started
    self.ended = ended
  }
}

/// A reservation that somebody bought.
package struct Reservation: Hashable, Codable, Sendable {
  /// The offer, by name.
  package var offer: String
  /// When.
  package var bought: Moment

  /// A reservation as given.
  package init(offer: String, bought: Moment) {
    self.offer = offer
    self.bought = bought
  }
}

/// What a customer used of a provider.
package struct CloudUsage: Hashable, Codable, Sendable {
  /// All instances, in the order of their starts.
  package var runs: [InstanceRun] = []
  /// All reservations, in the order of buying.
  package var reservations: [Reservation] = []
  /// All savings plans, in the order of buying.
  package var savings: [SavingsPlan] = []
  /// What was sent to the Internet in the month, gigabytes of 10⁹ bytes.
  package var egressGigabytes = 0.0
  /// What came from there.
  package var ingressGigabytes = 0.0
  /// What was kept over the month on average.
  package var storedGigabytes = 0.0
  /// Readings of what was kept.
  package var requests = 0.0
  /// Hours of load balancers.
  package var balancerHours = 0
  /// What went through them, gigabytes.
  package var balancerGigabytes = 0.0
  /// All managed databases, in the order of their starts.
  package var databases: [DatabaseRun] = []
  /// What they kept over the month on average, gigabytes.
  package var databaseGigabytes = 0.0
  /// What the content delivery network sent to visitors, gigabytes.
  package var deliveredGigabytes = 0.0
  /// How many pieces it sent.
  package var deliveryRequests = 0.0
  /// All support plans, in the order of their starts.
  package var support: [SupportRun] = []
  /// The share of the agreement's time that all was up.
  package var uptime = 1.0

  /// Nothing used.
  package init() {}
}

/// One line of a bill.
package struct InvoiceLine: Hashable, Sendable {
  /// What is billed.
  package enum Item: Hashable, Sendable {
    /// Hours of a type at its usual price.
    case instance(String)
    /// The same of the idle rest.
    case spot(String)
    /// Hours that a reservation covers.
    case reserved(String)
    /// Hours that a savings plan covers.
    case saved(String)
    /// What is owed for a savings plan.
    case commitment(String)
    /// Taken off a size that runs through much of the month.
    case sustained(String)
    /// Money down for a reservation.
    case upfront(String)
    /// Hours of a managed database.
    case database(String)
    /// The same with a second one in another zone.
    case databaseWithStandby(String)
    case databaseStorage
    case storage
    case requests
    case egress
    case ingress
    case balancer
    case balancerData
    case delivery
    case deliveryRequests
    /// A month of a support plan.
    case support(String)
    /// Given back.
    case credit
  }

  /// What is billed.
  package var item: Item
  /// How much of it: hours, gigabytes, pieces, tens of thousands of requests.
  package var quantity: Double
  /// What one costs.
  package var unitPrice: Money
  /// What it comes to, rounded to the micro-dollar.
  package var amount: Money
}

/// The bill of a month.
package struct Invoice: Hashable, Sendable {
  /// The first moment of the month.
  package var month: Moment
  /// The lines.
  package var lines: [InvoiceLine]

  /// What it comes to.
  package var total: Money { lines.reduce(.zero) { $0 + $1.amount } }
}
