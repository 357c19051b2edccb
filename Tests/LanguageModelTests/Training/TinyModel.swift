import Compute

@testable import LanguageModel

/// A model small enough for oracles, with weights far from their start, where gradients are not
/// small.
struct TinyModel {
  var weights: TransformerWeights
  let tokens: [Int32]
  let targets: [Int32]

  /// Two sequences of five tokens; weights are (37 i + 11) mod 101, as −0.5 to 0.5, and 1 more for
  /// scales.
  init(_ shape: TransformerShape) {
    weights = TransformerWeights(
      shape: shape, values: (0..<shape.parameters).map { Float(($0 * 37 + 11) % 101 - 50) / 100 })
    for slice in weights.slices where slice.isScale {
      for index in slice.range { weights.values[index] += 1 }
    }
    tokens = (0..<(2 * shape.context)).map { Int32($0 * 5 % shape.symbols) }
    targets = (0..<(2 * shape.context)).map { Int32(($0 * 3 + 1) % shape.symbols) }
  }

  /// Six wide, two or four heads of four, seven symbols.
  static func shape(
    positions: TransformerShape.Positions, feedForward: TransformerShape.FeedForward,
    keyValueHeads: Int, tiesHead: Bool, layers: Int = 1
  ) -> TransformerShape {
    TransformerShape(
      layers: layers, heads: 2, keyValueHeads: keyValueHeads, width: 6, headWidth: 4,
      feedForwardWidth: 5, context: 5, symbols: 7, positions: positions, feedForward: feedForward,
      normEpsilon: 1e-5, tiesHead: tiesHead)
  }

  /// The loss and all gradients by the passes under test.
  func gradients(threads: Int = 1, dropout: Dropout? = nil) -> (loss: Double, values: [Float]) {
    let pool = WorkerPool(threads: threads)
    let pass = TransformerPass(
      activations: Activations(
        shape: weights.shape, sequences: tokens.count / weights.shape.context),
      pool: pool, dropout: dropout)
    var gradients = [Float](repeating: .nan, count: weights.values.count)
    pass.forward(tokens: tokens, weights: weights.values, checkpoint: {})
    let loss = pass.loss(targets: targets) {}
    pass.backward(tokens: tokens, weights: weights.values, gradients: &gradients, checkpoint: {})
    return (loss, gradients)
  }
}
