import CComputeKernels
import Compute

/// Adam with decoupled weight decay, on matrices only: norms' scales do not decay.
///
/// - Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.
package struct AdamW: Hashable, Sendable {
  /// How the moments follow and how the weights decay.
  package struct Settings: Hashable, Sendable, Codable {
    /// How much of the mean of the gradients stays in a step.
    package var beta1: Float = 0.9
    /// How much of the mean of their squares stays in a step.
    ///
    /// `Chosen:` 0.99, which forgets within a hundred steps, since the runs here are short.
    package var beta2: Float = 0.99
    /// What is added to the root of the mean square.
    package var epsilon: Float = 1e-8
    /// What a matrix loses in a step, as a share of the learning rate.
    package var weightDecay: Float = 0.1

    /// The usual settings for a small transformer.
    package init() {}
  }

  /// A stretch of the weights that one chunk updates.
  private struct Stretch: Hashable {
    let start: Int
    let count: Int
    let decays: Bool
  }

  let settings: Settings
  /// Running means of the gradients.
  package internal(set) var means: [Float]
  /// Running means of their squares.
  package internal(set) var variances: [Float]
  private let stretches: [Stretch]

  /// Numbers in a stretch.
  ///
  /// `Chosen:` 16,384, 256 KB over the four arrays, which a second-level cache holds. Independent of
  /// the threads, as the gradients' norm is summed by stretches.
  private static let stretchCount = 16_384

  /// An optimizer that has not seen a gradient.
  init(
    settings: Settings, shape: TransformerShape, checkpoint: () throws -> Void
  ) rethrows {
    let count = shape.parameters
    self.init(
      settings: settings, shape: shape,
      means: try [Float](repeating: 0, count: count, checkpoint: checkpoint),
      variances: try [Float](repeating: 0, count: count, checkpoint: checkpoint))
  }

  /// An optimizer with the moments of a checkpoint.
  init(settings: Settings, shape: TransformerShape, means: [Float], variances: [Float]) {
    self.settings = settings
    self.means = means
    self.variances = variances
    var stretches: [Stretch] = []
    for slice in TransformerWeights.slices(of: shape) {
      for start in stride(from: 0, to: slice.count, by: AdamW.stretchCount) {
        stretches.append(
          Stretch(
            start: slice.offset + start, count: min(AdamW.stretchCount, slice.count - start),
            decays: !slice.isScale))
      }
    }
    self.stretches = stretches
  }

  /// The root of the sum of squares of all gradients.
  func norm(
    of gradients: UnsafePointer<Float>, pool: WorkerPool, checkpoint: () throws -> Void
  ) rethrows -> Double {
    let sums = try [Double](unsafeUninitializedCapacity: stretches.count) { sums, count in
      guard let base = sums.baseAddress else { return }
      let atOnce = TransformerPass.numbersAtOnce / AdamW.stretchCount
      try pool.run(chunks: stretches.count, atOnce: atOnce, checkpoint: checkpoint) { index in
        let stretch = stretches[index]
        base[index] = compute_sum_of_squares(gradients + stretch.start, stretch.count)
      }
      count = stretches.count
    }
    return sums.reduce(0, +).squareRoot()
  }

  /// Moves the weights against the gradients, which are scaled first; `step` counts from 0.
  mutating func update(
    _ weights: inout [Float], gradients: UnsafePointer<Float>, gradientScale: Float,
    learningRate: Double, step: Int, pool: WorkerPool
  ) {
    var move = compute_adamw_step()
    move.learning_rate = Float(learningRate)
    move.beta1 = settings.beta1
    move.beta2 = settings.beta2
    move.epsilon = settings.epsilon
    move.correction1 = 1 - power(settings.beta1, step + 1)
    move.correction2 = 1 - power(settings.beta2, step + 1)
    move.gradient_scale = gradientScale
    let (still, stretches, decay) = (move, stretches, settings.weightDecay)
    weights.withUnsafeMutableBufferPointer { weights in
      means.withUnsafeMutableBufferPointer { means in
        variances.withUnsafeMutableBufferPointer { variances in
          guard let w = weights.baseAddress, let m = means.baseAddress,
            let v = variances.baseAddress
          else { return }
          pool.run(chunks: stretches.count) { index in
            let stretch = stretches[index]
            var move = still
            move.weight_decay = stretch.decays ? decay : 0
            let at = stretch.start
            compute_adamw(move, gradients + at, w + at, m + at, v + at, stretch.count)
          }
        }
      }
    }
  }

  /// base^exponent by repeated squaring in Double.
  private func power(_ base: Float, _ exponent: Int) -> Float {
    var (result, square, rest) = (1.0, Double(base), exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return Float(result)
  }
}
