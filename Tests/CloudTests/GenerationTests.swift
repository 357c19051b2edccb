import Facility
import Quantities
import SimulationKernel
import Testing

@testable import Cloud

extension GenerationPlan {
  /// Hosts of so many years, a fifth better each, of which the oldest are replaced.
  static func replacing(_ count: Int) -> GenerationPlan {
    GenerationPlan(count: count, improvement: 0.2, failureGrowth: 0.3, retiresOldest: true)
  }
}

@Suite("Hosts of several years")
struct GenerationTests {
  private static let host = Resources(cores: 32, memoryGB: 160, diskGB: 8_000, megabits: 10_000)

  private func parameters(
    _ policy: Policy = .bestFit, hosts: Int = 120, load: Double = 0.5, plan: GenerationPlan?
  ) -> CloudParameters {
    var parameters = CloudParameters(
      hosts: hosts, capacity: Self.host, days: 10, load: load, arrivals: 3_000, policy: policy,
      failuresPerYear: 0, maintenanceDays: 0, plant: .hall, seed: 1)
    parameters.generations = plan
    return parameters
  }

  // 32 / 1.2 = 26.67 and 32 / 1.44 = 22.22; 160 / 1.2 = 133.3 and 111.1. 336 W and $4,800 on so many cores.
  @Test("have fewer cores for the same price and watts the older they are")
  func byHand() {
    let all = parameters(plan: .replacing(3)).allGenerations
    #expect(all.map(\.ageYears) == [2, 1, 0, 0])
    #expect(all.map(\.isBoughtInRun) == [false, false, false, true])
    #expect(all.map(\.capacity.cores) == [22, 27, 32, 32])
    #expect(all.map(\.capacity.memoryGB) == [111, 133, 160, 160])
    for generation in all {
      #expect(abs(generation.wattsPerCore.full * generation.capacity.cores - 336) < 1e-9)
      #expect(abs(generation.wattsPerCore.idle * generation.capacity.cores - 112) < 1e-9)
      #expect(abs(generation.dollarsPerCore * generation.capacity.cores - 4_800) < 1e-9)
    }
    #expect(parameters(hosts: 200, plan: .replacing(3)).hostsByGeneration == [67, 67, 66, 0])
    // As many of each year in each zone, or one more.
    let hosts = parameters(hosts: 200, plan: .replacing(3))
    var counts = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    for host in 0..<200 { counts[host % 3][Int(hosts.generation(of: host))] += 1 }
    #expect(counts.joined().allSatisfy { (22...23).contains($0) })
  }

  @Test("of one year that does not age are hosts that are alike", arguments: Policy.allCases)
  func one(policy: Policy) {
    func tally(_ plan: GenerationPlan?) -> CloudTally {
      var parameters = parameters(policy, load: 0.9, plan: plan)
      parameters.days = 6
      parameters.failuresPerYear = 4
      parameters.maintenanceDays = 5
      parameters.spot = 0.1
      parameters.promised = 0.2
      parameters.oversubscription = 1.2
      parameters.keepsZone = true
      parameters.outage = .init(zone: 1, begins: .days(3), lasts: .hours(6))
      var tally = CloudExperiment(parameters).run { _ in }.tally
      tally.generations = []
      return tally
    }
    let plan = GenerationPlan(count: 1, improvement: 0.2, failureGrowth: 0, retiresOldest: false)
    #expect(tally(nil) == tally(plan))
  }

