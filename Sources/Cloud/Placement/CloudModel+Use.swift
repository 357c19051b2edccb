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
    for sample in 0..<min(parameters.hosts, CloudParameters.hostsSampled) {
      let host = sampled(sample)
      guard !isDown(host) else { continue }
      let cores = generations[Int(index.kinds[host])].capacity.cores
      var wanted = 0.0
      var busy = 0
      for machine in machinesOn(host) where machines[Int(machine)].standing != .waiting {
        let taken = shapes[Int(machines[Int(machine)].shape)].resources.cores
        let draw = useStream.entity(Int(machines[Int(machine)].number)).uniform(hour)
        wanted += taken * (draw < chance ? 1 : use.idle)
        busy += draw < chance ? 1 : 0
      }
      tally.hostHours += 1
      tally.coreHoursWanted += wanted
      slow(busy, by: wanted / cores)
      guard wanted > cores else { continue }
      tally.hostHoursOverloaded += 1
      tally.coreHoursLacking += wanted - cores
    }
  }

  /// Which host is looked at: the first ones where all are alike, else some of each generation.
  func sampled(_ sample: Int) -> Int {
    guard parameters.generations != nil, parameters.hosts > CloudParameters.hostsSampled else {
      return sample
    }
    return sample * parameters.hosts / CloudParameters.hostsSampled
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
