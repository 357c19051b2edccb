import Quantities

/// Something that was so from a day on, and where that is known from.
package struct Dated<Value: Sendable>: Sendable {
  /// The first day.
  package var from: CivilDate
  /// What was so.
  package var value: Value
  /// Title, publisher and date, or `Chosen:` and why.
  package var source: String

  /// Something dated as given.
  package init(from: CivilDate, _ value: Value, source: String) {
    self.from = from
    self.value = value
    self.source = source
  }
}

extension Array {
  /// What was so at a moment; nil before the first day.
  ///
  /// The entries are in the order of their days.
  package func at<Value>(_ moment: Moment) -> Dated<Value>? where Element == Dated<Value> {
    last { Moment($0.from) <= moment }
  }
}

/// How running time becomes billed time.
package struct BillingRule: Hashable, Sendable {
  /// Time is billed in whole pieces of this length.
  package var increment: TimeSpan
  /// What is billed at least for a start.
  package var minimum: TimeSpan

  /// A rule as given.
  package init(increment: TimeSpan, minimum: TimeSpan) {
    precondition(increment > .zero && minimum >= .zero, "time is billed in pieces of some length")
    self.increment = increment
    self.minimum = minimum
  }
}

/// A size of machine that can be rented.
package struct InstanceType: Sendable {
  /// What it is called: `m1.small`.
  package var id: String
  /// What it is, in a few words.
  package var summary: String
  /// How many cores it has.
  package var cores: Int
  /// How fast a core is; the course's server of 2004 is 1.
  package var speed: Double
  /// Its memory.
  package var memory: DataSize
  /// What it can send.
  package var network: DataRate
  /// Where its size is known from.
  package var source: String
  /// What an hour costs, from day to day, in the provider's first region.
  package var hourly: [Dated<Money>]

  /// A type as given.
  package init(
    id: String, summary: String, cores: Int, speed: Double, memory: DataSize, network: DataRate,
    source: String, hourly: [Dated<Money>]
  ) {
    self.id = id
    self.summary = summary
    self.cores = cores
    self.speed = speed
    self.memory = memory
    self.network = network
    self.source = source
    self.hourly = hourly
  }
}

/// A price for each further amount of something, such as gigabytes of a month.
package struct PriceTier: Hashable, Sendable {
  /// How much of it is in this tier, in gigabytes; nil for all the rest.
  package var gigabytes: Double?
  /// What a gigabyte costs.
  package var price: Money

  /// A tier as given.
  package init(gigabytes: Double?, price: Money) {
    self.gigabytes = gigabytes
    self.price = price
  }
}

/// Money down for cheaper hours over years.
package struct ReservationOffer: Sendable {
  /// What it is called: `m1.small-1y`.
  package var id: String
  /// The type that it is for.
  package var instance: String
  /// For how many months.
  package var months: Int
  /// What is paid at once.
  package var upfront: Money
  /// What an hour costs then.
  package var hourly: Money
  /// Whether all hours are paid, used or not.
  package var isCommitted: Bool
  /// The first day on which it was offered, and the first on which it was not any more.
  package var offered: (from: CivilDate, until: CivilDate?)
  /// Where that is known from.
  package var source: String

  /// An offer as given.
  package init(
    id: String, instance: String, months: Int, upfront: Money, hourly: Money, isCommitted: Bool,
    offered: (from: CivilDate, until: CivilDate?), source: String
  ) {
    self.id = id
    self.instance = instance
    self.months = months
    self.upfront = upfront
    self.hourly = hourly
    self.isCommitted = isCommitted
    self.offered = offered
    self.source = source
  }

  /// Whether it can be had at a moment.
  package func isOffered(at moment: Moment) -> Bool {
    Moment(offered.from) <= moment && (offered.until.map { moment < Moment($0) } ?? true)
  }
}

/// What is given back where too much was down.
package struct ServiceLevelAgreement: Hashable, Sendable {
  /// The share of the bill that is given back below an uptime.
  package struct Step: Hashable, Sendable {
    /// Below this share of the time up.
    package var below: Double
    /// The share of the bill.
    package var credit: Double

    /// A step as given.
    package init(below: Double, credit: Double) {
      self.below = below
      self.credit = credit
    }
  }

  /// Over how many months uptime counts: 12, or 1.
  package var months: Int
  /// How many zones in which the customer runs machines must be down for that time to count.
  package var zones: Int
  /// The steps, the highest uptime first.
  package var steps: [Step]

  /// An agreement as given.
  package init(months: Int, zones: Int = 1, steps: [Step]) {
    self.months = months
    self.zones = zones
    self.steps = steps
  }

  /// The share of the bill that is given back for an uptime.
  package func credit(uptime: Double) -> Double {
    steps.last { uptime < $0.below }?.credit ?? 0
  }
}