  // The rate of a host of age a is f · (1 + 0.3 (a + t)) times the factor of its air while it is up; it is down for a day each time.
  @Test("fail as often as their age has it")
  func failures() {
    var plan = GenerationPlan.replacing(4)
    plan.retiresOldest = false
    var parameters = parameters(hosts: 12_000, load: 0.01, plan: plan)
    parameters.failuresPerYear = 2
    parameters.days = 100
    let result = CloudExperiment(parameters).run { _ in }
    let tally = result.tally
    let years = 100 / 365.25
    // All halls are as warm, and hardly busy.
    let heat = InletTemperatureFactor.factor(at: result.halls[0].meanInlet)
    for (generation, age) in zip(tally.generations, [3.0, 2, 1, 0]) {
      let rate = 2 * (1 + 0.3 * (age + years / 2)) * heat
      let expected = 3_000 * rate * years / (1 + rate / 365.25)
      #expect(
        abs(Double(generation.failures) - expected) < 3 * expected.squareRoot(),
        "age \(age): \(generation.failures), \(expected) expected")
    }
    #expect(tally.hostFailures == tally.generations.reduce(0) { $0 + $1.failures })
  }

  @Test(
    "are replaced without a tenant who notices, where the others have room",
    arguments: Policy.allCases)
  func unnoticed(policy: Policy) {
    var keeping = GenerationPlan.replacing(3)
    keeping.retiresOldest = false
    // So little that the largest machine finds a place even where all hosts are filled evenly.
    func run(_ plan: GenerationPlan) -> (CloudTally, faults: [String], cores: Double) {
      let experiment = CloudExperiment(parameters(policy, load: 0.2, plan: plan))
      func run<P: PlacementPolicy>(_ type: P.Type) -> (CloudTally, [String], Double) {
        let (_, model) = experiment.run(type) { _ in }
        return (model.tally, model.faults, model.totalCores)
      }
      switch policy {
      case .firstFit: return run(FirstFit.self)
      case .bestFit: return run(BestFit.self)
      case .worstFit: return run(WorstFit.self)
      case .balanced: return run(BalancedFit.self)
      case .spread: return run(Spread.self)
      }
    }
    let (kept, _, before) = run(keeping)
    let (replaced, faults, after) = run(.replacing(3))
    #expect(faults == [] && kept.refused == 0 && replaced.refused == 0)
    #expect(replaced.generations.map(\.hosts) == [0, 40, 40, 40])
    #expect(replaced.retirement.hosts == 40 && replaced.lost == 0 && replaced.restarted == 0)
    // The same machines came, ran as long and left, though many moved.
    #expect(replaced.retirement.moved > 0 && replaced.migrated == replaced.retirement.moved)
    #expect(kept.placed == replaced.placed && kept.departed == replaced.departed)
    #expect(abs(kept.coreSeconds - replaced.coreSeconds) < 1e-9 * kept.coreSeconds)
    // 40 · (22 + 27 + 32), then 40 · (32 + 27 + 32).
    #expect(before == 3_240 && after == 3_640)
    // Each was two years old, and a quarter to three quarters of ten days.
    let age = replaced.retirement.ageYears / 40 - 2
    #expect(abs(age * 365.25 - 5) < 0.1)
  }

  @Test("stay while the others have no room, with all that runs on them and nothing new")
  func full() {
    let start = Moment(year: 2007, month: 1, day: 1)
    let crowded = parameters(load: 1.3, plan: .replacing(3))
    var simulation = Simulation(
      model: CloudModel<BestFit>(crowded, shapes: VirtualShape.usual), start: start)
    simulation.model.start(&simulation.schedule) {}
    var before: [Int: Int] = [:]
    var (looks, growths) = (0, 0)
    while simulation.advance(to: start + .days(10), budget: 1) == 1 {
      var now: [Int: Int] = [:]
      for host in 0..<40 where simulation.model.isCordoned(host) {
        let count = simulation.model.machinesOn(host).count
        now[host] = count
        if let last = before[host] {
          (looks, growths) = (looks + 1, growths + (count > last ? 1 : 0))
        }
      }
      before = now
    }
    let model = simulation.model
    #expect(looks > 0 && growths == 0 && model.faults == [])
    #expect(model.tally.retirement.putOff > 0 && model.tally.retirement.hosts > 0)
    #expect(model.tally.lost == 0 && model.tally.restarted == 0)
    #expect(model.tally.refused > 0)
  }

  // What the zones sell, one host after the other.
  @Test("leave room for the largest zone, where one has to be lost")
  func failover() {
    var parameters = parameters(hosts: 100, load: 1.2, plan: .replacing(3))
    parameters.generations?.retiresOldest = false
    parameters.zones = 2
    parameters.keepsZone = true
    var cores = [0.0, 0]
    for host in 0..<100 { cores[host % 2] += [22.0, 27, 32][host * 3 / 100] }
    let most = (cores.min() ?? 0) / (cores[0] + cores[1])
    let tally = CloudExperiment(parameters).run { _ in }.tally
    #expect(tally.hourly.allSatisfy { $0 <= most })
    #expect((tally.hourly.max() ?? 0) > most - 0.03)
    #expect((tally.refusals[.failover] ?? 0) > 0)
  }

  @Test("are all among those that stand for the others")
  func sample() {
    func counts(_ plan: GenerationPlan?) -> [Int] {
      let model = CloudModel<BestFit>(
        parameters(hosts: 1_500, plan: plan), shapes: VirtualShape.usual)
      var counts = [0, 0, 0]
      for sample in 0..<500 { counts[model.sampled(sample) / 500] += 1 }
      return counts
    }
    #expect(counts(nil) == [500, 0, 0])
    #expect(counts(.replacing(3)).allSatisfy { (166...167).contains($0) })
  }

  @Test("use together what all machines use")
  func sums() {
    var parameters = parameters(load: 0.8, plan: .replacing(4))
    parameters.spot = 0.3
    parameters.failuresPerYear = 2
    let result = CloudExperiment(parameters).run { _ in }
    let parts = result.tally.generations.reduce(0) { $0 + $1.coreSeconds }
    let all = result.tally.coreSeconds + result.tally.spot.coreSeconds
    #expect(abs(parts - all) < 1e-9 * all)
    let hosts = result.tally.generations.reduce(0) { $0 + $1.hostSeconds }
    #expect(abs(hosts - 120 * 864_000) < 1)
    // 19, 22, 27 and 32 cores, 30 hosts of each; the first turn into 32 from the 3rd to the 8th day.
    let cores = 30.0 * (25.5 + 22 + 27 + 32)
    #expect(abs(result.cores - cores) < 5, "\(result.cores)")
  }
}
