import CommandLanguage
import Compute
import LanguageModel
import Reports
import Testing

@testable import Commands

/// A host with one text under any name, and a clock that stands still.
private final class TextHost: Host {
  let shelf = ModelShelf()
  let text: String
  init(_ text: String) { self.text = text }
  var monotonicSeconds: Double { 0 }
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { Array(text.utf8) }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
}

/// What `train` can be asked for: other shapes, other texts, going on.
@Suite struct TrainCommandTests {
  private static let small = "width=16 layers=1 conversations=100"

  private func digest(_ name: String, _ script: String) throws -> String {
    try #require(try played(script).state.models.entry(name)).digest
  }

  // MARK: - Going on

  @Test func goingOnEqualsNotStopping() throws {
    let whole = try digest("a", "train a steps=6 \(Self.small) questions=0")
    let script = "train a steps=6 stop=2 \(Self.small) questions=0\ntrain a from=a questions=0"
    let session = try played(script)
    #expect(session.state.models.entry("a")?.digest == whole)
    #expect(session.state.models.entry("a")?.steps == 6)
    #expect(session.log.last?.contains("conversations") == false)
    // Of the run that went on, only its own four steps were timed.
    let labels = try lastReport(script).blocks.flatMap { block -> [String] in
      guard case .table(let table) = block else { return [] }
      return table.rows.compactMap { row in
        if case .words(let label)? = row.first { label } else { nil }
      }
    }
    #expect(labels.contains("took, the last 4 steps"))
  }

  @Test func moreStepsMoveTheWeightsOn() throws {
    let first = "train a steps=4 \(Self.small) questions=0"
    let session = try played(first + "\ntrain b from=a steps=8 rate=0.001 questions=0")
    let (a, b) = (session.state.models.entry("a"), session.state.models.entry("b"))
    #expect(a?.digest != b?.digest)
    #expect(b?.steps == 8)
    #expect(b?.origin == .conversations(100))
  }

  @Test func aReplayGoesOnWithoutTheModel() throws {
    let script = "train a steps=4 \(Self.small) questions=0\ntrain b from=a steps=6 questions=0"
    let session = try played(script)
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(again.state.models == session.state.models)
  }

  @Test(
    arguments: zip(
      [
        "train b from=a", "train b from=a steps=3", "train b from=a steps=9 stop=4",
        "train b from=a steps=9 width=32", "train b from=nobody", "train b from=a batch=1",
      ],
      [
        "'a' has taken all of its 4 steps.",
        "'a' has taken 4 steps already, and 'steps' counts them too.",
        "'a' has taken 4 steps already, and 'stop' counts them too.",
        "'width' is fixed in the model that it goes on from.",
        "There is no model 'nobody' to go on from.",
        "'batch' is fixed in the model that it goes on from.",
      ]))
  func whatCannotGoOnIsSaid(statement: String, message: String) throws {
    let script = "train a steps=4 \(Self.small) questions=0\n" + statement
    #expect(try problem(script).message == message)
  }

