import Quantities
import Testing

@testable import Facility

@Suite("Flows that all begin at once")
struct FlowExperimentTests {
  private static let gigabit = DataRate.bitsPerSecond(1e9)
  private static let megabyte = DataSize(bytes: 1e6)

  private func run(
    _ topology: NetworkTopology, _ pattern: TrafficPattern, _ choice: RouteChoice = .even,
    down: Int = 0, seed: UInt64 = 1
  ) throws -> FlowExperiment.Result {
    try FlowExperiment(
      topology: topology, pattern: pattern, choice: choice, size: Self.megabyte, switchesDown: down,
      seed: seed
    ).run {}
  }

  // h hosts of rate r under s spine links of rate u: s·u/h each, or r if that is less.
  @Test(
    "get the share of the oversubscription where ways are taken in turn",
    arguments: [(16, 4, 1.0), (16, 2, 1.0), (8, 8, 1.0), (16, 2, 10.0), (12, 3, 2.0)])
  func oversubscription(hosts: Int, spines: Int, ratio: Double) throws {
    let topology = NetworkTopology.leafSpine(
      leaves: 4, spines: spines, hostsPerLeaf: hosts, hostRate: Self.gigabit,
      spineRate: .bitsPerSecond(1e9 * ratio))
    let expected = min(1, Double(spines) * ratio / Double(hosts)) * Self.gigabit.bytesPerSecond
    let result = try run(topology, .halves)
    #expect(result.rates.count == 2 * hosts)
    for rate in result.rates { #expect(abs(rate.bytesPerSecond - expected) < 1e-6 * expected) }
    let time = Self.megabyte.bytes / expected
    for end in result.finished { #expect(abs(end.seconds - time) < 1e-6 * time) }
  }

  @Test("have the less the more spines are down")
  func spinesDown() throws {
    let topology = NetworkTopology.leafSpine(
      leaves: 4, spines: 4, hostsPerLeaf: 12, hostRate: Self.gigabit, spineRate: Self.gigabit)
    for down in 0..<4 {
      let expected = Double(4 - down) / 12 * Self.gigabit.bytesPerSecond
      let rates = try run(topology, .halves, down: down).rates.map(\.bytesPerSecond)
      let mean = rates.reduce(0, +) / Double(rates.count)
      #expect(abs(mean - expected) < 1e-6 * expected, "\(down) down")
    }
    #expect(throws: FlowError.tooManyDown(4, of: 4)) { try run(topology, .halves, down: 4) }
  }

  @Test("to one host get its link divided by their number", arguments: [2, 5, 33])
  func incast(hosts: Int) throws {
    let result = try run(.singleSwitch(hosts: hosts, hostRate: Self.gigabit), .incast)
    let expected = Self.gigabit.bytesPerSecond / Double(hosts - 1)
    for rate in result.rates { #expect(abs(rate.bytesPerSecond - expected) < 1e-9 * expected) }
    let time = Double(hosts - 1) * Self.megabyte.bytes / Self.gigabit.bytesPerSecond
    #expect(abs((result.finished.max()?.seconds ?? 0) - time) < 1e-6 * time)
  }

  @Test("from all to all keep every host's link full to the end")
  func shuffle() throws {
    let result = try run(.fatTree(ports: 4, rate: Self.gigabit), .shuffle)
    #expect(result.rates.count == 16 * 15)
    // Each host has 15 MB to send over its own link.
    let least = 15 * Self.megabyte.bytes / Self.gigabit.bytesPerSecond
    #expect((result.finished.max()?.seconds ?? 0) >= least * (1 - 1e-9))
  }

  // The line works without a pause until all is through.
  @Test("to the outside take as long as their bytes on the line")
  func outside() throws {
    let topology = NetworkTopology.uplink(
      hosts: 20, hostRate: Self.gigabit, uplinkRate: .bitsPerSecond(45e6))
    let time = 20 * 8e6 / 45e6
    let result = try run(topology, .outside)
    #expect(abs((result.finished.max()?.seconds ?? 0) - time) < 1e-6 * time)
    #expect(throws: FlowError.noOutside) {
      try run(.singleSwitch(hosts: 4, hostRate: Self.gigabit), .outside)
    }
  }

  @Test("meet on links when ways are picked by a hash, even where nothing is oversubscribed")
  func collisions() throws {
    let tree = NetworkTopology.fatTree(ports: 8, rate: Self.gigabit)
    for seed in 1...5 as ClosedRange<UInt64> {
      let hashed = try run(tree, .pairs, .hash, seed: seed)
      let mean = hashed.rates.reduce(0) { $0 + $1.bytesPerSecond } / 128
      let ideal = hashed.idealRates.reduce(0) { $0 + $1.bytesPerSecond } / 128
      #expect(ideal == Self.gigabit.bytesPerSecond)
      #expect(mean < 0.9 * ideal && mean > 0.3 * ideal)
    }
  }

  @Test("pair every host with one other and never with itself")
  func pairs() throws {
    for hosts in [2, 3, 50] {
      let experiment = FlowExperiment(
        topology: .singleSwitch(hosts: hosts, hostRate: Self.gigabit), pattern: .pairs,
        size: Self.megabyte, seed: 9)
      let flows = experiment.flows
      #expect(flows.map(\.source) == Array(0..<hosts))
      #expect(Set(flows.compactMap(\.target)) == Set(0..<hosts))
      #expect(flows.allSatisfy { $0.source != $0.target })
    }
    #expect(throws: FlowError.self) {
      try run(.singleSwitch(hosts: 1, hostRate: Self.gigabit), .pairs)
    }
    #expect(throws: FlowError.self) {
      try run(.singleSwitch(hosts: 4_000, hostRate: Self.gigabit), .shuffle)
    }
  }
}
