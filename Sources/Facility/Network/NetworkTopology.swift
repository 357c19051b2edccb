import Quantities

/// How hosts are wired, with the counts, the ratio and the routes that follow from it.
package enum NetworkTopology: Hashable, Sendable, Codable {
  /// Hosts on one switch, and one line to the outside.
  case uplink(hosts: Int, hostRate: DataRate, uplinkRate: DataRate)
  /// Hosts on one switch.
  case singleSwitch(hosts: Int, hostRate: DataRate)
  /// Switches for hosts (leaves), each with one line to every switch above (spines).
  case leafSpine(
    leaves: Int, spines: Int, hostsPerLeaf: Int, hostRate: DataRate, spineRate: DataRate)
  /// Equal switches of k ports in three layers: k pods of k/2 edge and k/2 aggregation switches, and
  /// (k/2)² core switches; k is even.
  ///
  /// - Source: Al-Fares, Loukissas, Vahdat, "A Scalable, Commodity Data Center Network
  ///   Architecture", SIGCOMM 2008, section 2.2: k³/4 hosts, 5k²/4 switches.
  case fatTree(ports: Int, rate: DataRate)
}

/// A link that carries one way; a cable is two of them.
package struct NetworkLink: Hashable, Sendable, Codable {
  /// Where it begins.
  package var from: NetworkNode
  /// Where it ends.
  package var to: NetworkNode
  /// What it carries.
  package var capacity: DataRate
}

/// What cables end in, with its number among its kind.
package enum NetworkNode: Hashable, Sendable, Codable {
  case host(Int)
  /// A leaf, or an edge switch of a fat-tree.
  case edge(Int)
  case aggregation(Int)
  /// A spine, or a core switch of a fat-tree.
  case core(Int)
  case outside
}

extension NetworkTopology {
  /// How many hosts there are.
  package var hosts: Int {
    switch self {
    case .uplink(let hosts, _, _), .singleSwitch(let hosts, _): hosts
    case .leafSpine(let leaves, _, let hostsPerLeaf, _, _): leaves * hostsPerLeaf
    case .fatTree(let k, _): k * k * k / 4
    }
  }

  /// How many switches there are.
  package var switches: Int {
    switch self {
    case .uplink, .singleSwitch: 1
    case .leafSpine(let leaves, let spines, _, _, _): leaves + spines
    case .fatTree(let k, _): 5 * k * k / 4
    }
  }

  /// What the hosts of an edge switch can send over what can leave it upwards: 1 is non-blocking.
  package var oversubscription: Double {
    switch self {
    case .uplink(let hosts, let hostRate, let uplinkRate):
      Double(hosts) * hostRate.bytesPerSecond / uplinkRate.bytesPerSecond
    case .singleSwitch, .fatTree: 1
    case .leafSpine(_, let spines, let hostsPerLeaf, let hostRate, let spineRate):
      Double(hostsPerLeaf) * hostRate.bytesPerSecond
        / (Double(spines) * spineRate.bytesPerSecond)
    }
  }

  /// How many ways there are between hosts on different edge switches (of different pods).
  package var paths: Int {
    switch self {
    case .uplink, .singleSwitch: 1
    case .leafSpine(_, let spines, _, _, _): spines
    case .fatTree(let k, _): k * k / 4
    }
  }
}

