import Facility
import Quantities

/// The hall of a zone while time passes: power, cooling and air around hosts that are equally busy.
struct ZoneHall: Sendable {
  /// The engine.
  private(set) var room: Room
  /// Core-hours that were lost to hosts that ran slower because of heat.
  private(set) var coreHoursThrottled = 0.0
  /// How often parts fail beside 20 °C, at the inlet of now.
  private(set) var failureFactor = 1.0

  init(_ plant: ZonePlant, hosts: Int, cores: Double, start: Moment) {
    room = plant.room(hosts: hosts, cores: cores, start: start)
    failureFactor = InletTemperatureFactor.factor(at: inlet)
  }

  /// How often parts fail at most.
  static let failureFactorMax = InletTemperatureFactor.factor(at: Temperature(celsius: 100))

  private var state: MachineState { room.racks[0].groups[0].state }
  private var inlet: Temperature { room.inlet(ofRack: 0) }

  /// Whether hosts have power and are not too hot to run.
  var isRunning: Bool { room.racks[0].isLive && state != .tripped }

  /// Whether hosts run as fast as they can.
  var isWell: Bool { isRunning && state == .running }

  /// Lets time pass in which hosts have been so busy.
  /// - Parameter coreHours: what was in use in that time.
  mutating func advance(to moment: Moment, use: Double, coreHours: Double) {
    let wasThrottled = state == .throttled
    room.advance(to: moment, loads: .uniform(min(1, use)))
    if wasThrottled { coreHoursThrottled += coreHours * (1 - MachineSpec.throttledPace) }
    failureFactor = InletTemperatureFactor.factor(at: inlet)
  }

  /// Breaks what an incident breaks, or repairs it.
  mutating func setBroken(_ isBroken: Bool, by cause: CloudParameters.Cause) {
    let parts: [RoomPart] =
      switch cause {
      case .feeds: room.feeds.indices.map { .feedBreaker($0) }
      case .mains: [.utility(0)]
      case .cooling: room.cooling.indices.map { .coolingUnit($0) }
      }
    for part in parts {
      if isBroken { room.fail(part) } else { room.repair(part) }
    }
  }

  /// Switches hosts on again that had gone off, if something cools and it is cool enough.
  mutating func restartIfCool() {
    guard state == .tripped, room.racks[0].isLive, room.cooling.contains(where: \.isRunning),
      inlet <= MachineSpec.modern.tripsAt - MachineSpec.restartMargin
    else { return }
    room.restart(rack: 0)
  }

  /// What came of it until now.
  var record: HallRecord {
    HallRecord(
      accounts: room.accounts, meanInlet: room.meanInlet(ofRack: 0) ?? inlet,
      warmestInlet: room.warmestInlet(ofRack: 0), coreHoursThrottled: coreHoursThrottled)
  }
}

/// What was measured in the hall of a zone.
package struct HallRecord: Hashable, Sendable {
  /// Energy, water and fuel.
  package var accounts: RoomAccounts
  /// What hosts breathed on average.
  package var meanInlet: Temperature
  /// The warmest that they breathed.
  package var warmestInlet: Temperature
  /// Core-hours that were lost to hosts that ran slower because of heat.
  package var coreHoursThrottled: Double
  /// For how long hosts were off: without power, or too hot.
  package var dark = TimeSpan.zero
  /// From the start: when hosts first went off; nil if they never did.
  package var wentDark: TimeSpan?

  /// Whether the air was at some time too hot for hosts to run.
  package var wasTooHot: Bool { warmestInlet >= MachineSpec.modern.tripsAt }
}
