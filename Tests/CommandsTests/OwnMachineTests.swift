import Catalogs
import CommandLanguage
import Compute
import Quantities
import Reports
import Snapshots
import Testing
import WorldModel

@testable import Commands

/// A host whose machine does so many sums a second with plain vectors, on one core and on all.
private final class FixedHost: Host {
  let shelf = ModelShelf()
  var oneCore: Double
  var allCores: Double
  var chassis: Chassis?
  var text = ""
  var monotonicSeconds: Double { 0 }

  init(oneCore: Double = 56e9, allCores: Double = 224e9, chassis: Chassis? = nil) {
    self.oneCore = oneCore
    self.allCores = allCores
    self.chassis = chassis
  }

  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { Array(text.utf8) }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
  func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement {
    let some = MachineMeasurement.Reading([1e9])
    return MachineMeasurement(
      cores: 8, caches: [], computeRate: some, scatteredRate: some,
      staircase: [.init(workingSet: 4_096, bandwidth: some, latency: .init([1e-9]))],
      peaks: [
        .init(
          instructionSet: .baseline, precision: .float32,
          oneCore: .init([oneCore * 0.9, oneCore, oneCore * 1.1]),
          allCores: .init([allCores / 2, allCores / 2, allCores])),
        .init(
          instructionSet: .avx512, precision: .float32, oneCore: .init([oneCore * 4]),
          allCores: .init([allCores * 4])),
      ],
      memoryBandwidth: some, memory: 16_500_000_000, chassis: chassis)
  }
}

@Suite struct OwnMachineTests {
  private func session(_ script: String, _ host: FixedHost = FixedHost()) throws -> Session {
    var session = Session()
    for report in try session.run(Source(text: script), CommandContext(host: host)) {
      #expect(!report.isError, "\(report.statement): \(report.diagnostics.map(\.message))")
    }
    return session
  }

  private func problem(_ script: String, _ host: FixedHost = FixedHost()) throws -> Diagnostic {
    var session = Session()
    let reports = try session.run(Source(text: script), CommandContext(host: host))
    return try #require(reports.last?.diagnostics.first)
  }

  private static let script = "new shop\nprobe\nbuy server my-machine\nrun 1 h"

  // The core of 2004 does 11.2 GFLOP/s, so 56 are five of it; eight threads that do the work of four
  // cores are four.
  @Test func whatWasMeasuredServesPages() throws {
    let session = try session(Self.script)
    let server = try #require(session.state.world.catalog.server("my-machine"))
    #expect(server.cores == 4)
    #expect(server.speed == 5)
    #expect(server.entry.summary == "this machine, 4 cores, 16.5 GB")
    #expect(session.state.world.shop?.servers.map(\.speed) == [1, 5])
    #expect(session.state.world.machines.map(\.model) == ["1u-2004", "my-machine"])
    #expect(session.state.world.machines.last?.cores == 4)
    #expect(try number("probe.core-speed", in: session) == 5)
    #expect(try number("probe.memory", in: session) == 16.5e9)
  }

  // The same visitors ask the same work of the cores, which takes work over speed.
  @Test func twiceTheRateTakesHalfTheTime() throws {
    let script =
      "new shop servers=0\nprobe\nbuy server my-machine\nrun until 2004-03-02"
    let busy = try [28e9, 56e9].map { rate in
      let session = try session(script, FixedHost(oneCore: rate, allCores: rate * 4))
      return try number("servers.utilization.mean during 2004-03-01", in: session)
    }
    #expect(busy[1] > 0)
    #expect(abs(busy[0] / busy[1] - 2) < 0.02, "\(busy)")
  }

  @Test func aReplayReadsTheLogAndMeasuresNothing() throws {
    let session = try session(Self.script + "\nset uplink t3\nrun 1 h")
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(again.stateHash == session.stateHash)
    #expect(again.log == session.log)
    #expect(again.state.world.catalog.server("my-machine")?.speed == 5)
    let bytes = try SnapshotEncoder.bytes(of: SessionSnapshot(session))
    let kept = try SnapshotDecoder.value(SessionSnapshot.self, from: bytes)
    #expect(kept.session(log: session.log)?.stateHash == session.stateHash)
    // What was not measured alike is not the same world.
    let (some, other) = try (self.session("probe"), self.session("probe", FixedHost(oneCore: 57e9)))
    #expect(some.stateHash != other.stateHash)
  }

  @Test func aDamagedRecordingIsRefusedAtItsPlace() throws {
    let log = try session("probe").log
    let line = try #require(log.first)
    for (old, new) in [
      ("probe recorded=\"4;8;", "probe recorded=\"4;0;"), (";16500000000;", ";-5;"),
      (";16500000000;", ";lots;"), (";-\"", ";boat\""), ("baseline:", "basement:"),
      (";-;-;-;-;-;", ";-;-;1,2;-;-;"), ("recorded=\"4;", "recorded=\"3;"), (";-\"", "\""),
    ] {
      try #require(line.contains(old), "\(line) has no \(old)")
      let diagnostic = try problem(line.replacing(old, with: new))
      #expect(diagnostic.code == "bad-recording", "\(old) → \(new)")
      #expect(diagnostic.span?.column == 16)
    }
  }

