import CommandLanguage
import Compute
import LanguageModel
import Reports
import Testing

@testable import Commands

/// A host whose network brings some bytes.
private final class FetchingHost: Host {
  let shelf = ModelShelf()
  let bytes: [UInt8]
  init(bytes: [UInt8]) { self.bytes = bytes }
  var monotonicSeconds: Double { 0 }
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
  func map(_ path: String) throws(HostError) -> MappedFile { MappedFile(copying: bytes) }
  func fetch(_ source: ModelSource, checkpoint: @escaping () throws -> Void) throws -> MappedFile {
    MappedFile(copying: bytes)
  }
}

/// Training, asking and keeping language models, as statements.
@Suite struct ModelCommandsTests {
  private static let tiny = "train tiny steps=6 width=16 layers=1 conversations=100 questions=4"

  @Test func aTrainingLowersTheLossAndIsUsedAtOnce() throws {
    let session = try played(Self.tiny)
    #expect(try number("train.steps", in: session) == 6)
    // At first all symbols are alike: ln 1024 = 6.93, or of as many as the text gives.
    let first = try number("train.loss.first", in: session)
    #expect(first > 4 && first < 7.2)
    #expect(try number("train.loss", in: session) < first)
    #expect(try number("train.right", in: session) <= 1)
    #expect(session.state.models.inUse == "tiny")
  }

  @Test func aReplayReadsWhatWasTrainedAndSaid() throws {
    let host = NoHost()
    var session = Session()
    let script = Self.tiny + "\nchat \"do you ship to Ohio\" limit=5"
    _ = try session.run(Source(text: script), CommandContext(host: host))
    // Another process without the model's file: all that was said is in the log.
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(again.state.models == session.state.models)
    #expect(try value("chat.answer", in: again) == value("chat.answer", in: session))
    var later = again
    let source = Source(text: "chat \"and to Utah\"")
    let report = try later.execute(source, source.all, CommandContext(host: NoHost()))
    #expect(report.diagnostics.first?.code == "model-gone")
  }

  @Test func theSameSeedTrainsTheSameModel() throws {
    let models = try (0..<2).map { _ in try played(Self.tiny).state.models }
    #expect(models[0] == models[1])
    #expect(try played(Self.tiny, seed: 2).state.models != models[0])
  }

  @Test func trainingCanBeUndone() throws {
    let session = try played(Self.tiny + "\nundo")
    #expect(session.state.models.entries.isEmpty)
  }

  // Ctrl-C at the first look after the fourth step.
  @Test func aStoppedTrainingIsKeptUpToItsLastStep() throws {
    var session = Session()
    var share = 0.0
    let context = CommandContext(
      host: NoHost(), checkpoint: { if share >= 4.0 / 6 { throw Cancelled() } },
      progress: { share = $0.share })
    let source = Source(text: Self.tiny)
    #expect(throws: Cancelled.self) { try session.execute(source, source.all, context) }
    #expect(session.state.models.entries.isEmpty)
    _ = try session.run(Source(text: "keep"), CommandContext(host: context.host))
    #expect(session.state.models.entry("tiny")?.steps == 4)
    #expect(session.log.last?.contains("stop=4") == true)
  }

  @Test func modelsAreListedUsedAndForgotten() throws {
    let script = Self.tiny + "\n" + Self.tiny.replacing("tiny", with: "other")
    let session = try played(script + "\nmodel use tiny\nmodel list\nmodel show")
    #expect(session.state.models.inUse == "tiny")
    #expect(try number("model.layers", in: session) == 1)
    // To look is no part of the log.
    #expect(session.log.count == 3)
    let left = try played(script + "\nmodel remove other")
    #expect(left.state.models.entries.map(\.name) == ["tiny"])
    #expect(left.state.models.inUse == "tiny")
  }

  @Test(
    arguments: zip(
      [
        "chat \"hello\"", "generate \"We\"", "model show", "train heads=3",
        "train steps=5 stop=6", Self.tiny + "\nmodel use nobody", Self.tiny + "\nchat",
        "model get gpt9", "model get smollm2", "train recorded=\"1;2\"",
        "train corpus=\"nowhere.txt\"", "model add \"nowhere.gguf\"",
      ],
      [
        "no-model", "no-model", "no-model", "train-parameter", "train-parameter", "unknown-model",
        "no-question", "unknown-model", "not-safe", "bad-recording", "not-safe", "not-safe",
      ]))
  func whatCannotBeIsSaid(script: String, code: String) throws {
    #expect(try problem(script).code == code)
  }

