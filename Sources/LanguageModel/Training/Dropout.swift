import Randomness

/// Sets a share of a branch's results to 0 while training and scales the rest up to keep the mean.
///
/// The mask is a function of (seed, step, place, element): nothing is stored, the backward pass
/// draws it again, and a resumed run draws the same. Masks fall on the embeddings and on what
/// attention and feed-forward write into the residual stream, not on the attention's probabilities.
/// - Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
///   JMLR 15, 2014.
struct Dropout {
  /// The share that becomes 0, below 1.
  let rate: Double
  private let stream: RandomStream
  private let step: Int

  /// The masks of one step.
  init(rate: Double, seed: UInt64, step: Int) {
    self.rate = rate
    self.step = step
    stream = RandomStream(seed: seed, name: "dropout")
  }

  /// Writes the masked values of a row; `place` numbers the masks within a step, `first` is the
  /// index of the row's first element.
  func apply(
    _ values: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, count: Int,
    place: Int, first: Int
  ) {
    // 1,024 masks a step are more than 511 blocks have.
    let draws = stream.entity(step * 1024 + place)
    let kept = Float(1 / (1 - rate))
    for index in 0..<count {
      result[index] = draws.uniform(first + index) < rate ? 0 : values[index] * kept
    }
  }
}
