extension CloudModel {
  /// What is wrong with the books, for tests: nothing, if all is right.
  var faults: [String] {
    faultsOfHosts + faultsOfCounts + faultsOfGenerations
      + peers.compactMap { deployment, hosts in
        Set(hosts).count != hosts.count ? "deployment \(deployment) shares a host" : nil
      }
  }

  private var faultsOfHosts: [String] {
    var faults: [String] = []
    let none = Array(repeating: Resources(repeating: 0), count: parameters.hosts)
    var (running, paid, kept) = (none, none, none)
    for machine in machines where machine.host >= 0 {
      let (host, wanted) = (Int(machine.host), shapes[Int(machine.shape)].resources)
      if machine.standing != .waiting { running[host] &+= wanted }
      if !machine.standing.isSpot { paid[host] &+= wanted }
      if machine.standing == .paid || machine.standing == .spot { kept[host] &+= wanted }
    }
    for host in none.indices {
      let held = notices[Int32(host)]?.held ?? Resources(repeating: 0)
      let sold = index.capacity(of: host)
      if kept[host] &+ held &+ index.free[host] != sold {
        faults.append("host \(host) has \(index.free[host]) left beside \(kept[host]) and \(held)")
      }
      if let beside, paid[host] &+ beside.free[host] != sold {
        faults.append(
          "host \(host) has \(beside.free[host]) left beside \(paid[host]) that is paid")
      }
      if !sold.holds(running[host]) {
        faults.append("host \(host) runs \(running[host])")
      }
      if !sold.holds(paid[host]) { faults.append("host \(host) owes \(paid[host])") }
    }
    return faults
  }

  private var faultsOfGenerations: [String] {
    guard parameters.generations != nil else { return [] }
    var faults: [String] = []
    for (kind, generation) in tally.generations.enumerated() {
      let hosts = index.kinds.count { Int($0) == kind }
      if hosts != generation.hosts {
        faults.append("\(hosts) hosts of generation \(kind), \(generation.hosts) counted")
      }
      let used = machines.reduce(Int64(0)) { sum, machine in
        guard machine.host >= 0, machine.standing != .waiting,
          Int(index.kinds[Int(machine.host)]) == kind
        else { return sum }
        return sum + Int64(shapes[Int(machine.shape)].resources[0])
      }
      if used != generation.used {
        faults.append("\(used) used of generation \(kind), \(generation.used) counted")
      }
    }
    let cores = index.kinds.reduce(0) { $0 + generations[Int($1)].capacity.cores }
    if abs(cores - totalCores) > 1e-6 * cores {
      faults.append("\(cores) cores, \(totalCores) counted")
    }
    return faults
  }

  private var faultsOfCounts: [String] {
    var faults: [String] = []
    let there = machines.filter { $0.host >= 0 }
    let live = there.count { !$0.standing.isSpot }
    if live != tally.live { faults.append("\(live) machines, \(tally.live) counted") }
    if there.count - live != tally.spot.live {
      faults.append("\(there.count - live) spot machines, \(tally.spot.live) counted")
    }
    let down = there.count { !$0.standing.isSpot && isDown(Int($0.host)) }
    if down != tally.down { faults.append("\(down) machines down, \(tally.down) counted") }
    if tally.asked != tally.placed + tally.refused { faults.append("asked ≠ placed + refused") }
    if tally.placed != tally.live + tally.departed + tally.lost + tally.switched {
      faults.append("placed ≠ live + departed + lost + switched")
    }
    let spot = tally.spot
    if spot.placed != spot.live + spot.departed + spot.interrupted + spot.lost {
      faults.append("spot: placed ≠ live + departed + interrupted + lost")
    }
    return faults
  }
}
