import Quantities

/// A rack, before anything stands in it.
package struct RackPlan: Hashable, Sendable, Codable {
  /// What it is called.
  package var name: String
  /// Its height in rack units.
  package var units: Int
  /// What its machines may draw together at most.
  package var powerLimit: Power
  /// What they may weigh together at most.
  package var massLimit: Mass
  /// The feeds that its cords hang on: one, or two of which each can carry it alone.
  package var feeds: [Int]

  /// A rack.
  ///
  /// `Chosen:` 42 units; 900 kg, near what makers of cabinets allow standing still; 5 kW on one feed.
  /// - Precondition: it has one or two feeds, and its limits are positive.
  package init(
    name: String, units: Int = 42, powerLimit: Power = .kilowatts(5),
    massLimit: Mass = .init(kilograms: 900), feeds: [Int] = [0]
  ) {
    precondition(
      (1...2).contains(feeds.count) && units > 0 && powerLimit.watts > 0,
      "a rack of \(units) units, \(powerLimit.watts) W on \(feeds.count) feeds")
    self.name = name
    self.units = units
    self.powerLimit = powerLimit
    self.massLimit = massLimit
    self.feeds = feeds
  }

  /// The rating of the breaker at each of its cords.
  ///
  /// - Source: National Electrical Code 2023, 210.20(A): a breaker is rated for 125 % of a continuous
  ///   load, so the limit is 80 % of it.
  package var breakerRating: Power { powerLimit * 1.25 }
}

/// How a group of machines fares.
package enum MachineState: String, Hashable, Sendable, Codable {
  /// As it should.
  case running
  /// Slowed down by its own heat.
  case throttled
  /// Switched off by its own heat, until somebody switches it on.
  case tripped
}

/// Machines of one kind in one rack: they breathe the same air, so they fare alike.
package struct MachineGroup: Hashable, Sendable, Codable {
  /// Which kind, as an index into the room's kinds.
  package internal(set) var kind: Int
  /// How many.
  package internal(set) var count: Int
  /// How many of them are switched on.
  package internal(set) var on: Int
  /// How they fare; without power they do nothing, whatever this says.
  package internal(set) var state: MachineState = .running
  /// What all of them would draw by their load, fans left out, W.
  var demand = 0.0
  /// What they would draw idle, W.
  var idle = 0.0
  /// The speed of their fans since the last control instant.
  var fanSpeed = 1.0

  init(kind: Int, count: Int) {
    self.kind = kind
    self.count = count
    on = count
  }
}

/// A cord of a rack, with its breaker.
package struct Cord: Hashable, Sendable, Codable {
  /// The feed that it hangs on.
  package internal(set) var feed: Int
  /// Whether its breaker is open.
  package internal(set) var isOpen = false
  /// Whether it can deliver.
  package internal(set) var isLive = true
  /// The image of the breaker's heat, in squares of the rating.
  var heat = 0.0
  /// What it delivers, W.
  var watts = 0.0
  /// The event that last opened the breaker.
  var event: Int?
}

/// A rack with what stands in it.
package struct Rack: Hashable, Sendable, Codable {
  /// What it is.
  package internal(set) var plan: RackPlan
  /// What stands in it, by kind.
  package internal(set) var groups: [MachineGroup] = []
  /// Its cords.
  package internal(set) var cords: [Cord]
  /// Whether any cord delivers.
  package internal(set) var isLive = true
  /// What its machines draw, fans included, W.
  var watts = 0.0
  /// What of that their fans draw, W.
  var fanWatts = 0.0
  /// How much warmer its inlet is than the air of the room, K.
  var rise = 0.0
  /// ∫ of the draw, J.
  var joules = 0.0
  /// ∫ of the inlet temperature, °C s.
  var inletArea = 0.0
  /// The warmest inlet at any control instant or event, °C.
  var warmest = -273.15
  /// Whether anything in it may ever throttle or trip.
  var isEmpty: Bool { groups.isEmpty }

  init(plan: RackPlan) {
    self.plan = plan
    cords = plan.feeds.map { Cord(feed: $0) }
  }

  /// What its machines draw now.
  package var power: Power { Power(watts: watts) }
}
