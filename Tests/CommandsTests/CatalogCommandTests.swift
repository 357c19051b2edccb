import CommandLanguage
import Quantities
import Reports
import Snapshots
import Testing
import WorldModel

@testable import Commands

/// A host with one file, which can be taken away.
private final class OneFile: Host {
  let shelf = ModelShelf()
  var text: String?
  init(_ text: String) { self.text = text }
  var monotonicSeconds: Double { 0 }
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] {
    guard let text, path == "mine.yaml" else { throw .failed("No such file") }
    return Array(text.utf8)
  }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
}

@Suite struct CatalogCommandTests {
  private static let line = """
    # Ours, as the town's "offer" \\ says it.
    - id: town-line
      kind: uplink
      summary: a line of the town
      sold: 2002..
      price:
        2002: $90
      rate: 2 Mbit/s
      sources:
        - for: price rate
          is: "Chosen: for a test"
    """

  private func session(_ script: String, _ host: OneFile) throws -> Session {
    var session = Session()
    for report in try session.run(Source(text: script), CommandContext(host: host)) {
      #expect(!report.isError, "\(report.statement): \(report.diagnostics.map(\.message))")
    }
    return session
  }

  private static let script =
    "catalog add mine.yaml\nnew shop uplink=town-line visits=500/day\nrun 1 h\nset uplink t1\n"
    + "set uplink town-line"

  @Test func whatWasAddedCanBeRentedAndNamed() throws {
    let session = try session(Self.script, OneFile(Self.line))
    #expect(session.state.world.uplinkID == "town-line")
    // Two megabits a second.
    #expect(session.state.world.shop?.uplink.bytesPerSecond == 250_000)
    let completer = Completer(registry: .standard, names: session.namesInUse)
    #expect(completer.candidates(for: "set uplink to").map(\.text) == ["town-line"])
    #expect(completer.candidates(for: "new shop uplink=to").map(\.text) == ["uplink=town-line"])
  }

  @Test func theLogKeepsTheTextSoThatAReplayNeedsNoFile() throws {
    let host = OneFile(Self.line)
    let session = try session(Self.script, host)
    host.text = nil
    let again = try self.session(session.log.joined(separator: "\n"), host)
    #expect(again.stateHash == session.stateHash)
    #expect(again.log == session.log)
    #expect(again.state.world.catalog.additions.map(\.text) == [Self.line])
    // A snapshot has it too.
    let bytes = try SnapshotEncoder.bytes(of: SessionSnapshot(session))
    let kept = try SnapshotDecoder.value(SessionSnapshot.self, from: bytes)
    #expect(kept.session(log: session.log)?.stateHash == session.stateHash)
  }

  @Test func undoTakesItAway() throws {
    let session = try session("catalog add mine.yaml\nundo", OneFile(Self.line))
    #expect(session.state.world.catalog.additions == [])
    #expect(session.stateHash == Session().stateHash)
  }

  @Test func aStatementKnowsOnlyWhatIsThere() throws {
    let unknown = try problem("new shop uplink=town-line")
    #expect(unknown.code == "unknown-thing")
    let mistake = OneFile(Self.line.replacing("rate: 2 Mbit/s", with: "rate: 2 Mbit"))
    var session = Session()
    let report = try session.run(
      Source(text: "catalog add mine.yaml"), CommandContext(host: mistake))
    #expect(report.last?.diagnostics.first?.code == "bad-figure")
    #expect(report.last?.diagnostics.first?.span?.line == 8)
    #expect(session.log == [])
  }

  @Test func theHistoryShowsTheStatementAndNotTheFile() throws {
    let session = try session("catalog add mine.yaml", OneFile(Self.line))
    var copy = session
    let reports = try copy.run(Source(text: "history"), CommandContext(host: NoHost()))
    #expect(
      reports.last?.tables.first?.rows.first?.last == .words("catalog add mine.yaml recorded=…"))
  }
}
