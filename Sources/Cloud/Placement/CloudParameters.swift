import Quantities

/// A cloud, who rents in it, and what happens to it.
package struct CloudParameters: Hashable, Sendable {
  /// How many hosts there are.
  package var hosts: Int
  /// Over how many zones they are spread, in turn.
  package var zones: Int
  /// What each host has; where there are generations, a new one.
  package var capacity: Resources
  /// How long it is watched.
  package var days: Int
  /// The share of all cores that tenants ask for on average.
  package var load: Double
  /// How many virtual machines come in that time.
  package var arrivals: Int
  /// Where they go.
  package var policy: Policy
  /// How many times as much is sold as there is, of cores alone.
  package var oversubscription: Double
  /// Whether all tenants are busy in the same hours of each Friday.
  package var isTogether: Bool
  /// How often a host, where they age a new one, fails a year; usually 0.048.
  ///
  /// - Source: Lyu et al., OSDI 2023, inputs of Azure: 0.1 of 100 for each of 12 memory modules, 0.2 for each
  ///   of 6 disks, 2.4 for the rest.
  package var failuresPerYear: Double
  /// Every how many days each host is emptied for maintenance; 0 for never.
  package var maintenanceDays: Int
  /// What breaks in a zone, if something does.
  package var outage: ZoneOutage?
  /// The share of all cores that is asked for at the price of what is idle.
  package var spot: Double = 0
  /// A rival, if there is one.
  package var competition: PriceCompetition?
  /// How many cores one account may have, if there is a limit.
  package var quota: Double?
  /// Whether tenants are let in only as long as any one zone could be lost.
  package var keepsZone = false
  /// The share of the deployments whose tenants paid for the promise that there is room.
  package var promised: Double = 0
  /// The years that hosts are of; nil where all are alike and none ages.
  package var generations: GenerationPlan?
  /// What feeds and cools each zone.
  package var plant: ZonePlant
  /// When it begins.
  package var start: Moment
  /// The seed of everything that is drawn.
  package var seed: UInt64

  /// What can break in a zone.
  package enum Cause: String, CaseIterable, Hashable, Sendable {
    /// The ways to the racks: the main breaker of each opens, below its battery.
    case feeds
    /// The power company's line.
    case mains
    /// All units that cool.
    case cooling
  }

  /// Something that breaks in a zone, and is repaired.
  package struct ZoneOutage: Hashable, Sendable {
    /// In which zone.
    package var zone: Int
    /// What.
    package var cause: Cause
    /// When, from the start.
    package var begins: TimeSpan
    /// For how long.
    package var lasts: TimeSpan

    /// An outage as given.
    package init(zone: Int, cause: Cause = .feeds, begins: TimeSpan, lasts: TimeSpan) {
      self.zone = zone
      self.cause = cause
      self.begins = begins
      self.lasts = lasts
    }
  }

  /// A cloud as given.
  package init(
    hosts: Int, zones: Int = 3, capacity: Resources, days: Int = 30, load: Double = 0.6,
    arrivals: Int, policy: Policy, oversubscription: Double = 1, isTogether: Bool = false,
    failuresPerYear: Double = 0.048,
    maintenanceDays: Int = 90, outage: ZoneOutage? = nil, plant: ZonePlant,
    start: Moment = CloudParameters.usualStart, seed: UInt64
  ) {
    self.hosts = hosts
    self.zones = zones
    self.capacity = capacity
    self.days = days
    self.load = load
    self.arrivals = arrivals
    self.policy = policy
    self.oversubscription = oversubscription
    self.isTogether = isTogether
    self.failuresPerYear = failuresPerYear
    self.maintenanceDays = maintenanceDays
    self.outage = outage
    self.plant = plant
    self.start = start
    self.seed = seed
  }
}

extension CloudParameters {
  /// A Monday.
  package static let usualStart = Moment(year: 2007, month: 1, day: 1)

