import Quantities
import Randomness

/// Who sends to whom, all beginning at once.
package enum TrafficPattern: String, Hashable, Sendable, Codable, CaseIterable {
  /// Each host sends to one other, and receives from one, at random.
  case pairs
  /// Each host of the first half sends to one of the second, as far away as it gets.
  case halves
  /// Every host sends to the first: replies that come all at once.
  case incast
  /// Every host sends to every other, as a sort does.
  case shuffle
  /// Every host sends to the world outside.
  case outside
}

/// How flows pick one of several equally short ways.
package enum RouteChoice: String, Hashable, Sendable, Codable, CaseIterable {
  /// By a hash of who talks to whom, as switches do: sometimes two meet on one link while another idles.
  case hash
  /// In turn, as a planner would.
  case even
}

/// Flows of equal size over a network: at what rates they begin, and when each is through.
package struct FlowExperiment: Hashable, Sendable, Codable {
  /// How hosts are wired.
  package var topology: NetworkTopology
  /// Who sends to whom.
  package var pattern: TrafficPattern
  /// How flows pick their ways.
  package var choice: RouteChoice
  /// What each flow has to bring over.
  package var size: DataSize
  /// How many spines or core switches are down.
  package var switchesDown: Int
  /// The seed of pairs and hashes.
  package var seed: UInt64

  /// An experiment as given.
  package init(
    topology: NetworkTopology, pattern: TrafficPattern, choice: RouteChoice = .hash, size: DataSize,
    switchesDown: Int = 0, seed: UInt64
  ) {
    self.topology = topology
    self.pattern = pattern
    self.choice = choice
    self.size = size
    self.switchesDown = switchesDown
    self.seed = seed
  }

  /// `Chosen:` as many flows as are shared out within seconds.
  package static let flowsMax = 4_096

  /// What came of it.
  package struct Result: Hashable, Sendable {
    /// The rate of each flow while all are under way.
    package var rates: [DataRate]
    /// The same if nothing but the hosts' own links were in the way.
    package var idealRates: [DataRate]
    /// When each flow is through.
    package var finished: [TimeSpan]
    /// The links that are full at the beginning, by their numbers.
    package var fullLinks: [Int]
    /// The network.
    package var links: [NetworkLink]
  }
}

/// Why flows cannot be tried.
package enum FlowError: Error, Hashable, Sendable {
  /// There are too many or too few flows.
  case flowsOutOfRange(Int, most: Int)
  /// Nothing leads outside.
  case noOutside
  /// There are not so many switches to be down while some stay up.
  case tooManyDown(Int, of: Int)
}

extension FlowExperiment {
  /// The ways that are left of those that spread over spines or core switches.
  private var waysLeft: Int { topology.paths - switchesDown }

  /// Checks that the experiment makes sense.
  /// - Throws: `FlowError`.
  package func validate() throws(FlowError) {
    let count = flowCount
    guard (1...FlowExperiment.flowsMax).contains(count) else {
      throw .flowsOutOfRange(count, most: FlowExperiment.flowsMax)
    }
    if pattern == .outside {
      guard case .uplink = topology else { throw .noOutside }
    }
    guard switchesDown == 0 || switchesDown < topology.paths else {
      throw .tooManyDown(switchesDown, of: topology.paths)
    }
  }

  private var flowCount: Int {
    let hosts = topology.hosts
    switch pattern {
    case .pairs: return hosts > 1 ? hosts : 0
    case .halves: return hosts / 2
    case .incast: return hosts - 1
    case .shuffle:
      let (product, isTooLarge) = hosts.multipliedReportingOverflow(by: hosts - 1)
      return isTooLarge ? .max : product
    case .outside: return hosts
    }
  }

  /// Who sends to whom; nil for the world outside.
  var flows: [(source: Int, target: Int?)] {
    let hosts = topology.hosts
    switch pattern {
    case .pairs:
      // A random circle: everybody sends to the next in it, nobody to himself.
      let draws = RandomStream(seed: seed, name: "flow pairs").entity(0)
      var circle = Array(0..<hosts)
      for last in stride(from: hosts - 1, to: 0, by: -1) {
        circle.swapAt(last, min(last, Int(draws.uniform(last) * Double(last + 1))))
      }
      return circle.indices.map { (circle[$0], circle[($0 + 1) % hosts]) }
        .sorted { $0.0 < $1.0 }
    case .halves: return (0..<(hosts / 2)).map { ($0, $0 + hosts - hosts / 2) }
    case .incast: return (1..<hosts).map { ($0, 0) }
    case .shuffle:
      return (0..<hosts).flatMap { source in
        (0..<hosts).filter { $0 != source }.map { (source, $0) }
      }
    case .outside: return (0..<hosts).map { ($0, nil) }
    }
  }

  /// Lets the flows run until all are through.
  ///
  /// Rates are max-min fair at each moment; they change when a flow is through, for those that are left.
  /// - Parameter checkpoint: called each time that rates change.
  /// - Throws: `FlowError`, what `checkpoint` throws.
  package func run(checkpoint: () throws -> Void) throws -> Result {
    try validate()
    let network = Network(topology)
    let hashes = RandomStream(seed: seed, name: "flow routes")
    let flows = flows
    let routes = flows.enumerated().map { index, flow -> [Int] in
      let way =
        choice == .even
        ? index % waysLeft
        : min(waysLeft - 1, Int(hashes.entity(index).uniform(0) * Double(waysLeft)))
      return network.route(from: flow.source, to: flow.target, choice: way)
    }
    let rates = network.rates(routes)
    let ownLinks = routes.map { route in
      route.filter { network.links[$0].from.isHost || network.links[$0].to.isHost }
    }
    return Result(
      rates: rates, idealRates: network.rates(ownLinks),
      finished: try finish(network, routes, rates, checkpoint),
      fullLinks: fullLinks(network, routes, rates), links: network.links)
  }

  private func finish(
    _ network: Network, _ routes: [[Int]], _ first: [DataRate], _ checkpoint: () throws -> Void
  ) throws -> [TimeSpan] {
    var left = Array(repeating: size.bytes, count: routes.count)
    var finished = Array(repeating: TimeSpan.zero, count: routes.count)
    var running = Array(routes.indices)
    var rates = first.map(\.bytesPerSecond)
    var elapsed = 0.0
    while !running.isEmpty {
      try checkpoint()
      let shortest = zip(running, rates).map { left[$0] / $1 }.min() ?? 0
      elapsed += shortest
      var rest: [Int] = []
      for (flow, rate) in zip(running, rates) {
        left[flow] -= rate * shortest
        // Equal flows are through together, whatever rounding makes of the last byte.
        if left[flow] <= 1e-9 * size.bytes {
          finished[flow] = .seconds(elapsed)
        } else {
          rest.append(flow)
        }
      }
      running = rest
      rates = network.rates(running.map { routes[$0] }).map(\.bytesPerSecond)
    }
    return finished
  }

  private func fullLinks(_ network: Network, _ routes: [[Int]], _ rates: [DataRate]) -> [Int] {
    var used = Array(repeating: 0.0, count: network.links.count)
    for (route, rate) in zip(routes, rates) {
      for link in route { used[link] += rate.bytesPerSecond }
    }
    return used.indices.filter {
      used[$0] > 0 && used[$0] >= network.links[$0].capacity.bytesPerSecond * (1 - 1e-9)
    }
  }
}

extension NetworkNode {
  /// Whether it is a host.
  package var isHost: Bool {
    if case .host = self { return true }
    return false
  }
}
