import Quantities
import Randomness
import Testing

@testable import Facility

@Suite struct MaxMinFairnessTests {
  private func rates(
    _ capacities: [Double], _ routes: [[Int]], limits: [Double?] = []
  ) -> [Double] {
    MaxMinFairness.rates(
      capacities: capacities.map { DataRate(bytesPerSecond: $0) }, routes: routes,
      limits: limits.map { $0.map { DataRate(bytesPerSecond: $0) } }
    ).map(\.bytesPerSecond)
  }

  @Test func `one link is shared equally`() {
    #expect(rates([12], [[0], [0], [0]]) == [4, 4, 4])
  }

  @Test func `a flow over two links is held by the fuller one`() {
    // Link 0 gives 5 to each of its two; link 1 has 20 − 5 left for one, by hand.
    #expect(rates([10, 20], [[0, 1], [0], [1]]) == [5, 5, 15])
  }

  @Test func `a flow that wants less leaves the rest to the others`() {
    #expect(rates([12], [[0], [0], [0]], limits: [2, nil, nil]) == [2, 5, 5])
    #expect(rates([12], [[]], limits: [7]) == [7])
  }

  /// The textbook's algorithm as it is written: all rates rise by the same step until a link is full.
  private func naive(_ capacities: [Double], _ routes: [[Int]]) -> [Double] {
    var rates = [Double](repeating: 0, count: routes.count)
    var rising = Set(routes.indices)
    var full = Set<Int>()
    while !rising.isEmpty {
      var step = Double.infinity
      var next: [Int] = []
      for link in capacities.indices where !full.contains(link) {
        let count = rising.count { routes[$0].contains(link) }
        guard count > 0 else { continue }
        let used = routes.indices.reduce(0.0) { $0 + (routes[$1].contains(link) ? rates[$1] : 0) }
        let share = (capacities[link] - used) / Double(count)
        if share < step - 1e-12 {
          (step, next) = (share, [link])
        } else if share < step + 1e-12 {
          next.append(link)
        }
      }
      for flow in rising { rates[flow] += step }
      full.formUnion(next)
      rising = rising.filter { flow in !routes[flow].contains { full.contains($0) } }
    }
    return rates
  }

  /// A random case: links of 1 to 100, flows over 1 to 6 of them.
  private func randomCase(_ number: Int) -> (capacities: [Double], routes: [[Int]]) {
    let draws = RandomStream(seed: 4, name: "graphs").entity(number)
    let links = 2 + Int(draws.uniform(0) * 20)
    let capacities = (0..<links).map { 1 + 99 * draws.uniform(100 + $0) }
    let routes = (0..<(1 + Int(draws.uniform(1) * 40))).map { flow -> [Int] in
      let hops = 1 + Int(draws.uniform(1_000 + flow) * Double(min(6, links)))
      return Array(
        Set((0..<hops).map { Int(draws.uniform(2_000 + flow * 10 + $0) * Double(links)) })
      )
      .sorted()
    }
    return (capacities, routes)
  }

  @Test(arguments: 0..<60)
  func `random graphs are shared as the naive solver and the definition say`(number: Int) {
    let (capacities, routes) = randomCase(number)
    let rates = rates(capacities, routes)
    for (fast, slow) in zip(rates, naive(capacities, routes)) {
      #expect(abs(fast - slow) < 1e-9 * max(1, slow))
    }
    var used = [Double](repeating: 0, count: capacities.count)
    for (flow, route) in routes.enumerated() { for link in route { used[link] += rates[flow] } }
    for link in capacities.indices { #expect(used[link] <= capacities[link] * (1 + 1e-12)) }
    // Max-min: every flow has a link that is full and on which none has more than it.
    for (flow, route) in routes.enumerated() {
      let hasBottleneck = route.contains { link in
        used[link] >= capacities[link] * (1 - 1e-9)
          && routes.indices.allSatisfy {
            !routes[$0].contains(link) || rates[$0] <= rates[flow] * (1 + 1e-9)
          }
      }
      #expect(hasBottleneck, "flow \(flow) of case \(number)")
    }
  }
}

@Suite struct NetworkTopologyTests {
  private let gigabit = DataRate.bitsPerSecond(1e9)

