import Catalogs
import Cloud
import Quantities

/// What is rented of a provider, and what was billed for it.
package struct CloudAccount: Codable, Sendable {
  /// The provider, by its name in the catalog.
  package let provider: String
  /// All that was used.
  ///
  /// Egress is that of the month that is under way.
  package internal(set) var usage = CloudUsage()
  /// The bills of months that are over.
  package internal(set) var bills: [CloudBill] = []
  /// How many machines there are, by itself.
  package internal(set) var scaling: Scaling?
  /// The load balancer by which visitors come in.
  package internal(set) var balancer = ServiceMeter()
  /// The content delivery network from which pictures come.
  package internal(set) var delivery = ServiceMeter()
  /// The database with the orders; nil if they are elsewhere.
  package internal(set) var database: ManagedDatabase?
  /// What is kept there.
  package internal(set) var kept = KeptData()
  /// Zones that are down.
  package internal(set) var outages: [ZoneOutage] = []
  /// Zones that will go down, in the order of being planned.
  package internal(set) var plannedOutages: [PlannedOutage] = []
  /// Stretches in which the provider's promise was not kept, for at least as long as it counts them.
  package internal(set) var breaches: [Breach] = []
  /// What a month may cost; nil for anything.
  package internal(set) var budget: Money?
  /// The share of the budget that was last told of this month.
  var toldShare = 0.0
  /// What rented servers had sent when the month began, bytes.
  var sentBefore = 0.0

  /// A rule with the size that it starts.
  package struct Scaling: Codable, Sendable {
    /// The rule.
    package var rule: Autoscaler
    /// The size of machine, by its name.
    package var size: String
    /// Over how many zones it spreads them.
    package var zones: Int
    /// How many more run without visitors, to be there at once.
    package var warm: Int
    /// What the cores of each machine had worked at the last look, by the machine's number.
    var worked: [Int: TimeSpan] = [:]
    /// When that was.
    var looked: Moment
  }

  init(provider: String) { self.provider = provider }

  /// The support plan that runs, by name; nil if none does.
  package var supportPlan: String? {
    usage.support.last.flatMap { $0.ended == nil ? $0.plan : nil }
  }
}

/// A zone that is down for a while.
package struct ZoneOutage: Hashable, Codable, Sendable {
  /// The zone: 0 is the first.
  package var zone: Int
  /// When it comes back.
  package var until: Moment
}

/// A zone that will go down for a while.
package struct PlannedOutage: Hashable, Codable, Sendable {
  /// Which; nil for the one in which most of the customer's machines stand by then.
  package var zone: Int?
  /// When it goes down.
  package var from: Moment
  /// For how long.
  package var lasts: TimeSpan
}

/// A stretch in which so many zones were down that the promise of the agreement was broken.
package struct Breach: Hashable, Codable, Sendable {
  /// When it began.
  package var from: Moment
  /// When it ended; nil while it lasts.
  package var until: Moment?
  /// Whether it was paid for already.
  var isPaid = false
}

/// The bill of a month that is over.
package struct CloudBill: Hashable, Codable, Sendable {
  /// The month's first moment.
  package var month: Moment
  /// What was paid.
  package var total: Money
  /// What of the usual bill was given back.
  package var credit: Money
}

/// Which rented instance a machine is.
package struct Rental: Hashable, Codable, Sendable {
  /// The provider, by its name in the catalog.
  package var provider: String
  /// Its place among the runs of the account.
  package var run: Int
  /// The zone that it stands in: 0 is the first.
  package var zone: Int
  /// Whether it is of the idle rest.
  package var isSpot: Bool
  /// When it is taken back, once that is known.
  package var takenAt: Moment?
  /// Whether it runs without visitors, to be there at once.
  package var isWarm = false
  /// Since when its work is counted: the hour that is under way, or less if it came within it.
  var hourBegan: Moment?
  /// What its cores had worked by then, summed over them.
  var hourWork = TimeSpan.zero
  /// Until when another tenant on its host takes part of its cores; nil if nobody does.
  package var disturbedUntil: Moment?
}

/// Something that happened at a provider.
package struct CloudEvent: Hashable, Codable, Sendable {
  /// What it was.
  package enum What: Hashable, Codable, Sendable {
    /// A zone went down, and so many machines with it.
    case zoneDown(zone: Int, machines: Int)
    /// It is back.
    case zoneBack(zone: Int)
    /// The machine that visitors came in by is gone; another is it from a moment on.
    case entranceLost(opens: Moment?)
    /// The machine with the orders cannot be reached.
    case ordersOutOfReach
    /// The machine with the orders is gone, and so many orders with it.
    case ordersLost(Int)
    /// The database's second one takes over in another zone.
    case databaseMoves(zone: Int, opens: Moment)
    /// So many machines will be taken back.
    case notice(count: Int, at: Moment)
    /// So many were taken back.
    case taken(count: Int)
    /// This share of the month's budget is spent.
    case budget(share: Double, bill: Money)
    /// So much of a bill was given back.
    case credit(Money)
  }

  /// When.
  package var moment: Moment
  /// The provider, by its name in the catalog.
  package var provider: String
  /// What it was.
  package var what: What
}

/// Why a provider does not do what is asked.
package enum CloudProblem: Error, Hashable, Sendable {
  /// The size cannot be rented yet, or not any more.
  case notForRent(String)
  /// There would be more than a new customer may have.
  case quota(Quota)
  /// There are not so many.
  case tooFew(String, present: Int)
  /// Nothing is rented.
  case noAccount
  /// The offer does not exist now.
  case notOffered(String)
  /// There are only so many zones.
  case noZone(present: Int)
  /// The zone is down until a moment.
  case zoneDown(zone: Int, until: Moment)
  /// No machine of the number is rented; the numbers of those that are.
  case noMachine(Int, present: [Int])
  /// It is not rented.
  case notThere
  /// It is there already.
  case alreadyThere
}
