import Quantities

/// A part of the room that can fail and be repaired.
package enum RoomPart: Hashable, Sendable, Codable {
  /// A line of the utility.
  case utility(Int)
  /// The switchgear of a feed.
  case feed(Int)
  /// The UPS of a feed.
  case ups(feed: Int)
  /// The generator of a feed.
  case generator(feed: Int)
  /// The main breaker of a feed; a repair closes it.
  case feedBreaker(Int)
  /// The breaker of a rack's cord; a repair closes it.
  case rackBreaker(rack: Int, cord: Int)
  /// A cooling unit.
  case coolingUnit(Int)
}

/// Something that happened in the room.
package struct RoomEvent: Hashable, Sendable, Codable {
  /// Its number, from 0 on, in the order in which things happened.
  package var id: Int
  /// When.
  package var moment: Moment
  /// What.
  package var occurrence: Occurrence
  /// The number of the event that brought it about; nil for what came from outside or from the load.
  package var cause: Int?

  /// What can happen.
  package enum Occurrence: Hashable, Sendable, Codable {
    /// A part failed, from outside.
    case failed(RoomPart)
    /// A part was repaired, from outside.
    case repaired(RoomPart)
    /// A part was put in, or hung on another feed.
    case installed(RoomPart)
    /// An empty rack was put up.
    case rackInstalled(rack: Int)
    /// The cords of a rack were plugged in anew.
    case rackConnected(rack: Int)
    /// A feed lost its power before the UPS.
    case mainsLost(feed: Int)
    /// A feed has power before the UPS again.
    case mainsRestored(feed: Int)
    /// A generator was told to start.
    case generatorStarting(feed: Int)
    /// A generator delivers.
    case generatorStarted(feed: Int)
    /// A generator stopped because the utility is back.
    case generatorStopped(feed: Int)
    /// A generator's tank ran dry.
    case fuelExhausted(feed: Int)
    /// A battery carries the racks.
    case batteryEngaged(feed: Int)
    /// A battery is empty.
    case batteryExhausted(feed: Int)
    /// A battery is full again.
    case batteryRecharged(feed: Int)
    /// The main breaker of a feed tripped from overload.
    case feedBreakerTripped(feed: Int)
    /// The breaker of a rack's cord tripped from overload.
    case rackBreakerTripped(rack: Int, cord: Int)
    /// The racks of a feed get nothing from it any more.
    case feedDark(feed: Int)
    /// The racks of a feed get power from it again.
    case feedRestored(feed: Int)
    /// A rack has no power on any cord.
    case rackDark(rack: Int)
    /// A rack has power again.
    case rackPowered(rack: Int)
    /// A cooling unit stopped.
    case coolingStopped(unit: Int)
    /// A cooling unit cools again.
    case coolingStarted(unit: Int)
    /// All cooling that runs is at its capacity, and the air gets warmer than the controls want.
    case coolingAtCapacity
    /// The cooling has something left again.
    case coolingRecovered
    /// Machines slowed down, because their inlet reached their limit.
    case throttled(rack: Int, group: Int)
    /// Machines run at full speed again.
    case unthrottled(rack: Int, group: Int)
    /// Machines switched themselves off, because their inlet reached their limit.
    case tripped(rack: Int, group: Int)
    /// Machines that had tripped were switched on.
    case restarted(rack: Int, group: Int)
  }
}

/// An interruption of the utility that is known beforehand, to the world and not to the learner.
package struct Outage: Hashable, Sendable, Codable {
  /// The line.
  package var utility: Int
  /// When it begins.
  package var start: Moment
  /// When it is over.
  package var end: Moment

  /// An interruption.
  /// - Precondition: it ends after it begins.
  package init(utility: Int = 0, start: Moment, end: Moment) {
    precondition(start < end, "an outage from \(start) to \(end)")
    self.utility = utility
    self.start = start
    self.end = end
  }
}