  /// Al-Fares, Loukissas, Vahdat 2008: k = 48 serves 27,648 hosts with 2,880 switches.
  @Test(arguments: [(4, 16, 20), (8, 128, 80), (48, 27_648, 2_880)])
  func `a fat-tree has the published numbers`(ports: Int, hosts: Int, switches: Int) {
    let tree = NetworkTopology.fatTree(ports: ports, rate: gigabit)
    #expect(tree.hosts == hosts)
    #expect(tree.switches == switches)
    #expect(tree.oversubscription == 1)
  }

  @Test(arguments: [2, 4, 8])
  func `a fat-tree's switches all use k ports`(k: Int) {
    let network = Network(.fatTree(ports: k, rate: gigabit))
    var ports: [NetworkNode: Int] = [:]
    for link in network.links { ports[link.from, default: 0] += 1 }
    for (node, count) in ports {
      if case .host = node { #expect(count == 1) } else { #expect(count == k) }
    }
    // k³/4 cables on each of three layers, both ways.
    #expect(network.links.count == 2 * 3 * k * k * k / 4)
  }

  @Test func `every route leads from link to link`() {
    let topologies: [NetworkTopology] = [
      .singleSwitch(hosts: 6, hostRate: gigabit), .fatTree(ports: 4, rate: gigabit),
      .leafSpine(leaves: 3, spines: 2, hostsPerLeaf: 4, hostRate: gigabit, spineRate: gigabit),
    ]
    for topology in topologies {
      let network = Network(topology)
      for source in 0..<topology.hosts {
        for target in 0..<topology.hosts where target != source {
          for choice in 0..<topology.paths {
            let route = network.route(from: source, to: target, choice: choice)
            #expect(network.links[route[0]].from == .host(source))
            #expect(network.links[route[route.count - 1]].to == .host(target))
            for (first, second) in zip(route, route.dropFirst()) {
              #expect(network.links[first].to == network.links[second].from)
            }
          }
        }
      }
    }
  }

  @Test func `48 hosts at 10 over 4 lines of 40 are oversubscribed three to one`() {
    let topology = NetworkTopology.leafSpine(
      leaves: 2, spines: 4, hostsPerLeaf: 48, hostRate: .bitsPerSecond(10e9),
      spineRate: .bitsPerSecond(40e9))
    #expect(topology.oversubscription == 3)
    // Every host of a leaf sends to its twin on the other: a third of 10 Gbit/s each.
    let network = Network(topology)
    let routes = (0..<48).map { network.route(from: $0, to: $0 + 48, choice: $0) }
    for rate in network.rates(routes) {
      #expect(abs(rate.bitsPerSecond - 10e9 / 3) < 1)
    }
  }

  @Test func `a fat-tree carries a permutation at full rate if no two flows meet`() {
    // Pod to pod: host h goes to h + 4. Its port picks the aggregation switch, its edge switch the
    // core switch above, so the two bits of its number change places.
    let network = Network(.fatTree(ports: 4, rate: gigabit))
    let routes = (0..<16).map {
      network.route(from: $0, to: ($0 + 4) % 16, choice: $0 % 2 * 2 + $0 / 2 % 2)
    }
    #expect(network.rates(routes).allSatisfy { abs($0.bitsPerSecond - 1e9) < 1 })
    // All over one core switch: four flows of a pod share one line up.
    let crowded = (0..<16).map { network.route(from: $0, to: ($0 + 4) % 16, choice: 0) }
    #expect(network.rates(crowded).allSatisfy { abs($0.bitsPerSecond - 0.25e9) < 1 })
  }

  @Test func `an uplink is shared by all who use it`() {
    let topology = NetworkTopology.uplink(
      hosts: 20, hostRate: .bitsPerSecond(100e6), uplinkRate: .bitsPerSecond(1.536e6))
    #expect(abs(topology.oversubscription - 2_000 / 1.536) < 1e-9)
    let network = Network(topology)
    let routes = [0, 1, 2].map { network.route(from: $0, to: nil) }
    #expect(network.rates(routes).allSatisfy { abs($0.bitsPerSecond - 512_000) < 1e-3 })
  }
}
