import Quantities
import SimulationKernel
import Testing

@testable import Cloud

@Suite("Spot machines")
struct SpotTests {
  private static let host = Resources(cores: 32, memoryGB: 160, diskGB: 8_000, megabits: 10_000)

  private func parameters(
    spot: Double, load: Double = 0.85, policy: Policy = .bestFit, seed: UInt64 = 1
  ) -> CloudParameters {
    var parameters = CloudParameters(
      hosts: 100, capacity: Self.host, days: 8, load: load, arrivals: 2_000, policy: policy,
      failuresPerYear: 2, maintenanceDays: 5, plant: .hall, seed: seed)
    parameters.spot = spot
    return parameters
  }

  /// A run that is looked at after each event.
  private func watch<P: PlacementPolicy>(
    _ parameters: CloudParameters, _ policy: P.Type, shapes: [VirtualShape],
    look: (_ before: CloudTally, _ model: CloudModel<P>) -> Void
  ) -> CloudModel<P> {
    let start = Moment(year: 2007, month: 1, day: 1)
    var simulation = Simulation(
      model: CloudModel<P>(parameters, shapes: shapes), start: start)
    simulation.model.start(&simulation.schedule) {}
    let end = start + .days(parameters.days)
    var before = simulation.model.tally
    while simulation.advance(to: end, budget: 1) == 1 {
      look(before, simulation.model)
      before = simulation.model.tally
    }
    simulation.model.settle(at: end)
    return simulation.model
  }

  @Test(
    "never exceed a host, are all accounted for, and leave the books of others in order",
    arguments: Policy.allCases, [nil, GenerationPlan.replacing(3)])
  func laws(policy: Policy, generations: GenerationPlan?) {
    var parameters = parameters(spot: 0.6, policy: policy)
    parameters.generations = generations
    if generations != nil { parameters.failuresPerYear = 8 }
    parameters.outage = .init(zone: 1, begins: .days(3), lasts: .hours(6))
    func run<P: PlacementPolicy>(_ type: P.Type) {
      var events = 0
      let model = watch(parameters, type, shapes: VirtualShape.usual) { _, model in
        events += 1
        guard events % 499 == 0 else { return }
        #expect(model.faults == [], "event \(events)")
      }
      #expect(model.faults == [])
      // All that the laws are about has happened.
      let spot = model.tally.spot
      #expect(spot.interrupted > 0 && spot.departed > 0 && spot.lost > 0 && spot.refused > 0)
      #expect(spot.waited > 0 && model.tally.restarted > 0 && model.tally.migrated > 0)
      #expect((model.tally.retirement.hosts > 0) == (generations != nil))
    }
    switch policy {
    case .firstFit: run(FirstFit.self)
    case .bestFit: run(BestFit.self)
    case .worstFit: run(WorstFit.self)
    case .balanced: run(BalancedFit.self)
    case .spread: run(Spread.self)
    }
  }

  // With one shape, a refusal for lack of room has to find no host with that much beside what is paid.
  @Test("hold no room that somebody who pays in full is refused for")
  func promise() {
    let shape = VirtualShape(
      id: "only", resources: Resources(cores: 4, memoryGB: 16, diskGB: 40, megabits: 400),
      weight: 1)
    var refusals = 0
    let model = watch(parameters(spot: 1, load: 1.1), BestFit.self, shapes: [shape]) {
      before, model in
      guard model.tally.refused > before.refused else { return }
      refusals += 1
      var paid = Array(repeating: Int32(0), count: 100)
      for machine in model.machines where machine.host >= 0 && !machine.standing.isSpot {
        paid[Int(machine.host)] += 400
      }
      // Machines of one deployment do not share a host.
      let peers = model.peers[Int32(model.nextDeployment - 1)] ?? []
      #expect(
        !paid.indices.contains {
          paid[$0] <= 2_800 && !model.index.isDown($0) && !peers.contains(Int32($0))
        })
    }
    #expect(refusals > 10 && model.tally.spot.interrupted > 10)
  }

  @Test("are told two minutes before they have to leave, and who waits starts then")
  func notice() {
    // One host, full of spot machines; one request in the month.
    let all = VirtualShape(id: "all", resources: Self.host, weight: 1)
    var parameters = CloudParameters(
      hosts: 1, zones: 1, capacity: Self.host, days: 10, load: 0.01, arrivals: 4,
      policy: .firstFit, failuresPerYear: 0, maintenanceDays: 0, plant: .hall, seed: 3)
    parameters.spot = 2
    let start = Moment(year: 2007, month: 1, day: 1)
    var simulation = Simulation(
      model: CloudModel<FirstFit>(parameters, shapes: [all]), start: start)
    simulation.model.start(&simulation.schedule) {}
    var told: Moment?
    var waits: [TimeSpan] = []
    while simulation.advance(to: start + .days(10), budget: 1) == 1 {
      let tally = simulation.model.tally
      let isWaiting = simulation.model.machines.contains { $0.host >= 0 && $0.standing == .waiting }
      // While it waits the spot machine runs, and nothing is left for others.
      if isWaiting, told == nil, tally.spot.live == 1 {
        told = simulation.schedule.now
        #expect(tally.used[0] == 0 && simulation.model.index.free[0] == Resources(repeating: 0))
      } else if !isWaiting, let began = told {
        if tally.used[0] == 3_200 { waits.append(simulation.schedule.now - began) }
        told = nil
      }
    }
    #expect(!waits.isEmpty && waits.allSatisfy { $0 == .minutes(2) }, "\(waits)")
  }

  // The same tenants come, stay as long and are refused nothing: what they use is the same to rounding.
  @Test("take nothing from those who pay in full", arguments: [1, 2, 3] as [UInt64])
  func beside(seed: UInt64) {
    func tally(_ spot: Double) -> CloudTally {
      var parameters = parameters(spot: spot, load: 0.6, seed: seed)
      parameters.failuresPerYear = 0
      return CloudExperiment(parameters).run { _ in }.tally
    }
    let (alone, together) = (tally(0), tally(1))
    #expect(alone.refused == 0 && together.refused == 0)
    #expect(alone.asked == together.asked && alone.placed == together.placed)
    #expect(together.spot.waited > 0)
    // Who had to wait for two minutes leaves two minutes later.
    let late = Double(together.spot.waited) * 120 * 16
    #expect(abs(alone.coreSeconds - together.coreSeconds) <= late)
    #expect(alone.spot == SpotTally())
  }

  // Erlang's loss formula does not hold for machines of many sizes, but its bounds do: no more than is idle, no
  // more than is asked for, and all of it where little is asked for.
  @Test(
    "use the idle rest: all that is asked for where that is little, and never more than there is")
  func use() {
    func result(_ spot: Double) -> CloudExperiment.Result {
      CloudExperiment(parameters(spot: spot, load: 0.5)).run { _ in }
    }
    let little = result(0.1)
    #expect(abs(little.spotShare - 0.1) < 0.02, "\(little.spotShare)")
    var last = 0.0
    for spot in [0.1, 0.3, 0.6, 1.2] {
      let result = result(spot)
      #expect(result.spotShare > last && result.spotShare < spot * 1.1)
      #expect(result.coreShare + result.spotShare <= 1)
      last = result.spotShare
    }
  }
}
