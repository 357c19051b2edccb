import Compute

/// A training run, step by step.
///
/// A value: a copy is a snapshot to go on from, and only scratch memory is shared between copies,
/// which holds nothing from step to step. What is not a step of it, such as the time that a step
/// takes, is the caller's to measure.
package struct Trainer {
  /// What is being run.
  package let configuration: TrainingConfiguration
  /// The weights after the last finished step.
  package private(set) var weights: TransformerWeights
  /// How many steps are finished.
  package private(set) var step: Int
  private(set) var optimizer: AdamW
  private let text: TrainingText
  private let pool: WorkerPool
  private let activations: Activations
  private let gradients: FloatArena
  private let gradient: UnsafeMutablePointer<Float>

  /// What a step did.
  package struct StepResult: Hashable, Sendable {
    /// The step's number, from 0.
    package let step: Int
    /// The mean loss over its batch before the step, in nats a token.
    package let loss: Double
    /// The norm of all gradients, before it was clipped.
    package let gradientNorm: Double
    /// The learning rate that it took.
    package let learningRate: Double
  }

  /// A run from its first step.
  ///
  /// - Throws: what `checkpoint` throws.
  package init(
    _ configuration: TrainingConfiguration, text: TrainingText, pool: WorkerPool,
    checkpoint: () throws -> Void
  ) rethrows {
    let shape = configuration.shape
    self.init(
      configuration, text: text, pool: pool, step: 0,
      weights: try TransformerWeights(
        shape: shape, seed: configuration.seed, checkpoint: checkpoint),
      optimizer: try AdamW(
        settings: configuration.optimizer, shape: shape, checkpoint: checkpoint))
  }

  /// A run that goes on from a checkpoint, on the text that it was made with.
  package init(_ checkpoint: TrainingCheckpoint, text: TrainingText, pool: WorkerPool) {
    let (configuration, shape) = (checkpoint.configuration, checkpoint.configuration.shape)
    self.init(
      configuration, text: text, pool: pool, step: checkpoint.step,
      weights: TransformerWeights(shape: shape, values: checkpoint.weights),
      optimizer: AdamW(
        settings: configuration.optimizer, shape: shape, means: checkpoint.means,
        variances: checkpoint.variances))
  }

  private init(
    _ configuration: TrainingConfiguration, text: TrainingText, pool: WorkerPool, step: Int,
    weights: TransformerWeights, optimizer: AdamW
  ) {
    self.configuration = configuration
    self.text = text
    self.pool = pool
    self.step = step
    self.weights = weights
    self.optimizer = optimizer
    activations = Activations(shape: configuration.shape, sequences: configuration.sequences)
    gradients = FloatArena(capacity: configuration.shape.parameters + 16)
    gradient = gradients.take(configuration.shape.parameters)
  }

  /// Whether the schedule has come to its end; further steps take its lowest rate.
  package var isFinished: Bool { step >= configuration.schedule.steps }

  /// What to keep to go on later.
  package var checkpoint: TrainingCheckpoint {
    TrainingCheckpoint(
      configuration: configuration, step: step, weights: weights.values, means: optimizer.means,
      variances: optimizer.variances)
  }

  /// Takes a step: a batch forward and backward, and a move of the weights.
  ///
  /// The move itself, last, is not interrupted: it takes 28 bytes of memory traffic for each number of
  /// the model.
  /// - Throws: what `checkpoint` throws, which is called after some milliseconds of work each time.
  ///   The run is then as it was before the step.
  package mutating func takeStep(checkpoint: () throws -> Void) rethrows -> StepResult {
    let loss = try gradients(of: batch(step), step: step, checkpoint: checkpoint)
    let norm = try optimizer.norm(of: gradient, pool: pool, checkpoint: checkpoint)
    let rate = configuration.schedule.rate(step: step)
    let limit = Double(configuration.gradientNormMax)
    try checkpoint()
    optimizer.update(
      &weights.values, gradients: gradient, gradientScale: Float(norm > limit ? limit / norm : 1),
      learningRate: rate, step: step, pool: pool)
    defer { step += 1 }
    return StepResult(step: step, loss: loss, gradientNorm: norm, learningRate: rate)
  }

  /// The mean loss over windows of the validation part, in nats a token; the same windows each
  /// time.
  ///
  /// - Throws: what `checkpoint` throws.
  package func validationLoss(windows: Int, checkpoint: () throws -> Void) rethrows -> Double {
    let pass = TransformerPass(activations: activations, pool: pool)
    let batches = text.validationBatches(
      windows: windows, sequences: configuration.sequences, context: configuration.shape.context)
    var sum = 0.0
    for batch in batches {
      sum += try weights.values.withUnsafeBufferPointer { weights in
        guard let weights = weights.baseAddress else { return 0 }
        try pass.forward(tokens: batch.tokens, weights: weights, checkpoint: checkpoint)
        return try pass.loss(targets: batch.targets, checkpoint: checkpoint)
      }
    }
    return sum / Double(batches.count)
  }

  private func batch(_ step: Int) -> TokenBatch {
    text.batch(
      step: step, seed: configuration.seed, sequences: configuration.sequences,
      context: configuration.shape.context)
  }

  /// Fills `gradient` and returns the loss.
  private func gradients(of batch: TokenBatch, step: Int, checkpoint: () throws -> Void) rethrows
    -> Double
  {
    let rate = configuration.dropout
    let dropout =
      rate > 0 ? Dropout(rate: rate, seed: configuration.seed, step: step) : nil
    let pass = TransformerPass(activations: activations, pool: pool, dropout: dropout)
    return try weights.values.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return 0 }
      try pass.forward(tokens: batch.tokens, weights: weights, checkpoint: checkpoint)
      let loss = try pass.loss(targets: batch.targets, checkpoint: checkpoint)
      try checkpoint()
      try pass.backward(
        tokens: batch.tokens, weights: weights, gradients: gradient, checkpoint: checkpoint)
      return loss
    }
  }
}
