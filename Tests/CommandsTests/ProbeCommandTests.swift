import CommandLanguage
import Commands
import Compute
import Reports
import Testing

/// A host that measures something else each time, and counts how often.
private final class CountingHost: Host {
  let shelf = ModelShelf()
  var measurements = 0
  var monotonicSeconds: Double { 0 }

  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
  func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement {
    measurements += 1
    let reading = MachineMeasurement.Reading([Double(measurements) * 1e9])
    let latency = MachineMeasurement.Reading([1e-9, 2e-9, 3e-9])
    return MachineMeasurement(
      cores: 4, caches: [32_768], computeRate: reading, scatteredRate: reading,
      staircase: [.init(workingSet: 4_096, bandwidth: reading, latency: latency)])
  }
}

@Suite struct ProbeCommandTests {
  @Test func whatWasMeasuredIsReadAgainOnReplayAndNotMeasured() throws {
    let host = CountingHost()
    var session = Session()
    let source = Source(text: "probe")
    let report = try session.execute(source, source.all, CommandContext(host: host))
    #expect(!report.isError)
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: host))
    #expect(host.measurements == 1)
    #expect(again.log == session.log)
    #expect(
      try value("probe.compute-rate", in: again) == value("probe.compute-rate", in: session))
    #expect(try value("probe.latency.cache == 2 ns", in: again) == .flag(true))
  }

  @Test func aRecordingThatIsNoneIsRefusedAtItsPlace() throws {
    let diagnostic = try problem("probe recorded=\"1;2;3\"")
    #expect(diagnostic.code == "bad-recording")
    #expect(diagnostic.span?.column == 16)
  }

  @Test func whatIsNotAllowedIsNotMeasured() throws {
    #expect(try problem("probe").code == "not-safe")
  }
}
