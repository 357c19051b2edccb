import Quantities
import Randomness
import Testing

@testable import Cloud

private let host = Resources(cores: 32, memoryGB: 160, diskGB: 8_000, megabits: 10_000)
/// Hosts of three kinds, of which none is another's multiple.
private let mixed = [
  host, Resources(cores: 18, memoryGB: 128, diskGB: 3_000, megabits: 5_000),
  Resources(cores: 48, memoryGB: 200, diskGB: 9_000, megabits: 12_000),
]

@Suite("A place for a machine")
struct PlacementTests {
  /// What a plain look at every host finds.
  private static func naive<P: PlacementPolicy>(
    _ free: [Resources], _ capacity: [Resources], _ zones: [UInt8], _ down: Set<Int>,
    _ request: Resources, _ policy: P.Type, _ peers: [Int32], _ inZones: [Int32]
  ) -> Int? {
    var best: (weight: Int32, host: Int)?
    for index in free.indices
    where !down.contains(index) && !peers.contains(Int32(index))
      && (0..<4).allSatisfy({ free[index][$0] >= request[$0] })
    {
      let weight = policy.weight(
        left: free[index] &- request, capacity: capacity[index],
        peers: inZones.isEmpty ? 0 : inZones[Int(zones[index])])
      if best == nil || weight > best!.weight { best = (weight, index) }
    }
    return best?.host
  }

  private static func check<P: PlacementPolicy>(
    _ policy: P.Type, _ capacities: [Resources], seed: UInt64
  ) {
    let count = 300
    let zones = (0..<count).map { UInt8($0 % 3) }
    let kinds = (0..<count).map { UInt8($0 * capacities.count / count) }
    var index = HostIndex(capacities: capacities, kinds: kinds, zones: zones, order: policy.order)
    var capacity = kinds.map { capacities[Int($0)] }
    var free = capacity
    var replaced = 0
    var down: Set<Int> = []
    var placed: [(host: Int, request: Resources)] = []
    let draws = RandomStream(seed: seed, name: "placement").entity(0)
    for step in 0..<4_000 {
      let draw = draws.uniform(step * 4)
      let shape = VirtualShape.usual[Int(draws.uniform(step * 4 + 1) * 20)].resources
      if draw < 0.6 {
        let peers = (0..<Int(draws.uniform(step * 4 + 2) * 4)).map {
          Int32(draws.uniform(100_000 + step * 8 + $0) * Double(count))
        }
        var inZones: [Int32] = []
        if !peers.isEmpty {
          inZones = [0, 0, 0]
          for peer in peers { inZones[Int(zones[Int(peer)])] += 1 }
        }
        let found = index.place(shape, by: policy, peers: peers, peersInZone: inZones)
        let expected = naive(free, capacity, zones, down, shape, policy, peers, inZones)
        #expect(found == expected, "step \(step)")
        guard let found else { continue }
        index.take(shape, from: found)
        free[found] &-= shape
        placed.append((found, shape))
      } else if draw < 0.95, !placed.isEmpty {
        let gone = placed.remove(at: Int(draws.uniform(step * 4 + 3) * Double(placed.count)))
        index.giveBack(gone.request, to: gone.host)
        free[gone.host] &+= gone.request
      } else {
        let host = Int(draws.uniform(step * 4 + 3) * Double(count))
        index.setUp(down.contains(host), host: host)
        if down.remove(host) == nil { down.insert(host) }
        guard down.contains(host), free[host] == capacity[host] else { continue }
        let kind = step % capacities.count
        index.replace(host, by: UInt8(kind))
        capacity[host] = capacities[kind]
        free[host] = capacities[kind]
        replaced += 1
      }
    }
    #expect(replaced > 0)
  }

  @Test(
    "is the one that a plain look at every host finds, be they alike or not",
    arguments: Policy.allCases, [[host], mixed])
  func asNaive(policy: Policy, capacities: [Resources]) {
    switch policy {
    case .firstFit: Self.check(FirstFit.self, capacities, seed: 1)
    case .bestFit: Self.check(BestFit.self, capacities, seed: 2)
    case .worstFit: Self.check(WorstFit.self, capacities, seed: 3)
    case .balanced: Self.check(BalancedFit.self, capacities, seed: 4)
    case .spread: Self.check(Spread.self, capacities, seed: 5)
    }
  }

