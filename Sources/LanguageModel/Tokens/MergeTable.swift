/// Two symbols that become one.
package struct SymbolMerge: Hashable, Sendable {
  /// The symbol on the left.
  package var left: Int32
  /// The symbol on the right.
  package var right: Int32
  /// The symbol of the bytes of both.
  package var result: Int32

  /// A merge as given.
  package init(left: Int32, right: Int32, result: Int32) {
    self.left = left
    self.right = right
    self.result = result
  }
}

/// The merges of a tokenizer by their pair: rank (a lower one goes first) and result.
struct MergeTable: Hashable, Sendable {
  private static let free = UInt64.max
  private var pairs: [UInt64]
  private var outcomes: [UInt64]

  /// The table of merges in the order of their ranks.
  ///
  /// - Throws: `repeatedMerge` when a pair comes twice.
  init(_ merges: [SymbolMerge]) throws(TokenizerFault) {
    var size = 2
    while size < 2 * merges.count { size *= 2 }
    pairs = Array(repeating: Self.free, count: size)
    outcomes = Array(repeating: 0, count: size)
    for (rank, merge) in merges.enumerated() {
      let pair = Self.pair(merge.left, merge.right)
      let place = place(of: pair)
      guard pairs[place] == Self.free else { throw .repeatedMerge(rank: rank) }
      pairs[place] = pair
      outcomes[place] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: merge.result))
    }
  }

  /// What becomes of two symbols side by side.
  func merge(_ left: Int32, _ right: Int32) -> (rank: UInt32, result: Int32)? {
    let place = place(of: Self.pair(left, right))
    guard pairs[place] != Self.free else { return nil }
    let outcome = outcomes[place]
    return (UInt32(outcome >> 32), Int32(truncatingIfNeeded: outcome))
  }

  private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  private func place(of pair: UInt64) -> Int {
    // Multiplies by 2^64 divided by the golden ratio and keeps what reached the upper half.
    let hash = (pair ^ pair >> 32) &* 0x9e37_79b9_7f4a_7c15
    var place = Int(truncatingIfNeeded: hash >> 32) & (pairs.count - 1)
    while pairs[place] != Self.free, pairs[place] != pair {
      place = (place + 1) & (pairs.count - 1)
    }
    return place
  }
}
