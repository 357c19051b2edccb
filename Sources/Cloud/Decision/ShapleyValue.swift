/// What each of several causes has to do with a difference that they make together.
///
/// Taken away one after the other, causes share a difference, but how depends on the order: who saves power
/// first saves more. The Shapley value is the average over all orders. Its parts add up to the difference,
/// causes that do the same get the same, and one that does nothing gets nothing.
///
/// - Source: L. S. Shapley, "A Value for n-Person Games", in: Contributions to the Theory of Games II, 1953.
package enum ShapleyValue {
  /// The most causes that are taken: each subset of them is looked at.
  private static let causesMax = 16

  /// The part of each cause in `value` of all of them less `value` of none.
  /// - Parameter value: what comes of a set of causes: bit i stands for cause i.
  /// - Complexity: n · 2ⁿ.
  package static func parts(of causes: Int, value: (_ set: Int) -> Double) -> [Double] {
    precondition((0...causesMax).contains(causes), "\(causes) causes are more than \(causesMax)")
    let values = (0..<(1 << causes)).map(value)
    // Of all orders, the share in which just these s causes come before cause i: s! (n − s − 1)! / n!
    var weights: [Double] = []
    for size in 0..<causes {
      let next = weights.last.map { $0 * Double(size) / Double(causes - size) }
      weights.append(next ?? 1 / Double(causes))
    }
    return (0..<causes).map { cause in
      values.indices.reduce(0) { sum, set in
        guard set & (1 << cause) == 0 else { return sum }
        return sum + weights[set.nonzeroBitCount] * (values[set | 1 << cause] - values[set])
      }
    }
  }
}
