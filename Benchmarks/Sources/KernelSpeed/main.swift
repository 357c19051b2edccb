import Quantities
import Randomness
import SimulationKernel

/// Usage: KernelSpeed queue CUSTOMERS SERVERS | KernelSpeed hold PENDING HOLDS
let arguments = CommandLine.arguments
guard arguments.count == 4, let first = Int(arguments[2]), let second = Int(arguments[3]) else {
  print("usage: KernelSpeed queue CUSTOMERS SERVERS | KernelSpeed hold PENDING HOLDS")
  throw UsageError()
}

struct UsageError: Error {}

func seconds(_ work: () -> Void) -> Double {
  let clock = ContinuousClock()
  let elapsed = clock.measure(work)
  return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
}

switch arguments[1] {
case "queue": measureQueue(customers: first, servers: second)
case "hold": measureHold(pending: first, holds: second)
default: throw UsageError()
}

func measureQueue(customers: Int, servers: Int) {
  var simulation = Simulation(
    model: ServerQueue(servers: servers, customers: customers), start: .origin)
  simulation.schedule.at(.origin, .arrival)
  var events = 0
  let wall = seconds {
    while true {
      let handled = simulation.advance(to: .distantFuture, budget: 1 << 15)
      events += handled
      if handled < 1 << 15 { break }
    }
  }
  let model = simulation.model
  let wait = model.waits.estimate?.value ?? 0
  let p99 = model.responses.estimate(0.99)?.value ?? 0
  let utilization =
    (model.busy.mean(until: simulation.schedule.now) ?? 0) / Double(servers)
  print(
    "swift kernel c=\(servers) N=\(customers) events=\(events) wall=\(wall)s"
      + " ev/s=\(Int(Double(events) / wall)) Wq=\(wait) p99=\(p99) utilization=\(utilization)")
}

/// The hold model: with so many events pending, take the first and put it back later.
func measureHold(pending: Int, holds: Int) {
  let draws = RandomStream(seed: 7, name: "hold").entity(0)
  var queue = EventQueue<Int32>()
  for index in 0..<pending {
    queue.push(Int32(index), due: .origin + .seconds(draws.exponential(index)))
  }
  var last = Moment.origin
  let wall = seconds {
    for hold in 0..<holds {
      guard let next = queue.popFirst(before: .distantFuture) else { break }
      last = next.due
      queue.push(next.event, due: next.due + .seconds(draws.exponential(pending &+ hold)))
    }
  }
  print(
    "swift hold n=\(pending) H=\(holds) wall=\(wall)s holds/s=\(Int(Double(holds) / wall))"
      + " t=\((last - .origin).seconds)")
}
