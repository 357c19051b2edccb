import CommandLanguage
import Commands
import Compute
import Lessons
import Reports
import Testing

/// A host whose machine is another one at each look.
private final class RestlessHost: Host {
  let shelf = ModelShelf()
  private var looks = 0
  var monotonicSeconds: Double { 0 }
  var allowsMeasurement: Bool { true }
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
  func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement {
    looks += 1
    let reading = MachineMeasurement.Reading([Double(50 + looks) * 1e9])
    return MachineMeasurement(
      cores: 1, caches: [], computeRate: reading, scatteredRate: reading,
      staircase: [.init(workingSet: 4_096, bandwidth: reading, latency: .init([1e-9]))],
      peaks: [
        .init(
          instructionSet: .baseline, precision: .float32, oneCore: reading, allCores: reading)
      ], memory: 8_000_000_000)
  }
}

@Suite("One's own machine in lessons")
struct OwnMachineLessonTests {
  static let lesson = Fixture.lesson.replacing(
    "Now the shop has seen a busy hour.",
    with: """
      ```run
      needs: measurement
      probe
      buy server my-machine
      ```

      Now the shop has seen a busy hour.
      """)

  @Test("A lesson that buys it is proved, though no two measurements are the same")
  func proved() throws {
    var options = LessonProof.Options()
    options.extraSeeds = 0
    options.available = [.measurement]
    let report = try LessonProof(files: MemoryFiles(), options: options).prove(
      [Source(name: "lessons/first-hours.md", text: Self.lesson)],
      CommandContext(host: RestlessHost()))
    #expect(report.failures.map(\.title) == [])
    #expect(report.results.contains { $0.claim == "two runs give the same state hash" })
  }

  @Test("It can be bought once a statement before measures it")
  func linted() throws {
    #expect(!LinterTests.lint(Self.lesson).map(\.code).contains("not-probed"))
    let early = Self.lesson.replacing(
      "probe\nbuy server my-machine", with: "buy server my-machine\nprobe")
    #expect(LinterTests.lint(early).map(\.code).contains("not-probed"))
  }
}
