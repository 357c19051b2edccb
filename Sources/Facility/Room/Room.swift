import Quantities
import Randomness
import SimulationKernel

/// A machine room: racks, feeds, cooling and the air between them, as a value.
///
/// Between two control instants or events everything that drives the air is constant, so its course is
/// known in closed form and nothing is stepped. The state is that of the last such instant (`anchor`);
/// what is read at a later moment is computed from it, so looking or stopping there changes nothing.
package struct Room: Sendable, Codable {
  /// What the room is made of.
  package internal(set) var plan: RoomPlan
  /// The kinds of machines that have ever been placed.
  package internal(set) var kinds: [MachineSpec] = []
  /// The racks.
  package internal(set) var racks: [Rack]
  /// The feeds.
  package internal(set) var feeds: [Feed]
  /// The cooling units, in the order of the plan.
  package internal(set) var cooling: [Cooling]
  /// The lines of the utility that are down.
  package internal(set) var utilitiesDown: [Bool]
  /// All that happened, in order.
  package internal(set) var log = Series<RoomEvent>()
  /// How busy the machines are.
  package internal(set) var loads = RoomLoads.uniform(0)
  /// The current moment.
  package internal(set) var now: Moment
  /// When the room began.
  package let start: Moment

  /// The last control instant, event or change; everything below is as of then.
  var anchor: Moment
  var temperatures: RoomTemperatures
  var forcing = RoomForcing(heat: 0, slope: 0, offset: 0, outdoor: 0)
  var weather: Weather
  var totals: RoomTotals
  /// The least of limit − rise over all machines that may throttle or trip, °C; nil without any.
  var inletLimit: Double?
  var isAtCapacity = false
  var outagePhases: [OutagePhase]
  /// The events that took down the lines of the utility, and the one of the last lack of cooling.
  var utilityEvents: [Int?]
  var capacityEvent: Int?
  /// What comes next, and when.
  var deadline: RoomDeadline = .control
  var due: Moment

  /// A room in which the air has the set point of its first cooling unit (20 °C without any).
  package init(plan: RoomPlan, start: Moment) {
    self.plan = plan
    self.start = start
    racks = plan.racks.map(Rack.init)
    feeds = plan.feeds.map(Feed.init)
    cooling = plan.cooling.map { _ in Cooling() }
    utilitiesDown = Array(repeating: false, count: plan.utilityCount)
    utilityEvents = Array(repeating: nil, count: plan.utilityCount)
    outagePhases = plan.outages.map { $0.end <= start ? .over : .ahead }
    now = start
    anchor = start
    due = start
    let air = plan.cooling.first?.setPoint ?? Temperature(celsius: 20)
    temperatures = RoomTemperatures(air: air, mass: air)
    weather = plan.climate.weather(at: start)
    totals = RoomTotals()
    control()
    refresh()
  }
}

// MARK: - What can be read

extension Room {
  /// Seconds since the anchor.
  private var elapsed: Double { (now - anchor).seconds }

  var course: RoomCourse { RoomCourse(plan.thermals, from: temperatures, under: forcing) }

  /// The air in front of the racks, and the mass, now.
  package var airAndMass: RoomTemperatures {
    now == anchor ? temperatures : course.temperatures(after: elapsed)
  }

  /// What a rack breathes now.
  package func inlet(ofRack rack: Int) -> Temperature {
    airAndMass.air + TemperatureDifference(kelvin: racks[rack].rise)
  }

  /// How much warmer the inlet of a rack is than the air of the room.
  package func inletRise(ofRack rack: Int) -> TemperatureDifference {
    TemperatureDifference(kelvin: racks[rack].rise)
  }

  /// What a rack blows out now.
  package func exhaust(ofRack rack: Int) -> Temperature {
    let share = plan.containment.recirculation
    // The rise of the inlet is r/(1 − r) of the rise over the machines, so the exhaust is 1/(1 − r).
    return airAndMass.air + TemperatureDifference(kelvin: racks[rack].rise / share)
  }

  /// The mean inlet of a rack since the room began, weighted by time; nil before any time passed.
  package func meanInlet(ofRack rack: Int) -> Temperature? {
    guard now > start else { return nil }
    let settled = settled()
    return Temperature(celsius: settled.racks[rack].inletArea / (now - start).seconds)
  }

  /// What a rack has drawn until now.
  package func energy(ofRack rack: Int) -> Energy { Energy(joules: settled().racks[rack].joules) }

  /// The warmest inlet of a rack at any control instant or event.
  package func warmestInlet(ofRack rack: Int) -> Temperature {
    Temperature(celsius: max(racks[rack].warmest, inlet(ofRack: rack).celsius))
  }

  /// The weather of the last control instant.
  package var outside: Weather { weather }

  /// The dew point in the room: that of the outside, but no more than a coil leaves and no less than
  /// humidifiers hold.
  ///
  /// It leaves out how long the air of a room takes to be exchanged.
  package var dewPoint: Temperature {
    var dew = weather.dewPoint
    for (unit, state) in zip(plan.cooling, cooling) where state.isRunning {
      dew = min(dew, unit.supply)
    }
    return plan.leastDewPoint.map { max(dew, $0) } ?? dew
  }

  /// How the inlet of a rack lies outside an envelope; empty inside.
  package func violations(
    ofRack rack: Int, _ envelope: ThermalEnvelope = .recommended
  ) -> [ThermalEnvelope.Violation] {
    envelope.violations(inlet: inlet(ofRack: rack), dewPoint: dewPoint)
  }

  /// The event from which on all cooling that runs is at its limit; nil where it has something left.
  package var capacityAlarm: RoomEvent? { capacityEvent.map { log[$0] } }

  /// What the machines draw now, fans included.
  package var machinePower: Power {
    Power(watts: racks.reduce(0) { $0 + $1.watts })
  }

  /// The heat that is being taken out now.
  package var coolingPower: Power {
    Power(watts: forcing.slope * airAndMass.air.celsius - forcing.offset)
  }

  /// Energy, water and fuel until now; reading changes nothing.
  package var accounts: RoomAccounts { settled().totals.accounts(at: now) }

  /// What each rack has taken in and breathed until now: its draw in J, and ∫ of its inlet in °C s.
  package var rackTotals: [(energy: Double, inletArea: Double)] {
    settled().racks.map { ($0.joules, $0.inletArea) }
  }

  /// The room as if its controls had looked now.
  private func settled() -> Room {
    var copy = self
    copy.close(at: now)
    return copy
  }
}

extension Room {
  /// An event and what led to it, from the last to the first.
  ///
  /// - Complexity: O(length); causes have smaller numbers than effects, so it ends.
  package func chain(of id: Int) -> [RoomEvent] {
    var chain = [log[id]]
    while let cause = chain[chain.count - 1].cause { chain.append(log[cause]) }
    return chain
  }

  /// Why a rack has no power, from the last event to the first; empty where it has.
  package func whyDark(rack: Int) -> [RoomEvent] {
    guard !racks[rack].isLive else { return [] }
    for index in log.indices.reversed() {
      if case .rackDark(rack) = log[index].occurrence { return chain(of: log[index].id) }
    }
    return []
  }

  /// Writes down an event.
  @discardableResult
  mutating func record(
    _ occurrence: RoomEvent.Occurrence, cause: Int?
  ) -> Int {
    let id = log.count
    log.append(RoomEvent(id: id, moment: anchor, occurrence: occurrence, cause: cause))
    return id
  }
}
