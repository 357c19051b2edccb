import Compute
import Testing

@testable import LanguageModel

/// Bytes of a checkpoint, whole and damaged.
@Suite struct TrainingCheckpointTests {
  private static func checkpoint() throws -> TrainingCheckpoint {
    let shape = TransformerShape(
      layers: 1, heads: 1, keyValueHeads: 1, width: 4, headWidth: 2, feedForwardWidth: 3,
      context: 2, symbols: 5, positions: .rotary(base: 100), feedForward: .swiGLU,
      normEpsilon: 1e-5, tiesHead: true)
    let configuration = TrainingConfiguration(
      shape: shape, sequences: 2,
      schedule: LearningRateSchedule(peak: 0.01, floor: 0.001, warmUp: 1, steps: 5), seed: 9)
    let text = try TrainingText(
      tokens: (0..<40).map { Int32($0 % 5) }, validationShare: 0.2, context: 2)
    var trainer = Trainer(configuration, text: text, pool: WorkerPool(threads: 1)) {}
    _ = trainer.takeStep {}
    return trainer.checkpoint
  }

  @Test func theyComeBackAsTheyWere() throws {
    let checkpoint = try Self.checkpoint()
    #expect(try TrainingCheckpoint(bytes: checkpoint.bytes()[...]) == checkpoint)
  }

  @Test func eachCutIsNoticed() throws {
    let bytes = try Self.checkpoint().bytes()
    for length in 0..<bytes.count {
      #expect(throws: length < 7 ? TrainingError.notACheckpoint : .damagedCheckpoint) {
        try TrainingCheckpoint(bytes: bytes[..<length])
      }
    }
  }

  @Test func eachFlippedBitOfTheContentsIsNoticed() throws {
    let bytes = try Self.checkpoint().bytes()
    for index in 8..<bytes.count {
      var damaged = bytes
      damaged[index] ^= 1 << (index % 8)
      #expect(throws: TrainingError.damagedCheckpoint) {
        try TrainingCheckpoint(bytes: damaged[...])
      }
    }
  }

  /// Bytes that are whole and make no sense: sizes whose product is beyond 2⁶³, and a share of a
  /// head.
  @Test func aShapeThatCannotBeIsDamage() throws {
    let good = try Self.checkpoint()
    for change: (inout TransformerShape) -> Void in [
      { $0.width = 1 << 62 }, { $0.symbols = -1 }, { $0.keyValueHeads = 0 },
      { ($0.heads, $0.keyValueHeads) = (3, 2) }, { $0.headWidth = 3 },
    ] {
      var configuration = good.configuration
      change(&configuration.shape)
      let bytes = try TrainingCheckpoint(
        configuration: configuration, step: 1, weights: good.weights, means: good.means,
        variances: good.variances
      ).bytes()
      #expect(throws: TrainingError.damagedCheckpoint) { try TrainingCheckpoint(bytes: bytes[...]) }
    }
  }

  @Test func anotherVersionIsToldFromDamage() throws {
    var bytes = try Self.checkpoint().bytes()
    bytes[7] = 9
    #expect(throws: TrainingError.otherVersion(found: 9, known: 2)) {
      try TrainingCheckpoint(bytes: bytes[...])
    }
    #expect(throws: TrainingError.notACheckpoint) {
      try TrainingCheckpoint(bytes: Array("GGUF and more than sixteen bytes".utf8)[...])
    }
  }

  @Test func aTextMustHoldASequenceInEachPart() {
    #expect(throws: TrainingError.textTooShort(tokens: 4, needed: 5)) {
      try TrainingText(tokens: Array(repeating: 1, count: 40), validationShare: 0.1, context: 4)
    }
    #expect(throws: TrainingError.textTooShort(tokens: 3, needed: 5)) {
      try TrainingText(tokens: [1, 2, 3], validationShare: 0, context: 4)
    }
  }
}