  /// How many machines a deployment has, and how often that is so.
  ///
  /// `Chosen:` most have one; the rest has a heavy tail, up to twenty that must not share a host.
  static let deployments: [(size: Int, share: Double)] = [
    (1, 0.80), (2, 0.08), (3, 0.04), (4, 0.03), (6, 0.02), (10, 0.02), (20, 0.01),
  ]
  /// The mean of these.
  static let deploymentMean = deployments.reduce(0) { $0 + Double($1.size) * $1.share }

  /// How many of the machines live for hours, and how many hours.
  ///
  /// `Chosen:` four in five for two hours on average, the others for as long as the load asks for; most
  /// machines are short-lived and most core-hours are not, as in Cortez et al., "Resource Central", SOSP
  /// 2017.
  static let short = (share: 0.8, mean: TimeSpan.hours(2))

  /// `Chosen:` two fifths more come in the afternoon than on average, as many less at night.
  static let dailySwing = 0.4

  /// `Chosen:` somebody replaces a host within a day.
  static let repair = TimeSpan.hours(24)

  /// The mean cores of a machine that is asked for.
  package static func meanCores(_ shapes: [VirtualShape]) -> Double {
    let weights = shapes.reduce(0) { $0 + $1.weight }
    return shapes.reduce(0) { $0 + $1.resources.cores * $1.weight } / weights
  }

  /// In which share of the hours a machine is busy, and what it takes of its cores while it is not.
  ///
  /// `Chosen:` three hours in ten, and a tenth; servers of many owners spend most of their time between 10
  /// and 50 percent (Barroso, Hölzle, "The Case for Energy-Proportional Computing", 2007).
  static let use = (busy: 0.3, idle: 0.1)
  /// The same in the hours in which all are busy together.
  ///
  /// `Chosen:` nine in ten, while shops are visited.
  static let friday = (busy: 0.9, fromHour: 10, toHour: 22)
  /// `Chosen:` so many hosts are looked at each hour; they stand for the others.
  static let hostsSampled = 500

  /// How long the long-lived machines live on average, so that the load is what it is.
  package func longMean(_ shapes: [VirtualShape]) -> TimeSpan {
    let perSecond = Double(arrivals) / (Double(days) * 86_400)
    // Where nobody comes, nobody stays.
    guard perSecond > 0 else { return CloudParameters.short.mean }
    let live = load * Double(hosts) * coresPerHost / CloudParameters.meanCores(shapes)
    let short = CloudParameters.short
    let shortLive = perSecond * short.share * short.mean.seconds
    let mean = (live - shortLive) / (perSecond * (1 - short.share))
    return .seconds(max(short.mean.seconds, mean))
  }
}

extension CloudParameters {
  /// How long a spot machine is told before it has to leave.
  ///
  /// - Source: Amazon EC2's documentation of spot instances: an interruption notice of two minutes.
  static let notice = TimeSpan.minutes(2)

  /// How long a spot machine works if nobody takes its place.
  ///
  /// `Chosen:` a day on average; what can bear to be stopped is work in batches.
  static let spotMean = TimeSpan.hours(24)

  /// How many spot machines are asked for a second.
  func spotPerSecond(_ shapes: [VirtualShape]) -> Double {
    spot * Double(hosts) * coresPerHost / CloudParameters.meanCores(shapes)
      / CloudParameters.spotMean.seconds
  }

  /// Whether it makes a difference whose a machine is.
  var hasAccounts: Bool { competition != nil || quota != nil }

  /// How many accounts there are.
  ///
  /// `Chosen:` one to a host.
  package var accounts: Int { hosts }

  /// The power of a uniform draw that is the account's place among all.
  ///
  /// `Chosen:` a fifth of the accounts have three fifths of the deployments: a share x of them has
  /// x^(1/power), and 0.2^(1/3.15) is 0.6. The largest of a thousand has 11 %.
  static let accountPower = 3.15

  /// How much room is promised beside what is used on average.
  ///
  /// `Chosen:` half as much again, since who pays for a promise thinks of his busiest day.
  static let promiseOverUse = 1.5

  /// When the rival lowers its price: in the middle.
  var cutAt: TimeSpan { .seconds(Double(days) * 43_200) }
}
