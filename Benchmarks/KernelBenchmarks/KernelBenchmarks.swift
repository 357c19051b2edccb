import Benchmark
import KernelModels

let benchmarks: @Sendable () -> Void = {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], maxDuration: .seconds(5), maxIterations: 20)

  for servers in [1, 2, 10] {
    Benchmark("M/M/\(servers), a million customers", configuration: configuration) { _ in
      blackHole(Workload.queue(customers: 1_000_000, servers: servers))
    }
  }
  for pending in [1_000, 1_000_000] {
    Benchmark("a million pops and pushes, \(pending) pending", configuration: configuration) {
      benchmark in
      var queue = Workload.pendingEvents(pending)
      benchmark.startMeasurement()
      blackHole(Workload.hold(&queue, times: 1_000_000))
      benchmark.stopMeasurement()
    }
  }
}
