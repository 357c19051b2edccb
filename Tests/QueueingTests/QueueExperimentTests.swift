import Quantities
import SimulationKernel
import Testing

@testable import Queueing

@Suite struct QueueExperimentTests {
  func run(_ parameters: QueueParameters) throws -> QueueResult {
    try QueueExperiment(parameters).run {}
  }

  /// Whether the truth lies within 1.6 half-widths, which a right model misses once in 700 runs.
  func agrees(_ estimate: Estimate?, _ truth: Double, slack: Double = 0) -> Bool {
    guard let estimate, let halfWidth = estimate.halfWidth else { return false }
    return abs(estimate.value - truth) <= 1.6 * halfWidth + slack
  }

  func queue(
    _ rate: Double = 0.8, servers: Int = 1, customers: Int = 60_000,
    law: ServiceLaw = .exponential, cv: Double? = nil, discipline: QueueDiscipline = .fcfs,
    capacity: Int? = nil, patience: TimeSpan? = nil
  ) -> QueueParameters {
    QueueParameters(
      arrivalRate: rate, serviceRate: 1, servers: servers, customers: customers, law: law,
      coefficientOfVariation: cv, discipline: discipline, capacity: capacity, patience: patience,
      seed: 20)
  }

  @Test func `M/M/1 at 80 % load waits 4 and responds in 5`() throws {
    let result = try run(queue(customers: 200_000))
    #expect(agrees(result.measured.waitMean, 4))
    #expect(agrees(result.measured.responseMean, 5))
    // −5 ln(1 − p), within the sketch's 1 %.
    #expect(agrees(result.measured.responseP50, 3.4657, slack: 0.035))
    #expect(agrees(result.measured.responseP95, 14.9787, slack: 0.15))
    #expect(agrees(result.measured.responseP99, 23.0259, slack: 0.23))
    #expect(agrees(result.measured.utilization, 0.8))
    #expect(result.measured.lostShare.value == 0)
    #expect(result.events == 400_000)
  }

  @Test(arguments: [(2, 1.77777778), (4, 0.74554059), (10, 0.20459008)])
  func `more servers wait less at the same load`(servers: Int, wait: Double) throws {
    let result = try run(queue(0.8 * Double(servers), servers: servers))
    #expect(agrees(result.measured.waitMean, wait))
    #expect(agrees(result.measured.utilization, 0.8))
  }

  @Test func `M/D/1 at 80 % load waits 2`() throws {
    #expect(agrees(try run(queue(law: .deterministic)).measured.waitMean, 2))
  }

  /// ρ(1 + cv²)/2/(1 − ρ) by hand at ρ = 0.6.
  @Test(arguments: [
    (ServiceLaw.erlang, 0.5, 0.9375), (.hyperexponential, 2, 3.75), (.lognormal, 1.5, 2.4375),
  ])
  func `M/G/1 waits by mean and cv alone`(law: ServiceLaw, cv: Double, wait: Double) throws {
    let result = try run(queue(0.6, customers: 100_000, law: law, cv: cv))
    #expect(agrees(result.measured.waitMean, wait))
  }

  /// x/(1 − ρ) for every law: a response of 5 at ρ = 0.8, and M/M/2's 2.7778.
  @Test(arguments: [ServiceLaw.exponential, .deterministic, .hyperexponential])
  func `processor sharing does not care about the law`(law: ServiceLaw) throws {
    let one = try run(queue(customers: 80_000, law: law, discipline: .ps))
    #expect(agrees(one.measured.responseMean, 5))
    let two = try run(queue(1.6, servers: 2, law: law, discipline: .ps))
    #expect(agrees(two.measured.responseMean, 2.77777778))
  }

  /// The first case is 15 lines at a loss of 1 %, published.
  @Test(arguments: [ServiceLaw.exponential, .lognormal, .deterministic])
  func `lines without a queue lose what Erlang says, whatever the law`(law: ServiceLaw) throws {
    let result = try run(queue(8.108, servers: 15, law: law, capacity: 15))
    #expect(agrees(result.measured.lostShare, 0.01))
    #expect(result.measured.waitMean?.value == 0)
    // Carried load: 8.108 · 0.99 over 15.
    #expect(agrees(result.measured.utilization, 0.535128))
  }