  @Test("is refused with the reason that holds")
  func refusals() {
    var index = HostIndex(capacity: host, zones: [0, 0], order: .firstHost)
    let half = Resources(cores: 16, memoryGB: 16, diskGB: 1, megabits: 1)
    let memory = Resources(cores: 1, memoryGB: 150, diskGB: 1, megabits: 1)
    index.take(half, from: 0)
    index.take(half, from: 0)
    index.take(memory, from: 1)
    // Cores on one host, memory on the other.
    let both = Resources(cores: 16, memoryGB: 64, diskGB: 1, megabits: 1)
    #expect(index.place(both, by: FirstFit.self, peers: [], peersInZone: []) == nil)
    #expect(index.refusal(of: both, peers: []) == .stranded)
    let large = Resources(cores: 64, memoryGB: 1, diskGB: 1, megabits: 1)
    #expect(index.refusal(of: large, peers: []) == .full)
    let small = Resources(cores: 1, memoryGB: 1, diskGB: 1, megabits: 1)
    #expect(index.place(small, by: FirstFit.self, peers: [1], peersInZone: [1]) == nil)
    #expect(index.refusal(of: small, peers: [1]) == .antiAffinity)
  }

  @Test("in a set of hosts is found as in a sorted list")
  func hostSet() {
    var set = HostSet(capacity: 10_000)
    var list: Set<Int> = []
    let draws = RandomStream(seed: 1, name: "host set").entity(0)
    for step in 0..<5_000 {
      let host = Int(draws.uniform(2 * step) * 10_000)
      if list.remove(host) == nil {
        list.insert(host)
        set.insert(host)
      } else {
        set.remove(host)
      }
      let from = Int(draws.uniform(2 * step + 1) * 10_000)
      #expect(set.count == list.count)
      if step % 50 == 0 {
        #expect(set.first(from: from) == list.filter { $0 >= from }.min())
        #expect(set.first() == list.min())
      }
    }
    #expect(HostSet(capacity: 64).first() == nil)
  }
}

@Suite("A cloud")
struct CloudTests {
  private func parameters(
    _ policy: Policy = .bestFit, load: Double = 0.6, hosts: Int = 200, seed: UInt64 = 1
  ) -> CloudParameters {
    CloudParameters(
      hosts: hosts, capacity: host, days: 10, load: load, arrivals: 4_000, policy: policy,
      failuresPerYear: 2, maintenanceDays: 5, plant: .hall, seed: seed)
  }

  @Test(
    "never exceeds a host, loses no machine, and keeps deployments apart",
    arguments: Policy.allCases, [nil, GenerationPlan.replacing(3)])
  func laws(policy: Policy, generations: GenerationPlan?) {
    var parameters = parameters(policy, load: 0.95)
    parameters.generations = generations
    parameters.outage = .init(zone: 1, begins: .days(3), lasts: .hours(6))
    let experiment = CloudExperiment(parameters)
    func faults<P: PlacementPolicy>(_ type: P.Type) -> (faults: [String], tally: CloudTally) {
      let (_, model) = experiment.run(type) { _ in }
      return (model.faults, model.tally)
    }
    let found =
      switch policy {
      case .firstFit: faults(FirstFit.self)
      case .bestFit: faults(BestFit.self)
      case .worstFit: faults(WorstFit.self)
      case .balanced: faults(BalancedFit.self)
      case .spread: faults(Spread.self)
      }
    #expect(found.faults == [])
    // All that the laws are about has happened.
    let tally = found.tally
    #expect(tally.refused > 0 && tally.migrated > 0 && tally.hostFailures > 0)
    #expect(tally.restarted > 0 && tally.departed > 0 && tally.downAtOutage > 0)
    #expect((tally.retirement.hosts > 0) == (generations != nil))
  }

  @Test("is used as much as it is asked for, where nothing is refused")
  func utilisation() {
    var parameters = parameters(load: 0.5, hosts: 1_000)
    parameters.arrivals = 20_000
    let result = CloudExperiment(parameters).run { _ in }
    #expect(result.tally.refused == 0)
    #expect(abs(result.coreShare - 0.5) < 0.03, "\(result.coreShare)")
    // Little's law: machines there on average are arrivals times mean life.
    #expect(abs(Double(result.tally.asked - result.tally.initial) / 20_000 - 1) < 0.05)
  }

  // Sums of many that know nothing of each other: where 37 % of what is sold is wanted on average, hosts of
  // which twice is sold are hardly ever short; where all want at once, they are.
  @Test("can sell cores twice while tenants are busy at different times, and not when at the same")
  func overselling() {
    func result(_ isTogether: Bool, _ oversell: Double) -> CloudExperiment.Result {
      var parameters = parameters(load: 0.85 * oversell)
      parameters.capacity[1] = 1_000_000
      parameters.arrivals = 8_000
      parameters.oversubscription = oversell
      parameters.isTogether = isTogether
      parameters.days = 14
      return CloudExperiment(parameters).run { _ in }
    }
    let apart = result(false, 1.6)
    let together = result(true, 1.6)
    #expect(apart.tally.hostHours > 0)
    // Half of the sold cores are wanted in 37 of 100 core-hours: 0.37 · 0.85 · 1.6 of what there is.
    let wanted = apart.tally.coreHoursWanted / (Double(apart.tally.hostHours) * 32)
    #expect(abs(wanted - 0.37 * apart.coreShare) < 0.02, "\(wanted) of \(apart.coreShare)")
    #expect(together.overloadedShare > 2 * apart.overloadedShare)
    #expect(result(false, 1).tally.hostHours == 0)
    #expect(together.tally.coreHoursLacking > apart.tally.coreHoursLacking)
  }

