import Quantities

/// A room before time passes in it.
package struct RoomPlan: Hashable, Sendable, Codable {
  /// The air and the mass.
  package var thermals: RoomThermals
  /// How cold air is kept from hot.
  package var containment: Containment
  /// The ways from the utility to the racks.
  package var feeds: [FeedPlan]
  /// The cooling.
  package var cooling: [CoolingUnit]
  /// The racks.
  package var racks: [RackPlan]
  /// The outside.
  package var climate: Climate
  /// How often controls look: weather, fan speeds, recovery from throttling.
  package var controlPeriod: TimeSpan
  /// The curve of every breaker.
  package var breakers: BreakerCurve
  /// The driest air that humidifiers allow, as a dew point; nil without humidifiers.
  package var leastDewPoint: Temperature?
  /// Interruptions of the utility to come.
  package var outages: [Outage]

  /// A room.
  ///
  /// `Chosen:` controls look every five minutes; humidifiers hold the recommended −9 °C of dew point.
  /// - Precondition: there is a feed, racks and cooling hang on feeds that exist, and outages of a line
  ///   do not overlap.
  package init(
    thermals: RoomThermals, containment: Containment = .aisles, feeds: [FeedPlan],
    cooling: [CoolingUnit], racks: [RackPlan], climate: Climate,
    controlPeriod: TimeSpan = .minutes(5), breakers: BreakerCurve = .panel,
    leastDewPoint: Temperature? = .init(celsius: -9), outages: [Outage] = []
  ) {
    precondition(!feeds.isEmpty && controlPeriod > .zero, "a room of \(feeds.count) feeds")
    precondition(
      racks.allSatisfy { $0.feeds.allSatisfy(feeds.indices.contains) }
        && cooling.allSatisfy { feeds.indices.contains($0.feed) },
      "a rack or a cooling unit hangs on none of the \(feeds.count) feeds")
    self.thermals = thermals
    self.containment = containment
    self.feeds = feeds
    self.cooling = cooling
    self.racks = racks
    self.climate = climate
    self.controlPeriod = controlPeriod
    self.breakers = breakers
    self.leastDewPoint = leastDewPoint
    self.outages = outages
  }

  /// How many lines of the utility the feeds and outages speak of.
  var utilityCount: Int {
    max(feeds.map(\.utility).max() ?? 0, outages.map(\.utility).max() ?? 0) + 1
  }
}

/// A cooling unit as it is.
package struct Cooling: Hashable, Sendable, Codable {
  /// Whether it has failed.
  package internal(set) var isBroken = false
  /// Whether it cools.
  package internal(set) var isRunning = true
  /// When it cools again after power came back.
  package internal(set) var readyAt: Moment?
  /// The share of full flow of its fans, since the last control instant.
  package internal(set) var flowShare = 1.0
  /// Whether its compressor rests.
  package internal(set) var isFree = false
  /// Work and water for each joule of heat in the weather of the last control instant.
  var workPerHeat = 0.0
  var litersPerHeat = 0.0
  /// Where the air is for it.
  var band = CoolingBand.below
  /// The event that last stopped it.
  var stopEvent: Int?
}

/// Where the air is, seen from a cooling unit.
enum CoolingBand: String, Hashable, Sendable, Codable {
  /// Below its set point: it takes nothing out.
  case below
  /// Within its band: it takes out in proportion.
  case inside
  /// Above: it takes out its capacity.
  case above
}

extension Cooling {
  /// How far the air must fall below an edge before the band is left, K, so that rounding errors of a
  /// constant temperature do not count as crossings.
  private static let margin = 1e-6

  /// The air at which the band is left upwards and downwards, °C.
  func edges(_ unit: CoolingUnit) -> (up: Double, down: Double) {
    let low = unit.setPoint.celsius
    let high = (unit.setPoint + unit.band).celsius
    switch band {
    case .below: return (low, -.infinity)
    case .inside: return (high, low - Cooling.margin)
    case .above: return (.infinity, high - Cooling.margin)
    }
  }

  /// Follows the air to its band.
  mutating func settle(_ unit: CoolingUnit, air: Double) {
    for _ in 0..<2 {
      let edges = edges(unit)
      if air >= edges.up {
        band = band == .below ? .inside : .above
      } else if air < edges.down {
        band = band == .above ? .inside : .below
      }
    }
  }
}

/// How far an interruption has come.
enum OutagePhase: String, Hashable, Sendable, Codable {
  case ahead
  case underWay
  case over
}

/// What the room waits for next.
enum RoomDeadline: Hashable, Sendable, Codable {
  /// The controls look.
  case control
  /// A line of the utility goes or comes.
  case outage(index: Int, isEnd: Bool)
  /// A generator delivers.
  case generatorReady(feed: Int)
  /// A tank is empty.
  case fuelExhausted(feed: Int)
  /// A battery is empty.
  case batteryExhausted(feed: Int)
  /// A battery is full.
  case batteryRecharged(feed: Int)
  /// The main breaker of a feed opens.
  case feedBreaker(feed: Int)
  /// The breaker of a cord opens.
  case rackBreaker(rack: Int, cord: Int)
  /// A cooling unit is ready.
  case coolingReady(unit: Int)
  /// Some machine's inlet reaches a limit.
  case inletLimit
  /// The air enters or leaves the band of a cooling unit.
  case coolingBand
}