  @Test(arguments: [
    ("new shop\nbuy server my-machine", 12), ("new shop\nsell server my-machine", 13),
    ("new shop server=my-machine", 17), ("new shop\nplace server my-machine", 14),
  ])
  func withoutAProbeThereIsNone(script: String, column: Int) throws {
    let diagnostic = try problem(script)
    #expect(diagnostic.code == "not-probed")
    #expect(diagnostic.message == "There is no 'my-machine' yet, as this machine was not measured.")
    #expect(diagnostic.span?.column == column)
    // What is no server cannot be measured.
    #expect(try problem("new shop uplink=my-machine").code == "unknown-thing")
    // Without a shop there is nowhere to put it.
    #expect(try problem("probe\nbuy server my-machine").code == "no-shop")
  }

  // Version 3 had neither memory nor chassis.
  @Test func aRecordingOfBeforeMakesNoServer() throws {
    let old =
      "probe recorded=\"3;2;;9e10,8e10,1e11,5;3e8,2e8,4e8,5;4096:1e10,1e10,1e10,5:1e-9,1e-9,2e-9,5"
      + ";-;-;-;-;-;baseline:float32:5e10,5e10,5e10,5:9e10,9e10,9e10,5;3e10,3e10,3e10,5\""
    #expect(try problem("new shop\n\(old)\nbuy server my-machine").code == "not-probed")
    #expect(try session("new shop\n\(old)").stateHash == session("new shop").stateHash)
  }

  @Test(arguments: ["1995-01-01", "2004-03-01", "2090-01-01"])
  func itIsThereAtAnyDate(start: String) throws {
    let session = try session("new shop start=\(start)\nprobe\nbuy server my-machine count=2")
    #expect(session.state.world.machines.count { $0.model == "my-machine" } == 2)
    // $12,000 less twice the price that is chosen for it.
    #expect(session.state.world.cash == .dollars(10_000))
  }

  // It is cheaper than any server of its day.
  @Test func whoAsksForNoModelGetsNotOnesOwn() throws {
    let session = try session("new shop\nprobe\nbuy server\nnew shop\nbuy server")
    #expect(session.state.world.machines.map(\.model) == ["1u-2004", "1u-2004"])
  }

  @Test func whileOneIsOwnedItStaysAsItWasMeasured() throws {
    let host = FixedHost()
    var session = try session("new shop\nprobe\nbuy server my-machine", host)
    (host.oneCore, host.allCores) = (28e9, 112e9)
    var reports = try session.run(Source(text: "probe"), CommandContext(host: host))
    #expect(reports[0].words.contains("'my-machine' that you own stays as it was measured"))
    #expect(session.state.world.catalog.server("my-machine")?.speed == 5)
    reports = try session.run(
      Source(text: "sell server my-machine\nprobe"), CommandContext(host: host))
    let words = reports[1].words
    #expect(words.contains("'buy server my-machine' puts a machine like this"))
    #expect(words.contains("The system counts 8 cores: two may share what computes"))
    #expect(session.state.world.catalog.server("my-machine")?.speed == 2.5)
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(again.stateHash == session.stateHash)
  }

  @Test(arguments: [(Chassis.laptop, 60.0), (.desktop, 200), (.server, 760), (nil, 200)])
  func eachFigureSaysWhetherItWasMeasuredOrChosen(chassis: Chassis?, watts: Double) throws {
    let session = try session("new shop\nprobe", FixedHost(chassis: chassis))
    let server = try #require(session.state.world.catalog.server("my-machine"))
    #expect(server.peak == Power(watts: watts))
    for name in ["cores", "speed", "memory"] {
      #expect(server.entry.source(of: name)?.hasPrefix("Measured: ") == true, "\(name)")
    }
    for name in ["price", "idle", "peak", "height", "mass", "disks", "fans", "rise"] {
      #expect(server.entry.source(of: name)?.hasPrefix("Chosen: ") == true, "\(name)")
    }
    let speed = try #require(server.entry.source(of: "speed"))
    #expect(speed.contains("56 GFLOP/s, median of 3 repetitions between 50.4 and 61.6 GFLOP/s"))
    #expect(speed.contains("PowerEdge 750") && speed.contains("Chosen: pages gain"))
  }

  @Test func itIsListedAndNamedLikeWhatElseIsSold() throws {
    var session = try session("new shop\nprobe")
    let completer = Completer(registry: .standard, names: session.namesInUse)
    #expect(completer.candidates(for: "buy server my").map(\.text) == ["my-machine"])
    let reports = try session.run(
      Source(text: "show catalog\nsource my-machine\nsource probe.core-speed"),
      CommandContext(host: NoHost()))
    let servers = try #require(reports[0].tables.first { $0.key == "catalog.server" })
    #expect(servers.rows.contains { $0.first == .words("my-machine") })
    #expect(reports[1].tableKeys == ["source.figures"])
    #expect(reports[2].words.contains("measured on this machine, 3 times"))
  }

  @Test func itsNameIsTakenAndUndoGivesItBack() throws {
    let host = FixedHost()
    host.text = """
      - id: my-machine
        kind: rack
        summary: a frame of one's own
        sold: 2000..
        price:
          2000: $100
        height: 42 U
        power-max: 5 kW
        mass-max: 500 kg
        sources:
          - for: price height power-max mass-max
            is: "Chosen: for a test"
      """
    #expect(try problem("catalog add mine.yaml", host).code == "repeated-entry")
    host.text = host.text.replacing("my-machine", with: "my-rack")
    let both = try session("probe\ncatalog add mine.yaml\nnew shop", host)
    // It stands last, whatever came first.
    #expect(both.state.world.catalog.entries.suffix(2).map(\.id) == ["my-rack", "my-machine"])
    let undone = try session("probe\nundo", host)
    #expect(undone.stateHash == Session().stateHash)
  }
}