  @Test(arguments: [QueueDiscipline.fcfs, .ps])
  func `an overload with places loses the excess`(discipline: QueueDiscipline) throws {
    // M/M/1/3 at ρ = 2: 8/15 lost, by hand from 1 : 2 : 4 : 8.
    let result = try run(queue(2, discipline: discipline, capacity: 3))
    #expect(agrees(result.measured.lostShare, 8.0 / 15))
    #expect(agrees(result.measured.utilization, 14.0 / 15))
  }

  @Test(arguments: [QueueDiscipline.fcfs, .ps])
  func `impatience agrees with the birth–death chain`(discipline: QueueDiscipline) throws {
    let result = try run(
      queue(2.5, servers: 2, discipline: discipline, patience: .seconds(2)))
    #expect(agrees(result.measured.lostShare, try #require(result.theory.lostShare).value))
    #expect(agrees(result.measured.utilization, try #require(result.theory.utilization).value))
    if let wait = result.theory.waitMean { #expect(agrees(result.measured.waitMean, wait.value)) }
  }

  @Test func `one server and customers as impatient as it is quick lose 1/e`() throws {
    let result = try run(queue(1, customers: 100_000, patience: .seconds(1)))
    #expect(agrees(result.measured.lostShare, 0.36787944))
  }

  @Test(arguments: [QueueDiscipline.fcfs, .ps])
  func `places and patience combine`(discipline: QueueDiscipline) throws {
    let result = try run(
      queue(4, servers: 2, discipline: discipline, capacity: 5, patience: .seconds(1)))
    #expect(agrees(result.measured.lostShare, try #require(result.theory.lostShare).value))
    if let wait = result.theory.waitMean { #expect(agrees(result.measured.waitMean, wait.value)) }
  }

  @Test(arguments: [1, 3])
  func `both disciplines do the same work for the same customers`(servers: Int) throws {
    let rate = 0.7 * Double(servers)
    let inOrder = try run(queue(rate, servers: servers, law: .lognormal))
    let shared = try run(queue(rate, servers: servers, law: .lognormal, discipline: .ps))
    // Each departure is up to 2 ns late in processor sharing.
    #expect(abs(inOrder.busyTime - shared.busyTime) < 60_000 * 2e-9 * 1.01)
    if servers == 1 {
      let late = (shared.duration - inOrder.duration).nanoseconds
      #expect((0...120_000).contains(late))
    }
  }

  @Test func `another server changes no customer`() throws {
    let few = try run(queue(0.8, customers: 20_000, law: .erlang))
    let many = try run(queue(0.8, servers: 4, customers: 20_000, law: .erlang))
    #expect(few.busyTime == many.busyTime)
    #expect(try #require(many.measured.waitMean).value < 0.05)
  }

  @Test func `the same seed gives the same result, another seed another`() throws {
    var other = queue(customers: 5_000)
    let result = try run(other)
    #expect(try run(queue(customers: 5_000)) == result)
    other.seed = 21
    #expect(try run(other).measured != result.measured)
  }

  @Test func `a short run has values but no intervals, and says what it needs`() throws {
    let result = try run(queue(0.95, customers: 20_000))
    let wait = try #require(result.measured.waitMean)
    #expect(wait.low == nil)
    // 1,000 relaxation times of 2/(1 − ρ)² = 800 customers, and 5 % warm-up.
    #expect(result.customersForIntervals == 843_000)
    #expect(try run(queue(customers: 60_000)).customersForIntervals == nil)
  }

  @Test(arguments: [QueueDiscipline.fcfs, .ps])
  func `queues at the edge of what is allowed come to an end`(discipline: QueueDiscipline) throws {
    // Nearly unstable; years of service with the heaviest tail; microseconds.
    var edge = queue(1 - 1e-12, customers: 2_000, discipline: discipline)
    #expect(try #require(run(edge).customersForIntervals) > 1_000_000_000)
    edge = queue(
      1e-3, customers: 2_000, law: .lognormal, cv: 20, discipline: discipline, capacity: 900)
    edge.serviceRate = 1 / 1.5e6
    #expect(try run(edge).measured.lostShare.value > 0.5)
    edge = queue(9e6, customers: 2_000, discipline: discipline)
    edge.serviceRate = 1e7
    #expect(abs(try run(edge).measured.utilization.value - 0.9) < 0.3)
  }

  @Test func `a stop at a checkpoint ends the run`() throws {
    struct Stopped: Error {}
    var checkpoints = 0
    let experiment = try QueueExperiment(queue())
    #expect(throws: Stopped.self) {
      try experiment.run {
        checkpoints += 1
        if checkpoints == 3 { throw Stopped() }
      }
    }
    #expect(checkpoints == 3)
  }
}
