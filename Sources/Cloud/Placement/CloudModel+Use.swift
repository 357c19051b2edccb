import Quantities
import Randomness

// What machines really take of the cores that were sold twice.
extension CloudModel {
  mutating func lookAtUse(_ now: Moment) {
    let use = CloudParameters.use
    let friday = CloudParameters.friday
    let isTogether =
      parameters.isTogether && now.weekday == .friday && now.hour > friday.fromHour
      && now.hour <= friday.toHour
    let chance = isTogether ? friday.busy : use.busy
    let hour = tally.hourly.count
    for host in 0..<min(parameters.hosts, CloudParameters.hostsSampled) where !index.isDown(host) {
      var wanted = 0.0
      var busy = 0
      for machine in machinesOn(host) where machines[Int(machine)].standing != .waiting {
        let cores = shapes[Int(machines[Int(machine)].shape)].resources.cores
        let draw = useStream.entity(Int(machines[Int(machine)].number)).uniform(hour)
        wanted += cores * (draw < chance ? 1 : use.idle)
        busy += draw < chance ? 1 : 0
      }
      tally.hostHours += 1
      tally.coreHoursWanted += wanted
      slow(busy, by: wanted / parameters.capacity.cores)
      guard wanted > parameters.capacity.cores else { continue }
      tally.hostHoursOverloaded += 1
      tally.coreHoursLacking += wanted - parameters.capacity.cores
    }
  }

  /// What busy machines notice: cores are shared out evenly, so where twice as many are wanted as there are,
  /// work takes twice as long.
  private mutating func slow(_ machines: Int, by share: Double) {
    let over = Int(((max(1, share) - 1) * 100).rounded())
    if over >= tally.slowdowns.count {
      tally.slowdowns += Array(repeating: 0, count: over + 1 - tally.slowdowns.count)
    }
    tally.slowdowns[over] += machines
  }
}