/// A part of the world where a provider has data centers, with zones that fail apart.
package struct CloudRegion: Sendable {
  /// What it is called: `us-east-1`.
  package var id: String
  /// Where it is.
  package var place: String
  /// How many zones one can choose between, from day to day; the first entry is its opening.
  package var zones: [Dated<Int>]
  /// The carbon dioxide that a kilowatt-hour of its grid stands for, from day to day.
  package var carbon: [Dated<Mass>]

  /// A region as given.
  package init(id: String, place: String, zones: [Dated<Int>], carbon: [Dated<Mass>] = []) {
    self.id = id
    self.place = place
    self.zones = zones
    self.carbon = carbon
  }
}

/// All that a provider offered and what it cost, by day.
package struct PriceBook: Sendable {
  /// What the provider is called in commands: `aws`.
  package var id: String
  /// What it is called elsewhere.
  package var name: String
  /// Its regions, in the order of their opening.
  package var regions: [CloudRegion] = []
  /// How time is billed.
  package var billing: [Dated<BillingRule>] = []
  /// How long an instance takes from the call to its first page.
  package var boot: [Dated<TimeSpan>] = []
  /// How much a new customer may run at once; without an entry, as much as he likes.
  package var quota: [Dated<Quota>] = []
  /// The sizes of machines.
  package var instances: [InstanceType] = []
  /// What a gigabyte kept for a month costs.
  package var storage: [Dated<Money>] = []
  /// What a gigabyte to the Internet costs, by the amount of a month.
  package var egress: [Dated<[PriceTier]>] = []
  /// What a gigabyte from the Internet costs.
  package var ingress: [Dated<Money>] = []
  /// What 10,000 readings of what is kept cost.
  package var requests: [Dated<Money>] = []
  /// What a load balancer costs.
  package var balancer: [Dated<BalancerPrice>] = []
  /// The sizes of managed databases.
  package var databases: [DatabaseSize] = []
  /// What a gigabyte of a managed database costs for a month.
  package var databaseStorage: [Dated<Money>] = []
  /// How long a managed database takes from the loss of its zone to its first answer from another.
  package var failover: [Dated<TimeSpan>] = []
  /// What a gigabyte from the content delivery network costs, by the amount of a month.
  package var deliveries: [Dated<[PriceTier]>] = []
  /// What 10,000 requests to the content delivery network cost.
  package var deliveryRequests: [Dated<Money>] = []
  /// On what terms idle machines are rented, which can be taken back.
  package var spot: [Dated<SpotTerms>] = []
  /// The share of the price of what goes out that those pay who leave for good.
  package var leaving: [Dated<Double>] = []
  /// What a rented core draws.
  package var draw: [Dated<CoreDraw>] = []
  /// Money down for cheaper hours.
  package var reservations: [ReservationOffer] = []
  /// Dollars an hour for cheaper hours of any size.
  package var savings: [SavingsOffer] = []
  /// What is paid of each further part of a month in which a machine runs, without being asked for.
  package var sustained: [Dated<[ShareTier]>] = []
  /// Plans by which people of the provider answer questions.
  package var support: [SupportPlan] = []
  /// What is given back where too much was down.
  package var agreement: [Dated<ServiceLevelAgreement>] = []

  /// A book without a page.
  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// The database of a name, or nil.
  package func database(_ id: String) -> DatabaseSize? { databases.first { $0.id == id } }

  /// The databases that can be rented at a moment.
  package func databases(at moment: Moment) -> [DatabaseSize] {
    guard isOpen(at: moment) else { return [] }
    return databases.filter { $0.hourly.at(moment) != nil }
  }

  /// The type of a name, or nil.
  package func instance(_ id: String) -> InstanceType? { instances.first { $0.id == id } }

  /// The types that can be rented at a moment.
  package func instances(at moment: Moment) -> [InstanceType] {
    guard isOpen(at: moment) else { return [] }
    return instances.filter { $0.hourly.at(moment) != nil }
  }

  /// The regions that are open at a moment.
  package func regions(at moment: Moment) -> [CloudRegion] {
    regions.filter { $0.zones.at(moment) != nil }
  }

  /// Whether anything can be rented at a moment.
  package func isOpen(at moment: Moment) -> Bool { !regions(at: moment).isEmpty }
}
