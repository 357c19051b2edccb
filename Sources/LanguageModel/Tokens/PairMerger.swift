/// Applies merges to one piece of text after another: the pair of lowest rank first, the leftmost of
/// equals, until no pair has a merge.
///
/// The pairs wait in a binary heap, and the symbols form a linked list.
/// - Complexity: O(n log n) for n bytes, in any text.
struct PairMerger {
  private let table: MergeTable
  private var symbols: [Int32] = []
  private var next: [Int] = []
  private var previous: [Int] = []
  /// Rank in the upper half, place of the left symbol in the lower half.
  private var waiting: [UInt64] = []

  init(_ table: MergeTable) { self.table = table }

  /// Adds the symbols that remain of a piece to a list.
  mutating func merge(_ piece: some Collection<Int32>, into tokens: inout [Int32]) {
    symbols.removeAll(keepingCapacity: true)
    symbols.append(contentsOf: piece)
    guard symbols.count > 1 else {
      tokens.append(contentsOf: symbols)
      return
    }
    // −1 marks both ends of the list.
    next = Array(1..<symbols.count) + [-1]
    previous = Array(-1..<(symbols.count - 1))
    for place in 0..<(symbols.count - 1) { propose(place) }
    while let best = popFirst() { apply(best) }
    var place = 0
    while place >= 0 {
      tokens.append(symbols[place])
      place = next[place]
    }
  }

  /// Puts the pair that begins at a place on the heap, if it has a merge.
  private mutating func propose(_ place: Int) {
    guard place >= 0, next[place] >= 0,
      let merge = table.merge(symbols[place], symbols[next[place]])
    else { return }
    push(UInt64(merge.rank) << 32 | UInt64(place))
  }

  /// Merges the pair that was proposed, unless one of its symbols has changed since.
  private mutating func apply(_ proposal: UInt64) {
    let place = Int(proposal & 0xffff_ffff)
    let right = next[place]
    guard symbols[place] >= 0, right >= 0, let merge = table.merge(symbols[place], symbols[right]),
      merge.rank == UInt32(proposal >> 32)
    else { return }
    symbols[place] = merge.result
    symbols[right] = -1
    next[place] = next[right]
    if next[right] >= 0 { previous[next[right]] = place }
    propose(previous[place])
    propose(place)
  }

  private mutating func push(_ proposal: UInt64) {
    waiting.append(proposal)
    var child = waiting.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard waiting[child] < waiting[parent] else { return }
      waiting.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func popFirst() -> UInt64? {
    guard let last = waiting.popLast() else { return nil }
    guard let first = waiting.first else { return last }
    waiting[0] = last
    var parent = 0
    while 2 * parent + 1 < waiting.count {
      var child = 2 * parent + 1
      if child + 1 < waiting.count, waiting[child + 1] < waiting[child] { child += 1 }
      guard waiting[child] < waiting[parent] else { break }
      waiting.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
