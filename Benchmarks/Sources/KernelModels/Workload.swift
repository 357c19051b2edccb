import Quantities
import Randomness
import SimulationKernel

/// What is measured: each runs one concrete model in one call, as a command does.
public enum Workload {
  /// What a run of M/M/c at 80 % load gave.
  public struct QueueRun: Sendable {
    /// How many events were handled.
    public let events: Int
    /// The mean wait, with its interval.
    public let wait: Estimate
    /// The 99th percentile of the response, with its interval.
    public let response99: Estimate
    /// The share of the servers at work.
    public let utilization: Double
  }

  /// M/M/c, first come, first served, with all statistics on; nil if nobody was served.
  public static func queue(customers: Int, servers: Int, seed: UInt64 = 1) -> QueueRun? {
    var simulation = Simulation(
      model: ServerQueue(servers: servers, customers: customers, seed: seed), start: .origin)
    simulation.schedule.at(.origin, .arrival)
    let slice = 1 << 15
    var events = 0
    while true {
      let handled = simulation.advance(to: .distantFuture, budget: slice)
      events += handled
      if handled < slice { break }
    }
    simulation.model.closeBatch()
    let model = simulation.model
    guard let wait = model.waits.estimate, let response99 = model.responses.estimate(0.99),
      let busy = model.busy.mean(until: simulation.schedule.now)
    else { return nil }
    return QueueRun(
      events: events, wait: wait, response99: response99, utilization: busy / Double(servers))
  }

  /// A queue with so many events pending.
  public static func pendingEvents(_ count: Int) -> EventQueue<Int32> {
    let draws = RandomStream(seed: 7, name: "hold").entity(0)
    var queue = EventQueue<Int32>()
    for index in 0..<count {
      queue.push(Int32(index), due: .origin + .seconds(draws.exponential(index)))
    }
    return queue
  }

  /// The hold model: take the first event and put it back later, so many times.
  public static func hold(_ queue: inout EventQueue<Int32>, times: Int) -> Moment {
    let draws = RandomStream(seed: 8, name: "hold").entity(0)
    var last = Moment.origin
    for hold in 0..<times {
      guard let next = queue.popFirst(before: .distantFuture) else { break }
      last = next.due
      queue.push(next.event, due: next.due + .seconds(draws.exponential(hold)))
    }
    return last
  }
}
