import Compute
import Foundation
import Testing

@testable import LanguageModel

/// A run as a whole.
@Suite struct TrainerTests {
  private static let shape = TransformerShape(
    layers: 2, heads: 2, keyValueHeads: 1, width: 32, headWidth: 16, feedForwardWidth: 48,
    context: 16, symbols: 40, positions: .rotary(base: 10_000), feedForward: .swiGLU,
    normEpsilon: 1e-5, tiesHead: true)

  private static func configuration(steps: Int, dropout: Double = 0) -> TrainingConfiguration {
    var configuration = TrainingConfiguration(
      shape: shape, sequences: 4,
      schedule: LearningRateSchedule(peak: 0.01, floor: 0.001, warmUp: 4, steps: steps), seed: 3)
    configuration.dropout = dropout
    return configuration
  }

  /// A sentence of 40 different tokens at most, over and over.
  private static func text() throws -> TrainingText {
    let sentence = (0..<23).map { Int32(($0 * $0 + 3 * $0) % 40) }
    let tokens = (0..<20).flatMap { _ in sentence }
    return try TrainingText(tokens: tokens, validationShare: 0.2, context: shape.context)
  }

  private static func trainer(threads: Int = 1, steps: Int = 60, dropout: Double = 0) throws
    -> Trainer
  {
    Trainer(
      configuration(steps: steps, dropout: dropout), text: try text(),
      pool: WorkerPool(threads: threads)
    ) {}
  }

  /// Fresh weights know nothing: each of 40 symbols is about as likely, so the loss is ln 40 =
  /// 3.689.
  @Test func aFreshModelLosesTheLogarithmOfItsSymbols() throws {
    var trainer = try Self.trainer()
    #expect(abs(trainer.takeStep {}.loss - log(40)) < 0.05)
    #expect(abs(trainer.validationLoss(windows: 8) {} - log(40)) < 0.2)
  }

  /// A text that repeats itself can be told ahead, but for the tokens before which too little was
  /// seen.
  @Test func aTextThatRepeatsItselfIsLearnedByHeart() throws {
    var trainer = try Self.trainer(steps: 80)
    var last = Double.infinity
    while !trainer.isFinished { last = trainer.takeStep {}.loss }
    #expect(last < 0.15)
    #expect(trainer.validationLoss(windows: 8) {} < 0.15)
  }

  @Test(arguments: [0, 0.2])
  func oneAndTwoThreadsGiveTheSameBits(_ dropout: Double) throws {
    var one = try Self.trainer(threads: 1, dropout: dropout)
    var two = try Self.trainer(threads: 2, dropout: dropout)
    for _ in 0..<5 { #expect(one.takeStep {} == two.takeStep {}) }
    #expect(one.weights == two.weights)
  }

  @Test(arguments: [0, 0.2])
  func aResumedRunIsAsIfItHadNotStopped(_ dropout: Double) throws {
    var whole = try Self.trainer(dropout: dropout)
    for _ in 0..<3 { _ = whole.takeStep {} }
    let bytes = try whole.checkpoint.bytes()
    var resumed = Trainer(
      try TrainingCheckpoint(bytes: bytes[...]), text: try Self.text(), pool: WorkerPool(threads: 1)
    )
    #expect(resumed.step == 3)
    for _ in 0..<3 { #expect(whole.takeStep {} == resumed.takeStep {}) }
    #expect(whole.checkpoint == resumed.checkpoint)
  }

  private struct Stopped: Error {}

  /// Stopped at any place between phases, the run is as before the step.
  @Test func aStoppedStepLeavesNoTrace() throws {
    var whole = try Self.trainer()
    _ = whole.takeStep {}
    var places = 0
    var counting = whole
    _ = counting.takeStep { places += 1 }
    // Four phases a block forward and as many backward, and what comes before and after.
    #expect(places > 16)
    for place in 0..<places {
      var stopped = whole
      var count = 0
      #expect(throws: Stopped.self) {
        _ = try stopped.takeStep {
          count += 1
          if count > place { throw Stopped() }
        }
      }
      #expect(stopped.checkpoint == whole.checkpoint)
    }
  }

  /// Gradients of a norm above the limit are scaled to it, so a step of plain size is the same as
  /// with the gradients' own norm as the limit; below a limit nothing is scaled.
  @Test func gradientsAreClippedToTheirNorm() throws {
    var free = Self.configuration(steps: 9)
    free.gradientNormMax = 1e9
    // AdamW's step hardly depends on a constant factor, unless it makes the gradients vanish beside ε.
    var tight = free
    tight.gradientNormMax = 1e-7
    tight.optimizer.epsilon = 1e-3
    let pool = WorkerPool(threads: 1)
    var first = Trainer(free, text: try Self.text(), pool: pool, checkpoint: {})
    var second = Trainer(tight, text: try Self.text(), pool: pool, checkpoint: {})
    let (before, norm) = (second.weights, first.takeStep {}.gradientNorm)
    #expect(second.takeStep {}.gradientNorm == norm)
    let moved = zip(before.values, second.weights.values).map { abs($0 - $1) }.max() ?? 0
    // At most rate · (10⁻⁷ / 10⁻³ + decay · weight), with the first rate of 0.01 / 4.
    #expect(moved < 0.0025 * (1e-4 + 0.1 * 1.2))
    let largest = before.slices.filter(\.isScale).map { slice in
      slice.range.map { abs(before.values[$0] - second.weights.values[$0]) }.max() ?? 0
    }.max()
    #expect(largest ?? 1 < 0.0025 * 1.001e-4)
  }

  /// COMPUTE's configuration: 3.97 GFLOP an iteration, by the sum of its matrices.
  ///
  /// 6 · (4 · 12 · 128² + 65 · 128 + 2 · 4 · 64 · 128) · 768 = 3,964,207,104.
  @Test func operationsOfAStepAreCountedByTheFormula() {
    let shape = TransformerShape(
      layers: 4, heads: 4, keyValueHeads: 4, width: 128, headWidth: 32, feedForwardWidth: 512,
      context: 64, symbols: 65, positions: .learned, feedForward: .gelu, normEpsilon: 1e-5,
      tiesHead: true)
    let schedule = LearningRateSchedule(peak: 1e-3, floor: 1e-4, warmUp: 1, steps: 1)
    var configuration = TrainingConfiguration(
      shape: shape, sequences: 12, schedule: schedule, seed: 1)
    #expect(configuration.operationsPerStep == 3_964_207_104)
    // An output matrix of its own takes the place of the embedding, which is only looked up.
    configuration.shape.tiesHead = false
    #expect(configuration.operationsPerStep == 3_964_207_104)
  }
}
