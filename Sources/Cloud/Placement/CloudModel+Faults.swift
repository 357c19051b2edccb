extension CloudModel {
  /// What is wrong with the books, for tests: nothing, if all is right.
  var faults: [String] {
    faultsOfHosts + faultsOfCounts
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
      if kept[host] &+ held &+ index.free[host] != parameters.sold {
        faults.append("host \(host) has \(index.free[host]) left beside \(kept[host]) and \(held)")
      }
      if let beside, paid[host] &+ beside.free[host] != parameters.sold {
        faults.append(
          "host \(host) has \(beside.free[host]) left beside \(paid[host]) that is paid")
      }
      if !parameters.sold.holds(running[host]) {
        faults.append("host \(host) runs \(running[host])")
      }
      if !parameters.sold.holds(paid[host]) { faults.append("host \(host) owes \(paid[host])") }
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
