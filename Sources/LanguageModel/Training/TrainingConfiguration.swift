import Randomness

/// What a training run is, but for the text: the same configuration, text and instruction set give
/// the same weights, bit for bit.
package struct TrainingConfiguration: Hashable, Sendable, Codable {
  /// The transformer to train.
  package var shape: TransformerShape
  /// Sequences in a batch, each of `shape.context` tokens.
  package var sequences: Int
  /// How fast the weights move, step by step.
  package var schedule: LearningRateSchedule
  /// How the weights move.
  package var optimizer = AdamW.Settings()
  /// The largest norm that all gradients together may have; longer ones are scaled down to it.
  ///
  /// `Chosen:` 1, as usual for transformers.
  package var gradientNormMax: Float = 1
  /// The share of a branch's results that training sets to 0.
  package var dropout = 0.0
  /// The seed of the first weights, the batches and the masks.
  package var seed: UInt64

  /// A run of so many steps.
  package init(
    shape: TransformerShape, sequences: Int, schedule: LearningRateSchedule, seed: UInt64
  ) {
    self.shape = shape
    self.sequences = sequences
    self.schedule = schedule
    self.seed = seed
  }

  /// Tokens that a step learns from, b · t.
  package var tokensPerStep: Int { sequences * shape.context }

  /// The memory of a run: weights, their gradients and two moments, and what a step keeps, each number in four
  /// bytes.
  package var memoryBytes: Double {
    let rows = Double(tokensPerStep)
    let heads = Double((2 * shape.heads + 2 * shape.keyValueHeads) * shape.headWidth)
    let inner = Double(shape.feedForwardWidth * (shape.feedForward == .swiGLU ? 3 : 2))
    let attention = Double(sequences * shape.heads) * Double(shape.context * shape.context)
    let block = rows * (Double(4 * shape.width + 2) + heads + inner) + attention
    let outside = rows * (Double(4 * shape.width + 2) + heads + inner + Double(shape.symbols))
    return 4 * (4 * Double(shape.parameters) + Double(shape.layers) * block + outside)
  }

  /// Floating-point operations of a step: two for each weight of a matrix and token forward, and
  /// 4 · t · h · d a layer for attention to all t places; twice as many backward.
  ///
  /// Norms, activations and the optimizer are left out, as is usual, and so is that half of
  /// attention looks at nothing.
  package var operationsPerStep: Double {
    let matrices = TransformerWeights.slices(of: shape).reduce(0) { sum, slice in
      let isLookUp =
        slice.isScale || slice.name == "position_embd.weight"
        || (slice.name == "token_embd.weight" && !shape.tiesHead)
      return sum + (isLookUp ? 0 : slice.count)
    }
    let attention = 2 * shape.layers * shape.context * shape.heads * shape.headWidth
    return 6 * Double(matrices + attention) * Double(tokensPerStep)
  }
}

/// The learning rate by step: a linear warm-up from nearly 0, then half a cosine down to a floor.
///
/// - Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
///   equation 5, without restarts.
package struct LearningRateSchedule: Hashable, Sendable, Codable {
  /// The highest rate, reached at the end of the warm-up.
  package var peak: Double
  /// The lowest rate, reached at the last step.
  package var floor: Double
  /// Steps of the warm-up.
  package var warmUp: Int
  /// Steps of the whole run.
  package var steps: Int

  /// A schedule as given.
  package init(peak: Double, floor: Double, warmUp: Int, steps: Int) {
    self.peak = peak
    self.floor = floor
    self.warmUp = warmUp
    self.steps = steps
  }

  /// The rate of a step, counted from 0: peak · (step + 1) / warmUp in the warm-up, then
  /// floor + (peak − floor) · (1 + cos(π · share)) / 2, with share from 0 to 1 at the last step.
  package func rate(step: Int) -> Double {
    if step < warmUp { return peak * Double(step + 1) / Double(warmUp) }
    let length = max(steps - 1 - warmUp, 1)
    let share = min(Double(step - warmUp) / Double(length), 1)
    return floor + (peak - floor) * (1 + Portable.cos(.pi * share)) / 2
  }
}