  // Ctrl-C after the third of five steps, in a statement that would have stopped after five of nine.
  @Test func aTrainingThatWouldStopEarlyStopsEarlier() throws {
    var session = Session()
    var share = 0.0
    let context = CommandContext(
      host: NoHost(), checkpoint: { if share >= 3.0 / 5 { throw Cancelled() } },
      progress: { share = $0.share })
    let source = Source(text: "train a steps=9 stop=5 \(Self.small) questions=0")
    #expect(throws: Cancelled.self) { try session.execute(source, source.all, context) }
    _ = try session.run(Source(text: "keep"), CommandContext(host: context.host))
    #expect(session.state.models.entry("a")?.steps == 3)
    #expect(session.log.last?.contains("stop=5") == false)
    _ = try session.run(
      Source(text: "train a from=a questions=0"), CommandContext(host: context.host))
    #expect(
      try session.state.models.entry("a")?.digest
        == digest("a", "train a steps=9 \(Self.small) questions=0"))
  }

  // Ctrl-C while it answers questions: all steps are taken, and kept without asking again.
  @Test func aTrainingWhoseQuestionsAreStoppedIsKeptWhole() throws {
    var session = Session()
    var asks = false
    let context = CommandContext(
      host: NoHost(), checkpoint: { if asks { throw Cancelled() } },
      progress: { asks = $0.note?.contains("questions") == true })
    let source = Source(text: "train a steps=4 \(Self.small) questions=8")
    #expect(throws: Cancelled.self) { try session.execute(source, source.all, context) }
    _ = try session.run(Source(text: "keep"), CommandContext(host: context.host))
    #expect(session.log.last?.contains("questions=0") == true)
    #expect(
      try session.state.models.entry("a")?.digest
        == digest("a", "train a steps=4 \(Self.small) questions=0"))
  }

  // Without the run that waited, as in another process, the statement that is kept computes the same again.
  @Test func whatIsKeptIsWhatTheStatementComputes() throws {
    var session = Session()
    var share = 0.0
    let context = CommandContext(
      host: NoHost(), checkpoint: { if share >= 0.5 { throw Cancelled() } },
      progress: { share = $0.share })
    let source = Source(text: "train a steps=6 \(Self.small) questions=0")
    #expect(throws: Cancelled.self) { try session.execute(source, source.all, context) }
    var other = session
    _ = try session.run(Source(text: "keep"), CommandContext(host: context.host))
    _ = try other.run(Source(text: "keep"), CommandContext(host: NoHost()))
    #expect(session.state.models == other.state.models)
    #expect(session.state.models.entry("a")?.steps == 3)
  }

  // MARK: - Other shapes and texts

  private static let prose = String(
    repeating: "A quilt is warm, and a pillow is soft. Ü: 7 × 9. ", count: 60)

  // Two blocks of attention, 4 · 16², two matrices of 16 · 64 and two scales; a vector for each of 32 places
  // and each symbol; a last scale.
  @Test func charactersPlacesAndGELUTakeTheNumbersThatTheyMust() throws {
    let host = TextHost(Self.prose)
    let script =
      "train t corpus=\"t\" tokenizer=characters positions=learned feed-forward=gelu layers=2 width=16 "
      + "context=32 steps=3 validation=20%"
    let session = try played(script, host: host)
    let symbols = Set(Self.prose.unicodeScalars).count + ChatFormat.controls.count
    // Each character of two bytes has its first and its second byte as symbols too; × and Ü share their first.
    let bytes = Set(["×", "Ü"].flatMap { Array($0.utf8) }).count
    let block = 4 * 16 * 16 + 2 * 16 * 64 + 2 * 16
    #expect(
      try number("train.parameters", in: session)
        == Double(2 * block + 32 * 16 + (symbols + bytes) * 16 + 16))
    #expect(session.state.models.entry("t")?.origin == .text(path: "t"))
    let entry = try #require(session.state.models.entry("t"))
    #expect(try host.shelf.trained(entry.digest)?.shape.positions == .learned)
  }

  // 1,000 characters: a twentieth is shorter than a sequence of 64, a tenth is not.
  @Test func theHeldOutShareIsThatWhichWasAskedFor() throws {
    let host = TextHost(String(Self.prose.unicodeScalars.prefix(1_000)))
    let script = "train t corpus=\"t\" tokenizer=characters layers=1 width=16 steps=2"
    #expect(try problem(script, host: host).code == "text-too-short")
    #expect(try played(script + " validation=10%", host: host).state.models.inUse == "t")
  }

  @Test func aTextWithOtherCharactersCannotBeGoneOnWith() throws {
    let first = TextHost(Self.prose)
    let script =
      "train t corpus=\"t\" tokenizer=characters layers=1 width=16 steps=2 validation=20%"
    var session = try played(script, host: first)
    let other = TextHost(String(repeating: "zzz! ", count: 400))
    let kept = try #require(session.state.models.entry("t"))
    let model = try #require(try first.shelf.trained(kept.digest))
    #expect(try other.shelf.keep(model) == kept.digest)
    let source = Source(text: "train u from=t steps=4")
    let report = try session.execute(source, source.all, CommandContext(host: other))
    #expect(report.diagnostics.first?.code == "no-symbol")
  }

  // MARK: - What it took

  // A look at the clock before and after each of six steps, a millisecond apart: 6 ms at 100 W.
  @Test func energyIsPowerTimesTheSecondsOfTheSteps() throws {
    let script = "train a steps=6 \(Self.small) questions=0 watts=100W"
    let session = try played(script, host: TickingHost())
    #expect(abs(try number("train.energy", in: session) - 0.6) < 1e-9)
    #expect(try number("train.share-of-peak", in: session) > 0)
  }
}
