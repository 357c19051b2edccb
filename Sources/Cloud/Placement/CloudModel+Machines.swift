import Quantities

// Machines on hosts, and the books of both.
extension CloudModel {
  func peersOf(_ deployment: Int32) -> [Int32] {
    deployment < 0 ? [] : peers[deployment] ?? []
  }

  /// A host that has room now.
  mutating func place(_ shape: UInt8, _ deployment: Int32, except: Int = -1) -> Int? {
    tally.placements += 1
    return find(shape, deployment, in: index, except: except)
  }

  func find(_ shape: UInt8, _ deployment: Int32, in index: HostIndex, except: Int = -1) -> Int? {
    let peers = peersOf(deployment)
    var inZones: [Int32] = []
    if !peers.isEmpty {
      inZones = Array(repeating: 0, count: parameters.zones)
      for host in peers { inZones[Int(index.zones[Int(host)])] += 1 }
    }
    return index.place(
      shapes[Int(shape)].resources, by: Placing.self, peers: peers, peersInZone: inZones,
      except: except)
  }

  func resources(of machine: Int32) -> Resources {
    shapes[Int(machines[Int(machine)].shape)].resources
  }

  mutating func add(_ new: Machine, on host: Int) -> Int32 {
    var machine = new
    machine.number = nextMachine
    nextMachine += 1
    let place: Int32
    if let free = vacant.popLast() {
      place = free
      machines[Int(free)] = machine
    } else {
      place = Int32(machines.count)
      machines.append(machine)
    }
    attach(place, to: host)
    book(place, 1)
    return place
  }

  mutating func remove(_ machine: Int32) {
    let gone = machines[Int(machine)]
    if isDown(Int(gone.host)), !gone.standing.isSpot { tally.down -= 1 }
    detach(machine)
    forget(machine)
  }

  /// Gives up the place of a machine that is on no host any more.
  mutating func forget(_ machine: Int32) {
    book(machine, -1)
    // Its number is nobody's any more, so its departure, if one is due, means nothing.
    machines[Int(machine)].number = .max
    vacant.append(machine)
  }

  /// Enters a machine into the books of what is there, or strikes it out.
  private mutating func book(_ machine: Int32, _ sign: Int64) {
    let booked = machines[Int(machine)]
    if booked.standing.isSpot {
      tally.spot.live += Int(sign)
      return
    }
    tally.live += Int(sign)
    let wanted = SIMD4<Int64>(truncatingIfNeeded: resources(of: machine)) &* sign
    tally.booked &+= wanted
    if booked.isPromised { tally.bookedPromised += wanted[0] }
    if booked.account >= 0 { coresOfAccount[Int(booked.account)] += wanted[0] }
  }

  /// Enters what a machine takes while it runs.
  mutating func use(_ machine: Int32, _ sign: Int64) {
    let wanted = SIMD4<Int64>(truncatingIfNeeded: resources(of: machine)) &* sign
    if !tally.generations.isEmpty, machines[Int(machine)].standing != .waiting {
      tally.generations[Int(index.kinds[Int(machines[Int(machine)].host)])].used += wanted[0]
    }
    switch machines[Int(machine)].standing {
    case .paid: tally.used &+= wanted
    case .spot, .leaving: tally.spot.used += wanted[0]
    case .waiting: break
    }
  }

  mutating func attach(_ machine: Int32, to host: Int) {
    let place = Int(machine)
    let wanted = resources(of: machine)
    if machines[place].standing != .waiting { index.take(wanted, from: host) }
    if !machines[place].standing.isSpot { beside?.take(wanted, from: host) }
    machines[place].host = Int32(host)
    use(machine, 1)
    machines[place].previous = -1
    machines[place].next = firstOnHost[host]
    if firstOnHost[host] >= 0 { machines[Int(firstOnHost[host])].previous = machine }
    firstOnHost[host] = machine
    let deployment = machines[place].deployment
    if deployment >= 0 { peers[deployment, default: []].append(Int32(host)) }
  }

  mutating func detach(_ machine: Int32) {
    let gone = machines[Int(machine)]
    let host = Int(gone.host)
    let held = resources(of: machine)
    if !gone.standing.isSpot { beside?.giveBack(held, to: host) }
    switch gone.standing {
    case .paid, .spot: index.giveBack(held, to: host)
    case .waiting, .leaving: strikeFromNotices(machine)
    }
    use(machine, -1)
    if gone.previous >= 0 {
      machines[Int(gone.previous)].next = gone.next
    } else {
      firstOnHost[host] = gone.next
    }
    if gone.next >= 0 { machines[Int(gone.next)].previous = gone.previous }
    machines[Int(machine)].host = -1
    guard gone.deployment >= 0, var hosts = peers[gone.deployment] else { return }
    if let at = hosts.firstIndex(of: gone.host) { hosts.remove(at: at) }
    peers[gone.deployment] = hosts.isEmpty ? nil : hosts
  }

  func machinesOn(_ host: Int) -> [Int32] {
    var list: [Int32] = []
    var next = firstOnHost[host]
    while next >= 0 {
      list.append(next)
      next = machines[Int(next)].next
    }
    return list
  }
}
