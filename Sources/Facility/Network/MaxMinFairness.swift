import Quantities

/// How flows share links: max-min fair, the rates at which none can have more without taking it from
/// one that has as little.
///
/// What long TCP transfers with equal round trips come near to. It leaves out round trips, loss, and
/// flows so short that they never reach their share.
/// - Source: Bertsekas, Gallager, "Data Networks", 2nd edition, 1992, section 6.5.2 (max-min flow
///   control, progressive filling).
package enum MaxMinFairness {
  /// The rate of each flow.
  ///
  /// All rates rise together until a link is full; its flows stay there, and the others rise on.
  /// - Parameters:
  ///   - capacities: By the number of the link.
  ///   - routes: By the number of the flow, the links that it takes, each once. A flow that takes
  ///     none needs a limit.
  ///   - limits: By the number of the flow, what it wants at most; empty if none has a limit.
  /// - Complexity: hops · log hops for all hops of all flows together.
  package static func rates(
    capacities: [DataRate], routes: [[Int]], limits: [DataRate?] = []
  ) -> [DataRate] {
    var filling = Filling(
      capacities: capacities.map(\.bytesPerSecond), routes: routes,
      limits: limits.map { $0?.bytesPerSecond })
    filling.run()
    return filling.rates.map { DataRate(bytesPerSecond: $0) }
  }
}

/// Progressive filling in the middle of its work.
private struct Filling {
  /// By flow: its rate; negative as long as it rises.
  var rates: [Double]
  private var routes: [[Int]]
  /// By link: what its settled flows leave.
  private var free: [Double]
  /// By link: how many of its flows still rise.
  private var rising: [Int]
  /// By link: its flows.
  private var flows: [[Int]]
  private var heap = ShareHeap()

  init(capacities: [Double], routes: [[Int]], limits: [Double?]) {
    precondition(
      limits.isEmpty || limits.count == routes.count,
      "\(limits.count) limits for \(routes.count) flows")
    self.routes = routes
    free = capacities
    // A limit is a link of the flow's own.
    for (flow, limit) in limits.enumerated() {
      guard let limit else { continue }
      self.routes[flow].append(free.count)
      free.append(limit)
    }
    rates = Array(repeating: -1, count: routes.count)
    rising = Array(repeating: 0, count: free.count)
    flows = Array(repeating: [], count: free.count)
    for (flow, route) in self.routes.enumerated() {
      precondition(!route.isEmpty, "flow \(flow) takes no link and has no limit")
      for link in route {
        rising[link] += 1
        flows[link].append(flow)
      }
    }
  }

  mutating func run() {
    for link in free.indices where rising[link] > 0 { heap.push(share(link), link) }
    while let (known, link) = heap.pop() {
      guard rising[link] > 0 else { continue }
      // Shares only grow as others settle, so an old one is a lower bound: put it back corrected.
      let now = share(link)
      if now > known {
        heap.push(now, link)
      } else {
        settle(link, at: now)
      }
    }
  }

  private func share(_ link: Int) -> Double { max(0, free[link]) / Double(rising[link]) }

  private mutating func settle(_ full: Int, at rate: Double) {
    for flow in flows[full] where rates[flow] < 0 {
      rates[flow] = rate
      for link in routes[flow] {
        free[link] -= rate
        rising[link] -= 1
      }
    }
  }
}

/// Links by their share, least first; equal shares by the number of the link.
private struct ShareHeap {
  private var entries: [(share: Double, link: Int)] = []

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    entries[a].share != entries[b].share
      ? entries[a].share < entries[b].share : entries[a].link < entries[b].link
  }

  mutating func push(_ share: Double, _ link: Int) {
    entries.append((share, link))
    var child = entries.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (share: Double, link: Int)? {
    guard let first = entries.first else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    var parent = 0
    while 2 * parent + 1 < entries.count {
      var child = 2 * parent + 1
      if child + 1 < entries.count, isBefore(child + 1, child) { child += 1 }
      guard isBefore(child, parent) else { break }
      entries.swapAt(parent, child)
      parent = child
    }
    return first
  }
}
