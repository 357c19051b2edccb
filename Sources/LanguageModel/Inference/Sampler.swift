import CComputeKernels
import Randomness

/// Chooses the next symbol from logits.
///
/// Probabilities are softmax(logits / temperature). Of these remain the `topK` largest; of those the
/// largest that together reach `topP`; of those the ones of at least `minP` times the largest. One of
/// them is drawn in proportion.
///
/// `Chosen:` the temperature comes first, so that what is cut off is what would rarely be drawn.
/// - Source: top-k: Fan, Lewis, Dauphin, "Hierarchical Neural Story Generation", 2018; top-p: Holtzman et
///   al., "The Curious Case of Neural Text Degeneration", 2020; min-p: Nguyen et al., "Turning Up the
///   Heat: Min-p Sampling for Creative and Coherent LLM Outputs", 2024.
package struct Sampler: Hashable, Sendable {
  /// 0 takes the most likely symbol always.
  package var temperature: Float
  /// How many symbols remain at most; nil for all.
  package var topK: Int?
  /// The probability that the remaining symbols reach together, at most 1.
  package var topP: Float
  /// The least probability of a remaining symbol, as a share of the largest.
  package var minP: Float

  private let draws: RandomDraws
  private var drawn = 0

  /// A sampler as given; the same seed draws the same numbers.
  package init(
    temperature: Float = 0, topK: Int? = nil, topP: Float = 1, minP: Float = 0, seed: UInt64 = 0
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    draws = RandomStream(seed: seed, name: "sampler").entity(0)
  }

  /// The next symbol.
  ///
  /// Of equal logits the one with the lower number is the more likely. Logits that are no numbers are never
  /// chosen, unless there are no others.
  package mutating func next(_ logits: [Float]) -> Int32 {
    guard let best = Self.largest(logits) else { return 0 }
    guard temperature > 0 else { return Int32(best) }
    let weights = self.weights(logits, largest: logits[best])
    let remaining = remaining(weights)
    let total = remaining.reduce(0) { $0 + Double(weights[$1]) }
    var rest = draws.uniform(drawn) * total
    drawn += 1
    for symbol in remaining {
      rest -= Double(weights[symbol])
      if rest < 0 { return Int32(symbol) }
    }
    return Int32(remaining.last ?? best)
  }

  private static func largest(_ logits: [Float]) -> Int? {
    var best: Int?
    for (symbol, logit) in logits.enumerated() where !logit.isNaN {
      if let known = best, logits[known] >= logit { continue }
      best = symbol
    }
    return best
  }

  /// Probabilities as shares of the largest.
  private func weights(_ logits: [Float], largest: Float) -> [Float] {
    var weights = logits.map { $0.isNaN ? -.infinity : ($0 - largest) / temperature }
    weights.withUnsafeMutableBufferPointer { compute_exp($0.baseAddress, $0.count) }
    return weights
  }

  /// The symbols that may be drawn: in the order of their numbers if all may, otherwise the likely
  /// ones first.
  private func remaining(_ weights: [Float]) -> [Int] {
    let count = max(1, topK ?? weights.count)
    guard count < weights.count || topP < 1 else {
      return weights.indices.filter { weights[$0] > 0 && weights[$0] >= minP }
    }
    var remaining = likely(weights, count: count)
    remaining.sort { (weights[$0], $1) > (weights[$1], $0) }
    remaining = Array(remaining.prefix(count))
    let isCut = count < weights.count
    let total = isCut ? remaining.reduce(0) { $0 + weights[$1] } : weights.reduce(0, +)
    let goal = topP * total
    var sum: Float = 0
    if let last = remaining.firstIndex(where: { symbol in
      sum += weights[symbol]
      return sum >= goal
    }) {
      remaining = Array(remaining[...last])
    }
    return remaining.filter { weights[$0] >= minP }
  }

  /// All symbols above a bound that leaves enough of them, so that few need sorting: at least `count`
  /// or, if fewer are asked for by `topP` alone, as many as reach it.
  private func likely(_ weights: [Float], count: Int) -> [Int] {
    let total = weights.reduce(0, +)
    var bound: Float = 0.5
    while bound > 1e-9 {
      let above = weights.indices.filter { weights[$0] > bound }
      let isEnough =
        count < weights.count
        ? above.count >= count : above.reduce(0) { $0 + weights[$1] } > topP * total
      if isEnough { return above }
      bound /= 4
    }
    return weights.indices.filter { weights[$0] > 0 }
  }
}