  // Two beginnings that share some symbols: the second is read from where it differs, and goes on as it would have
  // alone.
  @Test func whatTheLastPromptHadInCommonIsNotReadAgain() throws {
    let last = "\ngenerate \"We sew quilts and pillows\" limit=4"
    let alone = try played(Self.tiny + last)
    let after = try played(Self.tiny + "\ngenerate \"We sew quilts by hand\" limit=4" + last)
    #expect(try value("chat.answer", in: after) == value("chat.answer", in: alone))
    let (less, all) = try (
      number("chat.prefill.tokens", in: after), number("chat.prefill.tokens", in: alone)
    )
    #expect(less < all, "\(less) of \(all)")
  }

  @Test func whatIsNotTheKnownFileIsThrownAway() throws {
    let host = FetchingHost(bytes: Array("GGUF and something else".utf8))
    func problem(_ text: String) throws -> Diagnostic {
      var session = Session()
      let source = Source(text: text)
      let report = try session.execute(source, source.all, CommandContext(host: host))
      #expect(session.state.models.entries.isEmpty)
      return try #require(report.diagnostics.first)
    }
    let fetched = try problem("model get smollm2")
    #expect(fetched.code == "bad-model")
    #expect(fetched.message.contains("is not the file that is known"), "\(fetched.message)")
    // The version comes after the mark: " and" is 0x646e6120.
    let added = try problem("model add \"other.gguf\"")
    #expect(added.code == "bad-model")
    #expect(added.message.contains("version 1684955424"), "\(added.message)")
  }

  // 512 sequences of 4 heads with 2,048 · 2,048 probabilities in each of 48 blocks are 1.6 TB alone.
  @Test func aTrainingThatNoMemoryHoldsIsRefused() throws {
    let diagnostic = try problem("train layers=48 width=2048 context=2048 batch=512")
    #expect(diagnostic.code == "train-parameter")
    #expect(diagnostic.message.contains("TB of memory"), "\(diagnostic.message)")
  }

  @Test func aQuestionThatIsTooLongIsRefused() throws {
    let long = Array(repeating: "quilt", count: 200).joined(separator: " ")
    let diagnostic = try problem(Self.tiny + " context=16\nchat \"\(long)\"")
    #expect(diagnostic.code == "too-long")
    #expect(diagnostic.message.contains("room for 16"), "\(diagnostic.message)")
  }

  @Test func recordsComeBackFromTheirLines() throws {
    let record = TrainingRecord(
      digest: "ab", symbols: 300, parameters: 1_000, context: 16, steps: 3, stepsPlanned: 5,
      tokensPerStep: 64, operationsPerStep: 1e9, seconds: 0.5, stepsTimed: 3, peak: 2.4e10,
      threads: 2,
      instructionSet: "avx2",
      curve: [.init(step: 1, loss: 5.5, heldOut: 5.25), .init(step: 3, loss: 5, heldOut: nil)],
      exam: .init(asked: 10, right: 9, nearestRight: 4, overlap: 0.25))
    #expect(TrainingRecord(text: record.text) == record)
    // 3 · 64 in half a second; 3 · 10⁹ in it.
    #expect(record.tokensPerSecond == 384)
    #expect(record.rate == 6e9)
    #expect(record.shareOfPeak == 0.25)
    #expect(TrainingRecord(text: record.text + ";") == nil)
    let older = "1;ab;300;1000;16;3;5;64;1e9;0.5;3;2;avx2;1:5.5:5.25,3:5.0;10:9:4:0.25"
    var known = record
    known.peak = 0
    #expect(TrainingRecord(text: older) == known)
    #expect(known.shareOfPeak == nil)
    #expect(AnswerRecord(line: "1;2;stop;0;1,1,1,1;1,1,1,1;a;b")?.text == "a;b")
    #expect(AnswerRecord(line: "1;2;never;0;1,1,1,1;1,1,1,1;a") == nil)
  }
}
