/// Hosts by what they have left, so that a place is found without looking at each of them.
///
/// Hosts that have the same left in the same zone share a class; a placement looks at the classes, of which
/// there are as many as there are ways to fill a host with the shapes that are sold, hardly more for a
/// hundred thousand hosts than for a thousand.
package struct HostIndex: Sendable {
  /// What identifies a class.
  private struct Key: Hashable {
    var free: Resources
    var zone: UInt8
  }

  /// By host: what is left, its zone, its class; a negative class for one that is down.
  private(set) var free: [Resources]
  package let zones: [UInt8]
  private var classOfHost: [Int32]
  /// What a host has when it is empty.
  package let capacity: Resources

  private var classOfKey: [Key: Int32] = [:]
  /// By class: its hosts, and its place in the lists below; negative while it is empty.
  private var hosts: [HostSet] = []
  private var keys: [Key] = []
  private var placeOfClass: [Int32] = []

  // The classes that have hosts, field by field: what a placement reads.
  private var activeClasses: [Int32] = []
  private var activeFree: [Resources] = []
  private var activeZones: [UInt8] = []
  private var activeFirst: [Int32] = []

  /// Empty hosts of one kind, in zones.
  package init(capacity: Resources, zones: [UInt8]) {
    self.capacity = capacity
    self.zones = zones
    free = Array(repeating: capacity, count: zones.count)
    classOfHost = Array(repeating: -1, count: zones.count)
    for host in zones.indices { insert(host) }
  }

  /// How many classes have hosts.
  package var classCount: Int { activeClasses.count }

  /// Whether a host is down.
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

  private mutating func move(_ host: Int, to left: Resources) {
    let isUp = classOfHost[host] >= 0
    if isUp { remove(host) }
    free[host] = left
    if isUp { insert(host) }
  }

  /// Lets a host fail, or come back.
  package mutating func setUp(_ isUp: Bool, host: Int) {
    guard isUp == isDown(host) else { return }
    if isUp { insert(host) } else { remove(host) }
  }

  private mutating func insert(_ host: Int) {
    let number = classNumber(Key(free: free[host], zone: zones[host]))
    let index = Int(number)
    hosts[index].insert(host)
    classOfHost[host] = number
    let place = placeOfClass[index]
    if place < 0 {
      placeOfClass[index] = Int32(activeClasses.count)
      activeClasses.append(number)
      activeFree.append(keys[index].free)
      activeZones.append(keys[index].zone)
      activeFirst.append(Int32(host))
    } else if Int32(host) < activeFirst[Int(place)] {
      activeFirst[Int(place)] = Int32(host)
    }
  }

  private mutating func remove(_ host: Int) {
    let index = Int(classOfHost[host])
    hosts[index].remove(host)
    classOfHost[host] = -1
    let place = Int(placeOfClass[index])
    if let first = hosts[index].first() {
      activeFirst[place] = Int32(first)
      return
    }
    placeOfClass[index] = -1
    let last = activeClasses.count - 1
    if place != last {
      activeClasses[place] = activeClasses[last]
      activeFree[place] = activeFree[last]
      activeZones[place] = activeZones[last]
      activeFirst[place] = activeFirst[last]
      placeOfClass[Int(activeClasses[place])] = Int32(place)
    }
    activeClasses.removeLast()
    activeFree.removeLast()
    activeZones.removeLast()
    activeFirst.removeLast()
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
  /// - Complexity: the number of classes.
  package func place<P: PlacementPolicy>(
    _ resources: Resources, by policy: P.Type, peers: [Int32], peersInZone: [Int32],
    except: Int = -1
  ) -> Int? {
    var best = (weight: Int32.min, host: Int32.max)
    for place in activeFree.indices where activeFree[place].holds(resources) {
      let weight = policy.weight(
        left: activeFree[place] &- resources, capacity: capacity,
        peers: peersInZone.isEmpty ? 0 : peersInZone[Int(activeZones[place])])
      guard weight >= best.weight else { continue }
      var host = activeFirst[place]
      guard weight > best.weight || host < best.host else { continue }
      if !peers.isEmpty || except >= 0 {
        guard let other = first(of: place, peers, except) else { continue }
        host = other
        guard weight > best.weight || host < best.host else { continue }
      }
      best = (weight, host)
    }
    return best.host == .max ? nil : Int(best.host)
  }

  /// The first host of a class that is no peer.
  private func first(of place: Int, _ peers: [Int32], _ except: Int) -> Int32? {
    var next = hosts[Int(activeClasses[place])].first(from: Int(activeFirst[place]))
    while let host = next, host == except || peers.contains(Int32(host)) {
      next = hosts[Int(activeClasses[place])].first(from: host + 1)
    }
    return next.map { Int32($0) }
  }

  /// Why no host takes a machine.
  package func refusal(of resources: Resources, peers: [Int32]) -> PlacementRefusal {
    var most = Resources(repeating: 0)
    for free in activeFree {
      if free.holds(resources) { return .antiAffinity }
      most = pointwiseMax(most, free)
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

  /// What it means, in words.
  package var words: String {
    switch self {
    case .full: "no host had room"
    case .stranded: "some had cores and others memory, none both"
    case .antiAffinity: "only hosts with another of the same deployment had room"
    }
  }
}
