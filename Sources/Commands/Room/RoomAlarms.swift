import Facility
import Quantities
import WorldModel

/// What is not as it should be in a room, the oldest first.
struct RoomAlarms {
  /// One of them.
  struct Alarm {
    /// Since when.
    var moment: Moment
    /// What, as a clause.
    var words: String
    /// The event of the room that it is, for its causes; nil for parts of machines.
    var event: RoomEvent?
  }

  /// All of them.
  let all: [Alarm]

  init(_ room: MachineRoom, _ world: World) {
    let words = RoomWords(room)
    var alarms = RoomAlarms.parts(room, words)
    alarms += RoomAlarms.racks(room, words, now: world.now)
    alarms += RoomAlarms.machines(room, world)
    all = alarms.sorted { $0.moment < $1.moment }
  }

  /// Broken parts, feeds on battery, cooling at its limit.
  private static func parts(_ room: MachineRoom, _ words: RoomWords) -> [Alarm] {
    var alarms: [Alarm] = []
    for part in room.room.allParts where room.room.isBroken(part) {
      let event = room.room.log.last { event in
        switch (event.occurrence, part) {
        case (.failed(part), _): true
        case (.feedBreakerTripped(let feed), .feedBreaker(let other)): feed == other
        case (.rackBreakerTripped(let rack, let cord), .rackBreaker(let r, let c)):
          rack == r && cord == c
        case (.fuelExhausted(let feed), .generator(let other)): feed == other
        default: false
        }
      }
      alarms.append(alarm(event, words) { "\(words.name(part)) is down" })
    }
    for feed in room.room.feeds.indices where room.room.feeds[feed].isOnBattery {
      let event = room.room.log.last {
        if case .batteryEngaged(feed) = $0.occurrence { true } else { false }
      }
      alarms.append(alarm(event, words) { "feed \(room.room.feeds[feed].plan.name) is on battery" })
    }
    if let event = room.room.capacityAlarm {
      alarms.append(alarm(event, words) { "the cooling is at its limit" })
    }
    return alarms
  }

  private static func racks(_ room: MachineRoom, _ words: RoomWords, now: Moment) -> [Alarm] {
    room.room.racks.indices.compactMap { rack in
      let state = RackState(room, rack: rack, now: now)
      if let event = state.event { return alarm(event, words) { words.clause(event.occurrence) } }
      guard state.name == "cut off" else { return nil }
      let incident = room.incidents.last {
        if case .rackCutOff(rack, _) = $0.what { true } else { false }
      }
      return Alarm(
        moment: incident?.moment ?? now,
        words: "\(room.room.racks[rack].plan.name) cannot be reached: its switch or cabling failed",
        event: nil)
    }
  }

  /// Machines whose broken parts keep them from running.
  private static func machines(_ room: MachineRoom, _ world: World) -> [Alarm] {
    world.machines.filter { !$0.brokenParts.isEmpty }.map { machine in
      let parts = machine.brokenParts.map { room.operation.fleet.kind($0).words }
      let incident = room.incidents.last {
        if case .partFailed(machine.number, _, _, _) = $0.what { true } else { false }
      }
      return Alarm(
        moment: incident?.moment ?? world.now,
        words: "machine \(machine.number) has a broken \(parts.joined(separator: " and a broken "))"
          + (machine.isUp ? ", and runs" : ", and does not run"),
        event: nil)
    }
  }

  private static func alarm(
    _ event: RoomEvent?, _ words: RoomWords, _ fallback: () -> String
  ) -> Alarm {
    Alarm(moment: event?.moment ?? .origin, words: fallback(), event: event)
  }
}
