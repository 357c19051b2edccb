import Quantities
import Randomness
import SimulationKernel

// Hosts that fail, are emptied, or go down with their zone.
extension CloudModel {
  mutating func setUp(_ isUp: Bool, host: Int) {
    if isCordoned(host) {
      // It runs, and is to be emptied.
      guard !isUp else { return }
      setCordon(false, host: host)
    }
    guard isUp == index.isDown(host) else { return }
    index.setUp(isUp, host: host)
    beside?.setUp(isUp, host: host)
    let count = machinesOn(host).count { !machines[Int($0)].standing.isSpot }
    tally.down += isUp ? -count : count
  }

  mutating func scheduleFailure(_ schedule: inout Schedule<Event>) {
    let perSecond =
      parameters.failuresPerYear * Double(parameters.hosts) * failureFactorMax
      / GenerationPlan.yearSeconds
    schedule.after(
      .seconds(min(3e9, hostStream.entity(failures).exponential(0) / perSecond)), .failure)
  }

  /// A host fails, and what ran on it is started anew elsewhere; spot machines are lost.
  mutating func fail(_ schedule: inout Schedule<Event>) {
    let draws = hostStream.entity(failures)
    let draw = draws.uniform(1)
    failures += 1
    let host = min(parameters.hosts - 1, Int(draw * Double(parameters.hosts)))
    guard !isDown(host), isDue(host, draws, at: schedule.now) else { return }
    tally.hostFailures += 1
    if !tally.generations.isEmpty { tally.generations[Int(index.kinds[host])].failures += 1 }
    setUp(false, host: host)
    evacuate(host, &schedule)
    beginRepair(Int32(host), &schedule)
  }

  /// Leaves a host down for as long as a repair takes.
  mutating func beginRepair(_ host: Int32, _ schedule: inout Schedule<Event>) {
    inRepair.insert(host)
    schedule.after(CloudParameters.repair, .repaired(host: host))
  }

  /// Lets a host come back that is in order, unless its zone is dark: it comes back with that.
  mutating func endRepair(_ host: Int32) {
    inRepair.remove(host)
    guard darkSince[Int(index.zones[Int(host)])] == nil else { return }
    setUp(true, host: Int(host))
  }

  /// Starts anew elsewhere what ran on a host that is down; spot machines are lost.
  private mutating func evacuate(_ host: Int, _ schedule: inout Schedule<Event>) {
    for machine in machinesOn(host) {
      let gone = machines[Int(machine)]
      if gone.standing.isSpot {
        remove(machine)
        tally.spot.lost += 1
        continue
      }
      tally.down -= 1
      detach(machine)
      if let other = place(gone.shape, gone.deployment) {
        machines[Int(machine)].standing = .paid
        attach(machine, to: other)
        tally.restarted += 1
      } else if let other = placeBesideSpot(gone.shape, gone.deployment) {
        machines[Int(machine)].standing = .waiting
        attach(machine, to: other)
        claim(machine, &schedule)
        tally.restarted += 1
      } else {
        forget(machine)
        tally.lost += 1
      }
    }
    notices[Int32(host)] = nil
  }

  mutating func scheduleMaintenance(_ schedule: inout Schedule<Event>) {
    let gap = Double(parameters.maintenanceDays) * 86_400 / Double(parameters.hosts)
    schedule.after(.seconds(gap), .maintenance)
  }

  /// Empties the next host by moving its machines while they run; one that finds no place stays, and the
  /// host with it.
  ///
  /// Spot machines that are in the way are gone by then: it is planned, so they were told in time.
  mutating func maintain() {
    let host = nextMaintenance
    nextMaintenance = (nextMaintenance + 1) % parameters.hosts
    guard !index.isDown(host) else { return }
    var isEmpty = true
    for machine in machinesOn(host) where !move(machine, from: host) { isEmpty = false }
    tally.maintained += isEmpty ? 1 : 0
    tally.maintenancePutOff += isEmpty ? 0 : 1
  }

  mutating func move(_ machine: Int32, from host: Int) -> Bool {
    let moving = machines[Int(machine)]
    // Who waits for room, and who makes it, has two minutes to go.
    guard moving.standing == .paid || moving.standing == .spot else { return false }
    // Its own host does not count as one of its peers.
    var other = place(moving.shape, moving.deployment, except: host)
    if other == nil, moving.standing == .spot {
      interrupt(machine)
      return true
    }
    if other == nil { other = vacate(for: machine, except: host) }
    guard let other else { return false }
    detach(machine)
    precondition(other != host && moving.host == Int32(host), "a machine moves to where it is")
    attach(machine, to: other)
    tally.migrated += 1
    return true
  }

  /// A zone goes down or comes back; its machines stay with it, or, where room was kept for that, start anew
  /// in the others.
  mutating func setZone(_ zone: Int, isUp: Bool, _ schedule: inout Schedule<Event>) {
    let hosts = index.zones.indices.filter { Int(index.zones[$0]) == zone }
    countDark(zone, isUp: isUp, at: schedule.now)
    let downBefore = tally.down
    for host in hosts where !isUp || !inRepair.contains(Int32(host)) { setUp(isUp, host: host) }
    guard !isUp else { return }
    tally.downAtOutage += tally.down - downBefore
    guard parameters.keepsZone else { return }
    let restartedBefore = tally.restarted
    for host in hosts { evacuate(host, &schedule) }
    tally.restartedAtOutage += tally.restarted - restartedBefore
  }
}
