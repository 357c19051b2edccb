import KernelModels
import Quantities

// One number a process, so that Benchmarks/compare can alternate with the C++ peers.

struct UsageError: Error {}

let usage = """
  usage: KernelSpeed queue CUSTOMERS SERVERS
         KernelSpeed hold PENDING HOLDS
         KernelSpeed coverage SEEDS CUSTOMERS
  """

func seconds(_ work: () -> Void) -> Double {
  let elapsed = ContinuousClock().measure(work).components
  return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
}

func measureQueue(customers: Int, servers: Int) {
  var run: Workload.QueueRun?
  let wall = seconds { run = Workload.queue(customers: customers, servers: servers) }
  guard let run else { return }
  print(
    "swift queue c=\(servers) N=\(customers) events=\(run.events) wall=\(wall)s"
      + " ev/s=\(Int(Double(run.events) / wall)) wait=\(run.wait.value)"
      + " p99=\(run.response99.value) utilization=\(run.utilization)")
}

func measureHold(pending: Int, holds: Int) {
  var queue = Workload.pendingEvents(pending)
  var last = Moment.origin
  let wall = seconds { last = Workload.hold(&queue, times: holds) }
  print(
    "swift hold n=\(pending) H=\(holds) wall=\(wall)s holds/s=\(Int(Double(holds) / wall))"
      + " t=\((last - .origin).seconds)")
}

/// How often the interval of the mean wait in M/M/1 at 80 % load covers the truth, 4.
///
/// It should be 95 %, give or take sampling error: 1.5 points with 200 seeds.
func measureCoverage(seeds: Int, customers: Int) {
  var covered = 0
  var refused = 0
  var halfWidths = 0.0
  var covered99 = 0
  for seed in 0..<seeds {
    let run = Workload.queue(customers: customers, servers: 1, seed: UInt64(seed) &+ 1_000)
    guard let wait = run?.wait, let halfWidth = wait.halfWidth else {
      refused += 1
      continue
    }
    halfWidths += halfWidth
    if abs(wait.value - 4) <= halfWidth { covered += 1 }
    // The response is exponential with mean 5, so its 99th percentile is 5 · ln 100.
    if let p99 = run?.response99, let low = p99.low, let high = p99.high, low <= 23.0259,
      23.0259 <= high
    {
      covered99 += 1
    }
  }
  print(
    "coverage N=\(customers) seeds=\(seeds) covered=\(100 * Double(covered) / Double(seeds))%"
      + " refused=\(refused) mean half-width=\(halfWidths / Double(max(seeds - refused, 1)))"
      + " p99 covered=\(100 * Double(covered99) / Double(seeds))%")
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let first = Int(arguments[2]), let second = Int(arguments[3]) else {
  print(usage)
  throw UsageError()
}
switch arguments[1] {
case "queue": measureQueue(customers: first, servers: second)
case "hold": measureHold(pending: first, holds: second)
case "coverage": measureCoverage(seeds: first, customers: second)
default:
  print(usage)
  throw UsageError()
}
