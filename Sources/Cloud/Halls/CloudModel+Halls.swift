import Facility
import Quantities
import SimulationKernel

// The halls in which the hosts stand: busy hosts warm the air, warm air makes them fail and slows them
// down, and where power or cooling is gone the zone goes dark.
extension CloudModel {
  /// How often a zone is looked at while something in it is broken.
  ///
  /// `Chosen:` each minute, short against the minutes in which air warms up.
  static var lookDuringIncident: TimeSpan { .minutes(1) }

  static func halls(_ parameters: CloudParameters) -> [ZoneHall] {
    // Hosts are dealt out in turn; a zone that gets none has no hall.
    (0..<min(parameters.zones, parameters.hosts)).map { zone in
      let hosts = (parameters.hosts - zone + parameters.zones - 1) / parameters.zones
      var plant = parameters.plant
      plant.climate.seed &+= UInt64(zone)
      return ZoneHall(
        plant, hosts: hosts, cores: parameters.capacity.cores, start: parameters.start)
    }
  }

  /// Brings the halls up to now, as busy as their hosts were.
  mutating func lookAtHalls(_ schedule: inout Schedule<Event>) {
    var sold = Array(repeating: 0.0, count: halls.count)
    var used = sold
    for host in index.zones.indices {
      let capacity = Double(index.capacity(of: host)[0])
      sold[Int(index.zones[host])] += capacity
      used[Int(index.zones[host])] += capacity - Double(index.free[host][0])
    }
    for zone in halls.indices {
      bringUp(
        zone, cores: (used[zone] / 100, sold[zone] / 100 / parameters.oversubscription), &schedule)
    }
  }

  private mutating func bringUp(
    _ zone: Int, cores: (used: Double, there: Double), _ schedule: inout Schedule<Event>
  ) {
    let span = schedule.now - halls[zone].room.now
    halls[zone].advance(
      to: schedule.now, use: cores.there > 0 ? cores.used / cores.there : 0,
      coreHours: cores.used * span.seconds / 3_600)
    halls[zone].restartIfCool()
    guard halls[zone].isRunning else {
      startsAt[zone] = nil
      if darkSince[zone] == nil { setZone(zone, isUp: false, &schedule) }
      return
    }
    guard darkSince[zone] != nil else { return }
    // Hosts that are switched on take their time until they serve.
    let starts = startsAt[zone] ?? schedule.now + MachineSpec.startDelay
    startsAt[zone] = starts
    if schedule.now >= starts { setZone(zone, isUp: true, &schedule) }
  }

  /// Writes down that a zone goes dark, or no longer is.
  mutating func countDark(_ zone: Int, isUp: Bool, at now: Moment) {
    if isUp {
      darkTime[zone] = darkTime[zone] + (now - (darkSince[zone] ?? now))
      darkSince[zone] = nil
    } else {
      darkSince[zone] = now
      if wentDark[zone] == nil { wentDark[zone] = now - parameters.start }
    }
  }

  /// Something breaks in a zone, or is repaired.
  mutating func setIncident(isOver: Bool, _ schedule: inout Schedule<Event>) {
    guard let outage = parameters.outage else { return }
    lookAtHalls(&schedule)
    halls[outage.zone].setBroken(!isOver, by: outage.cause)
    isIncidentOver = isOver
    // Who looks every minute has come since the beginning.
    if isOver { lookAtHalls(&schedule) } else { lookDuringIncident(&schedule) }
  }

  /// Looks at the zone of the incident, and again soon until all is well.
  mutating func lookDuringIncident(_ schedule: inout Schedule<Event>) {
    guard let outage = parameters.outage else { return }
    lookAtHalls(&schedule)
    guard !isIncidentOver || !halls[outage.zone].isWell || darkSince[outage.zone] != nil else {
      return
    }
    schedule.after(CloudModel.lookDuringIncident, .incident)
  }

  /// What was measured in each hall until now.
  func hallRecords(at end: Moment) -> [HallRecord] {
    halls.indices.map { zone in
      var record = halls[zone].record
      record.dark = darkTime[zone] + (darkSince[zone].map { end - $0 } ?? .zero)
      record.wentDark = wentDark[zone]
      return record
    }
  }
}