/// A topology with its links numbered, for flows to be routed over and shared.
package struct Network: Sendable {
  /// What it was built from.
  package let topology: NetworkTopology
  /// The links.
  package private(set) var links: [NetworkLink] = []
  private var numbers: [Ends: Int] = [:]

  private struct Ends: Hashable {
    var from: NetworkNode
    var to: NetworkNode
  }

  /// A network of a topology.
  package init(_ topology: NetworkTopology) {
    self.topology = topology
    switch topology {
    case .uplink(let hosts, let hostRate, let uplinkRate):
      for host in 0..<hosts { connect(.host(host), .edge(0), hostRate) }
      connect(.edge(0), .outside, uplinkRate)
    case .singleSwitch(let hosts, let hostRate):
      for host in 0..<hosts { connect(.host(host), .edge(0), hostRate) }
    case .leafSpine(let leaves, let spines, let hostsPerLeaf, let hostRate, let spineRate):
      for leaf in 0..<leaves {
        for host in 0..<hostsPerLeaf {
          connect(.host(leaf * hostsPerLeaf + host), .edge(leaf), hostRate)
        }
        for spine in 0..<spines { connect(.edge(leaf), .core(spine), spineRate) }
      }
    case .fatTree(let k, let rate): connectFatTree(k, rate)
    }
  }

  private mutating func connectFatTree(_ k: Int, _ rate: DataRate) {
    precondition(k >= 2 && k % 2 == 0, "a fat-tree has switches of 2, 4, 6, … ports, not \(k)")
    let half = k / 2
    for edge in 0..<(k * half) {
      for port in 0..<half {
        connect(.host(edge * half + port), .edge(edge), rate)
        connect(.edge(edge), .aggregation(edge / half * half + port), rate)
      }
    }
    // The j-th aggregation switch of every pod goes to the j-th group of k/2 core switches.
    for aggregation in 0..<(k * half) {
      for port in 0..<half {
        connect(.aggregation(aggregation), .core(aggregation % half * half + port), rate)
      }
    }
  }

  private mutating func connect(_ a: NetworkNode, _ b: NetworkNode, _ rate: DataRate) {
    for (from, to) in [(a, b), (b, a)] {
      numbers[Ends(from: from, to: to)] = links.count
      links.append(NetworkLink(from: from, to: to, capacity: rate))
    }
  }

  /// The number of a link between neighbours.
  package func link(from: NetworkNode, to: NetworkNode) -> Int? {
    numbers[Ends(from: from, to: to)]
  }

  /// The links from one host to another, or to the outside where there is one.
  ///
  /// Among equally short ways `choice` picks one, modulo their number; a hash of the flow spreads
  /// flows as equal-cost multipath does.
  package func route(from source: Int, to target: Int?, choice: Int = 0) -> [Int] {
    let nodes = nodes(from: source, to: target, choice: choice)
    return zip(nodes, nodes.dropFirst()).map { from, to in
      guard let link = link(from: from, to: to) else {
        preconditionFailure("\(from) and \(to) are not connected")
      }
      return link
    }
  }

  private func nodes(from source: Int, to target: Int?, choice: Int) -> [NetworkNode] {
    guard let target else { return [.host(source), .edge(0), .outside] }
    guard source != target else { return [] }
    func ways(_ count: Int) -> Int { (choice % count + count) % count }
    let ends = (NetworkNode.host(source), NetworkNode.host(target))
    switch topology {
    case .uplink, .singleSwitch: return [ends.0, .edge(0), ends.1]
    case .leafSpine(_, let spines, let hostsPerLeaf, _, _):
      let (up, down) = (source / hostsPerLeaf, target / hostsPerLeaf)
      guard up != down else { return [ends.0, .edge(up), ends.1] }
      return [ends.0, .edge(up), .core(ways(spines)), .edge(down), ends.1]
    case .fatTree(let k, _):
      let half = k / 2
      let (up, down) = (source / half, target / half)
      guard up != down else { return [ends.0, .edge(up), ends.1] }
      let (pod, otherPod) = (up / half, down / half)
      guard pod != otherPod else {
        return [ends.0, .edge(up), .aggregation(pod * half + ways(half)), .edge(down), ends.1]
      }
      let core = ways(half * half)
      return [
        ends.0, .edge(up), .aggregation(pod * half + core / half), .core(core),
        .aggregation(otherPod * half + core / half), .edge(down), ends.1,
      ]
    }
  }

  /// The max-min fair rates of flows along routes.
  package func rates(_ routes: [[Int]], limits: [DataRate?] = []) -> [DataRate] {
    MaxMinFairness.rates(capacities: links.map(\.capacity), routes: routes, limits: limits)
  }
}