  // By hand: work on a host of which 1.5 times the cores are wanted takes half as long again.
  @Test("lets busy tenants notice that a host is short, and by how much")
  func slowdown() throws {
    var tally = CloudTally()
    tally.slowdowns = Array(repeating: 0, count: 51)
    #expect(tally.slowdownMean == nil && tally.slowdownWorst == nil)
    tally.slowdowns[0] = 98
    tally.slowdowns[50] = 2
    #expect(abs(try #require(tally.slowdownMean) - 1.01) < 1e-12)
    #expect(tally.slowdownWorst == 1.5)
    tally.slowdowns[0] = 9_999
    #expect(tally.slowdownWorst == 1)
    func run(_ isTogether: Bool) -> CloudTally {
      var parameters = parameters(load: 1.3)
      parameters.oversubscription = 2
      parameters.isTogether = isTogether
      return CloudExperiment(parameters).run { _ in }.tally
    }
    let (apart, together) = (run(false), run(true))
    #expect(try #require(together.slowdownMean) > #require(apart.slowdownMean))
    // No more is sold than twice.
    #expect(try #require(together.slowdownWorst) <= 2)
    #expect(try #require(apart.slowdownMean) >= 1)
  }

  @Test("lets itself be stopped while it is filled")
  func stopped() {
    struct Stop: Error {}
    let large = CloudExperiment(
      CloudParameters(
        hosts: 3_000, capacity: host, arrivals: 30_000, policy: .bestFit, plant: .hall, seed: 42))
    var shares: [Double] = []
    #expect(throws: Stop.self) {
      try large.run { share in
        shares.append(share)
        if shares.count == 3 { throw Stop() }
      }
    }
    #expect(shares == [0, 0, 0])
  }

  @Test("is the same twice, and another one under another seed")
  func seeds() {
    let first = CloudExperiment(parameters()).run { _ in }.tally
    #expect(first == CloudExperiment(parameters()).run { _ in }.tally)
    #expect(first != CloudExperiment(parameters(seed: 2)).run { _ in }.tally)
  }

  // A third of the hosts for six hours.
  @Test("takes down what runs in a zone, for as long as the zone is down")
  func outage() {
    var parameters = parameters(.worstFit, load: 0.4)
    parameters.failuresPerYear = 0
    parameters.maintenanceDays = 0
    parameters.outage = .init(zone: 0, begins: .days(2), lasts: .hours(6))
    let tally = CloudExperiment(parameters).run { _ in }.tally
    #expect(abs(Double(tally.downAtOutage) / (tally.machineSeconds / 864_000) - 1.0 / 3) < 0.05)
    // Some leave meanwhile, and none comes.
    let hours = tally.downSeconds / 3_600
    #expect(hours <= 6 * Double(tally.downAtOutage))
    #expect(hours > 0.8 * 6 * Double(tally.downAtOutage))
  }

  @Test("gives zones an equal share of each deployment when it spreads")
  func spread() {
    var parameters = parameters(.spread, load: 0.5)
    parameters.failuresPerYear = 0
    parameters.maintenanceDays = 0
    let (_, model) = CloudExperiment(parameters).run(Spread.self) { _ in }
    var zones: [Int32: [Int]] = [:]
    for machine in model.machines where machine.host >= 0 && machine.deployment >= 0 {
      zones[machine.deployment, default: [0, 0, 0]][Int(machine.host) % 3] += 1
    }
    let uneven = zones.values.filter { ($0.max() ?? 0) - ($0.min() ?? 0) > 1 }
    // Departures make some uneven, placement none.
    #expect(Double(uneven.count) < 0.25 * Double(zones.count))
  }

  // Where only cores are scarce, small machines in small gaps leave the large gaps to large machines.
  @Test("has room for more best-fit than worst-fit", arguments: [1, 2, 3] as [UInt64])
  func packing(seed: UInt64) {
    func refused(_ policy: Policy) -> Double {
      var parameters = parameters(policy, load: 0.9, seed: seed)
      parameters.capacity[1] = 1_000_000
      return CloudExperiment(parameters).run { _ in }.refusedShare
    }
    #expect(refused(.bestFit) < refused(.worstFit))
  }

  @Test("refuses fewer where it looks at memory beside cores")
  func balanced() {
    let blind = CloudExperiment(parameters(.bestFit, load: 0.97)).run { _ in }
    let even = CloudExperiment(parameters(.balanced, load: 0.97)).run { _ in }
    #expect(even.refusedShare < blind.refusedShare)
  }
}
