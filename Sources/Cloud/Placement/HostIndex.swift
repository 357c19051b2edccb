/// Hosts by what they have left, so that a place is found without looking at each of them.
///
/// Hosts of the same kind that have the same left in the same zone share a class; a placement looks at the classes, of which
/// there are as many as there are ways to fill a host with the shapes that are sold, and far fewer than hosts.
/// Classes lie on shelves by the whole cores that they have left, so that a policy which goes by cores looks
/// at the first shelf that has a place.
package struct HostIndex: Sendable {
  /// What identifies a class.
  private struct Key: Hashable {
    var free: Resources
    var origin: Origin
  }

  /// The zone and the kind of a host, in one number: hashing takes a step for each field.
  private struct Origin: Hashable {
    private let bits: UInt16

    init(zone: UInt8, kind: UInt8) { bits = UInt16(kind) << 8 | UInt16(zone) }

    var zone: Int { Int(bits & 0xFF) }
    var kind: Int { Int(bits >> 8) }
  }

  /// By host: what is left, its zone, its kind, its class; a negative class for one that takes nothing.
  private(set) var free: [Resources]
  package let zones: [UInt8]
  private(set) var kinds: [UInt8]
  private var classOfHost: [Int32]
  /// By kind: what a host has when it is empty.
  package let capacities: [Resources]

  private var classOfKey: [Key: Int32] = [:]
  /// By class: its hosts, and its place in the lists below; negative while it is empty.
  private var hosts: [HostSet] = []
  private var keys: [Key] = []
  private var placeOfClass: [Int32] = []

  /// The classes that have hosts, field by field: what a placement reads.
  private struct Shelf {
    var classes: [Int32] = []
    var free: [Resources] = []
    var origins: [Origin] = []
    var first: [Int32] = []
  }

  /// By whole cores left.
  private var shelves: [Shelf]
  /// What finds the first host with room; kept only where a policy goes by it.
  private var rests: RestTree?

  /// Empty hosts of one kind, in zones, for a policy that looks at them in an order.
  package init(capacity: Resources, zones: [UInt8], order: PlacementOrder) {
    self.init(
      capacities: [capacity], kinds: Array(repeating: 0, count: zones.count), zones: zones,
      order: order)
  }

  /// Empty hosts of several kinds.
  /// - Parameters:
  ///   - capacities: what a host of each kind has.
  ///   - kinds: the kind of each host.
  ///   - zones: the zone of each host.
  package init(
    capacities: [Resources], kinds: [UInt8], zones: [UInt8], order: PlacementOrder
  ) {
    precondition(kinds.count == zones.count, "\(kinds.count) kinds for \(zones.count) hosts")
    self.capacities = capacities
    self.kinds = kinds
    self.zones = zones
    free = kinds.map { capacities[Int($0)] }
    rests = order == .firstHost ? RestTree(free) : nil
    classOfHost = Array(repeating: -1, count: zones.count)
    let most = capacities.reduce(0) { max($0, HostIndex.shelf(of: $1)) }
    shelves = Array(repeating: Shelf(), count: most + 1)
    for host in zones.indices { insert(host) }
  }

  /// What a host has when it is empty.
  package func capacity(of host: Int) -> Resources { capacities[Int(kinds[host])] }

  /// How many classes have hosts.
  package var classCount: Int { shelves.reduce(0) { $0 + $1.classes.count } }

  private static func shelf(of free: Resources) -> Int { Int(free[0]) / 100 }

  /// Whether a host takes nothing.
  package func isDown(_ host: Int) -> Bool { classOfHost[host] < 0 }

  // MARK: - Changes

  /// Takes resources of a host.
  package mutating func take(_ resources: Resources, from host: Int) {
    precondition(free[host].holds(resources), "host \(host) has no room for \(resources)")
    move(host, to: free[host] &- resources)
  }

  /// Gives them back.
  package mutating func giveBack(_ resources: Resources, to host: Int) {
    move(host, to: free[host] &+ resources)
  }

  /// Gives some back and takes others, in one step.
  mutating func exchange(_ given: Resources, for taken: Resources, on host: Int) {
    let left = free[host] &+ given
    precondition(left.holds(taken), "host \(host) has \(left) and no room for \(taken)")
    guard given != taken else { return }
    move(host, to: left &- taken)
  }

  private mutating func move(_ host: Int, to left: Resources) {
    let isUp = classOfHost[host] >= 0
    if isUp { remove(host) }
    free[host] = left
    if isUp {
      insert(host)
      rests?.set(host, left)
    }
  }

  /// Closes a host, as one that fails is, or opens it again; what is on it stays in the books.
  package mutating func setUp(_ isUp: Bool, host: Int) {
    guard isUp == isDown(host) else { return }
    if isUp { insert(host) } else { remove(host) }
    rests?.set(host, isUp ? free[host] : nil)
  }

  /// Puts a host of another kind in the place of one that is closed and empty; it stays closed.
  mutating func replace(_ host: Int, by kind: UInt8) {
    precondition(isDown(host), "host \(host) is open and cannot be replaced")
    precondition(
      free[host] == capacity(of: host), "host \(host) has \(free[host]) left and is not empty")
    kinds[host] = kind
    free[host] = capacity(of: host)
  }

  private mutating func insert(_ host: Int) {
    let number = classNumber(
      Key(free: free[host], origin: Origin(zone: zones[host], kind: kinds[host])))
    let index = Int(number)
    hosts[index].insert(host)
    classOfHost[host] = number
    let shelf = HostIndex.shelf(of: keys[index].free)
    let place = placeOfClass[index]
    if place < 0 {
      placeOfClass[index] = Int32(shelves[shelf].classes.count)
      shelves[shelf].classes.append(number)
      shelves[shelf].free.append(keys[index].free)
      shelves[shelf].origins.append(keys[index].origin)
      shelves[shelf].first.append(Int32(host))
    } else if Int32(host) < shelves[shelf].first[Int(place)] {
      shelves[shelf].first[Int(place)] = Int32(host)
    }
  }

  private mutating func remove(_ host: Int) {
    let index = Int(classOfHost[host])
    hosts[index].remove(host)
    classOfHost[host] = -1
    let shelf = HostIndex.shelf(of: keys[index].free)
    let place = Int(placeOfClass[index])
    if let first = hosts[index].first() {
      shelves[shelf].first[place] = Int32(first)
      return
    }
    placeOfClass[index] = -1
    let last = shelves[shelf].classes.count - 1
    shelves[shelf].classes.swapAt(place, last)
    shelves[shelf].free.swapAt(place, last)
    shelves[shelf].origins.swapAt(place, last)
    shelves[shelf].first.swapAt(place, last)
    if place != last { placeOfClass[Int(shelves[shelf].classes[place])] = Int32(place) }
    shelves[shelf].classes.removeLast()
    shelves[shelf].free.removeLast()
    shelves[shelf].origins.removeLast()
    shelves[shelf].first.removeLast()
  }

  private mutating func classNumber(_ key: Key) -> Int32 {
    if let known = classOfKey[key] { return known }
    let number = Int32(hosts.count)
    classOfKey[key] = number
    hosts.append(HostSet(capacity: zones.count))
    keys.append(key)
    placeOfClass.append(-1)
    return number
  }

  // MARK: - Finding a place

  /// The host that a policy picks, or nil if none can take it.
  /// - Parameters:
  ///   - peers: hosts of the same deployment, which do not take another of it.
  ///   - peersInZone: how many of these are in each zone.
  ///   - except: a host that does not take it: the one that is emptied.
  /// - Complexity: the number of classes on the shelves that are looked at.
  package func place<P: PlacementPolicy>(
    _ resources: Resources, by policy: P.Type, peers: [Int32], peersInZone: [Int32],
    except: Int = -1
  ) -> Int? {
    var best = (weight: Int32.min, host: Int32.max)
    let least = HostIndex.shelf(of: resources)
    guard least < shelves.count else { return nil }
    func look(_ shelf: Int) {
      scan(shelf, resources, policy, peers, peersInZone, except, &best)
    }
    switch policy.order {
    case .fewestCores:
      for shelf in least..<shelves.count where best.host == .max { look(shelf) }
    case .mostCores:
      for shelf in (least..<shelves.count).reversed() where best.host == .max { look(shelf) }
    case .firstHost: return firstHost(resources, peers, except)
    case .any: for shelf in least..<shelves.count { look(shelf) }
    }
    return best.host == .max ? nil : Int(best.host)
  }

  @inline(__always)
  private func scan<P: PlacementPolicy>(
    _ number: Int, _ resources: Resources, _ policy: P.Type, _ peers: [Int32],
    _ peersInZone: [Int32], _ except: Int, _ best: inout (weight: Int32, host: Int32)
  ) {
    let shelf = shelves[number]
    // The usual case, in which no host need be asked for its kind.
    let alike: Resources? = capacities.count == 1 ? capacities[0] : nil
    for place in shelf.free.indices where shelf.free[place].holds(resources) {
      let weight = policy.weight(
        left: shelf.free[place] &- resources,
        capacity: alike ?? capacities[shelf.origins[place].kind],
        peers: peersInZone.isEmpty ? 0 : peersInZone[shelf.origins[place].zone])
      guard weight >= best.weight else { continue }
      var host = shelf.first[place]
      guard weight > best.weight || host < best.host else { continue }
      if !peers.isEmpty || except >= 0 {
        guard let other = first(of: Int(shelf.classes[place]), host, peers, except) else {
          continue
        }
        host = other
        guard weight > best.weight || host < best.host else { continue }
      }
      best = (weight, host)
    }
  }

  /// The first host that has room.
  private func firstHost(_ resources: Resources, _ peers: [Int32], _ except: Int) -> Int? {
    guard let rests else { preconditionFailure("hosts are not in the order that the policy wants") }
    var next = rests.first(holding: resources)
    while let host = next, host == except || peers.contains(Int32(host)) {
      next = rests.first(holding: resources, from: host + 1)
    }
    return next
  }

  /// The first host of a class that is no peer.
  private func first(of number: Int, _ start: Int32, _ peers: [Int32], _ except: Int) -> Int32? {
    var next = hosts[number].first(from: Int(start))
    while let host = next, host == except || peers.contains(Int32(host)) {
      next = hosts[number].first(from: host + 1)
    }
    return next.map { Int32($0) }
  }

  /// Why no host takes a machine.
  package func refusal(of resources: Resources, peers: [Int32]) -> PlacementRefusal {
    var most = Resources(repeating: 0)
    for shelf in shelves {
      for free in shelf.free {
        if free.holds(resources) { return .antiAffinity }
        most = pointwiseMax(most, free)
      }
    }
    return most.holds(resources) ? .stranded : .full
  }
}

/// Why a machine was not placed.
package enum PlacementRefusal: String, CaseIterable, Hashable, Sendable, Codable {
  /// No host has as much left of something that it takes.
  case full
  /// Some hosts have the cores and others the memory, and none has both.
  case stranded
  /// Only hosts that have one of the same deployment could take it.
  case antiAffinity = "anti-affinity"
  /// The tenant has as many cores as he may have.
  case quota
  /// The other zones could not take what a zone has any more.
  case failover
  /// What is left was promised to others.
  case promised

  /// What it means, in words.
  package var words: String {
    switch self {
    case .full: "no host had room"
    case .stranded: "some had cores and others memory, none both"
    case .antiAffinity: "only hosts with another of the same deployment had room"
    case .quota: "the tenant had as many cores as he may"
    case .failover: "a zone could not be lost any more"
    case .promised: "what was left was promised to others"
    }
  }
}
