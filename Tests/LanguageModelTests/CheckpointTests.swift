import Compute
import Foundation
import Testing

@testable import LanguageModel

/// How much is done between two checkpoints, so that Ctrl-C ends anything within a tenth of a second.
@Suite struct CheckpointTests {
  private struct Stopped: Error {}

  /// Words of up to nine letters, as a text of so many bytes.
  private func text(_ bytes: Int) -> String {
    let words = InferenceModels.tokens(bytes / 5, below: 5_000).map { number in
      String(repeating: Character(Unicode.Scalar(UInt8(97 + number % 26))), count: Int(number % 8))
    }
    return String(words.joined(separator: " ").prefix(bytes))
  }

  private func calls(_ work: (() throws -> Void) throws -> Void) rethrows -> Int {
    var calls = 0
    try work { calls += 1 }
    return calls
  }

  /// Once in 64 KiB at least, and each time anew: stopping at the n-th takes n times as long.
  @Test func encodingAsksOnceInSixtyFourKibibytes() throws {
    let tokenizer = try BytePairTraining.tokenizer(of: text(4_000), symbols: 300, controls: [])
    for size in [70_000, 140_000] {
      let long = text(size)
      let asked = try calls { _ = try tokenizer.encode(long, checkpoint: $0) }
      #expect(asked >= long.utf8.count / 65_536)
      #expect(try tokenizer.encode(long, checkpoint: {}) == tokenizer.encode(long))
    }
    #expect(throws: Stopped.self) {
      try tokenizer.encode(text(70_000)) { throw Stopped() }
    }
  }

  /// A single piece has no end to ask at, and merges for long.
  @Test func aLongWordIsAskedWithin() throws {
    let tokenizer = try BytePairTraining.tokenizer(of: "aaaa aaaa", symbols: 258, controls: [])
    let word = String(repeating: "a", count: 40_000)
    // A step for each letter that is taken, and for each of 20,000 and 10,000 merges.
    let asked = try calls { _ = try tokenizer.encode(word, checkpoint: $0) }
    #expect(asked >= 70_000 / 16_384)
  }

  @Test func trainingATokenizerAsksForEachMergeAndWithinTheText() throws {
    let long = text(100_000)
    let asked = try calls {
      _ = try BytePairTraining.tokenizer(of: long, symbols: 270, controls: [], checkpoint: $0)
    }
    #expect(asked >= 14 + long.split(separator: " ").count / 16_384)
    #expect(
      try calls { _ = try BytePairTraining.characters(of: long, controls: [], checkpoint: $0) } > 0)
  }

  @Test func hashingAsksOnceInAMebibyte() throws {
    let bytes = [UInt8](repeating: 7, count: (1 << 20) + 5)
    bytes.withUnsafeBytes { bytes in
      var hash = ""
      var asked = 0
      hash = SHA256.hash(of: bytes) { asked += 1 }
      #expect(asked == 1)
      #expect(hash == SHA256.hash(of: bytes))
    }
  }

  @Test func packingAsksAndStops() throws {
    let file = try GGUFFile(SmallModelFile.bytes().file)
    let pool = WorkerPool(threads: 1)
    #expect(
      try calls { _ = try LoadedModel(file, context: 100, pool: pool, checkpoint: $0) } >= 4)
    #expect(throws: Stopped.self) {
      try LoadedModel(file, context: 100, pool: pool) { throw Stopped() }
    }
  }

  #if !DEBUG
    private static let shape = TransformerShape(
      layers: 1, heads: 4, keyValueHeads: 2, width: 256, headWidth: 64, feedForwardWidth: 1_024,
      context: 512, symbols: 256, positions: .rotary(base: 10_000), feedForward: .gelu,
      normEpsilon: 1e-5, tiesHead: true)

    /// Operations of products between two checkpoints, by the results that have been written since the
    /// last one: a number of `inner` takes 2 · 256.
    ///
    /// 8,192 rows: 4 billion operations for `inner` alone.
    @Test(arguments: [1, 2])
    func aPassAsksWithinABillionOperationsOfAThread(threads: Int) {
      let activations = Activations(shape: Self.shape, sequences: 16)
      let (block, rows) = (activations.blocks[0], activations.rows)
      let products: [(numbers: UnsafeMutablePointer<Float>, count: Int, operations: Int)] = [
        (block.heads, rows * activations.headsWidth, 2 * 256),
        (block.probabilities, 16 * 4 * 512 * 512, 2 * 64), (block.attended, rows * 256, 2 * 512),
        (block.inner, rows * 1_024, 2 * 256), (activations.logits, rows * 256, 2 * 256),
      ]
      for product in products { product.numbers.update(repeating: .nan, count: product.count) }
      var (most, last) = (0, 0)
      func look() {
        let done = products.reduce(0) { sum, product in
          sum + product.operations
            * (0..<product.count).reduce(0) { $0 + (product.numbers[$1].isNaN ? 0 : 1) }
        }
        (most, last) = (max(most, done - last), done)
      }
      let pass = TransformerPass(activations: activations, pool: WorkerPool(threads: threads))
      let weights = TransformerWeights(shape: Self.shape, seed: 1) {}
      let tokens = InferenceModels.tokens(rows, below: 256)
      pass.forward(tokens: tokens, weights: weights.values, checkpoint: look)
      // All was seen, and never more at once than allowed and what a row of tiles has beyond.
      #expect(last == products.reduce(0) { $0 + $1.count * $1.operations })
      #expect(most <= threads * (1 << 30) + 16 * 2 * 256 * 1_024)
    }

    /// On an idle machine these are a hundredth of it.
    @Test func aStepOfALargeModelAsksWithinASecond() throws {
      let configuration = TrainingConfiguration(
        shape: Self.shape, sequences: 16,
        schedule: LearningRateSchedule(peak: 1e-3, floor: 1e-4, warmUp: 1, steps: 2), seed: 1)
      let text = try TrainingText(
        tokens: InferenceModels.tokens(20_000, below: 256), validationShare: 0.1, context: 512)
      var last = ProcessInfo.processInfo.systemUptime
      var longest = 0.0
      func look() {
        let now = ProcessInfo.processInfo.systemUptime
        (longest, last) = (max(longest, now - last), now)
      }
      var trainer = Trainer(
        configuration, text: text, pool: WorkerPool(threads: 2), checkpoint: look)
      _ = trainer.takeStep(checkpoint: look)
      look()
      #expect(longest < 1)
    }
  #endif
}
