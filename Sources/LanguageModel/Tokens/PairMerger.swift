/// Applies merges to one piece of text after another: the pair of lowest rank first, the leftmost of
/// equals, until no pair has a merge.
///
/// The pairs wait in a binary heap, and the symbols form a linked list.
/// - Complexity: O(n log n) for n bytes, in any text.
struct PairMerger {
  private let table: MergeTable
  private var symbols: [Int32] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  /// Rank in the upper half, place of the left symbol in the lower half.
  private var waiting: [UInt64] = []

  init(_ table: MergeTable) { self.table = table }

  /// `Chosen:` steps between two checkpoints, of which one takes a microsecond in a long piece.
  private static let stepsAtOnce = 1 << 13

  /// Adds the symbols that remain of a piece to a list.
  ///
  /// - Throws: what `checkpoint` throws, which is called within long pieces.
  mutating func merge(
    _ piece: some Collection<Int32>, into tokens: inout [Int32],
    _ checkpoint: () throws -> Void
  ) rethrows {
    let count = piece.count
    guard count > 1 else {
      tokens.append(contentsOf: piece)
      return
    }
    precondition(count < Int32.max, "a piece of \(count) bytes is too long")
    try take(piece, count, checkpoint)
    var steps = 0
    while let best = popFirst() {
      apply(best)
      steps += 1
      if steps % PairMerger.stepsAtOnce == 0 { try checkpoint() }
    }
    var place = 0
    while place >= 0 {
      tokens.append(symbols[place])
      place = Int(next[place])
      steps += 1
      if steps % PairMerger.stepsAtOnce == 0 { try checkpoint() }
    }
  }

  /// Makes the list of a piece's symbols, −1 marking both of its ends, and the first proposals.
  private mutating func take(
    _ piece: some Collection<Int32>, _ count: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    waiting.removeAll(keepingCapacity: true)
    symbols.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
    // Growing on the way would copy all of a long piece at once.
    symbols.reserveCapacity(count)
    next.reserveCapacity(count)
    previous.reserveCapacity(count)
    waiting.reserveCapacity(count)
    for symbol in piece {
      let place = symbols.count
      symbols.append(symbol)
      previous.append(Int32(place) - 1)
      next.append(place + 1 < count ? Int32(place) + 1 : -1)
      if place > 0 { propose(place - 1) }
      if place % PairMerger.stepsAtOnce == PairMerger.stepsAtOnce - 1 { try checkpoint() }
    }
  }

  /// Puts the pair that begins at a place on the heap, if it has a merge.
  private mutating func propose(_ place: Int) {
    guard place >= 0, next[place] >= 0,
      let merge = table.merge(symbols[place], symbols[Int(next[place])])
    else { return }
    push(UInt64(merge.rank) << 32 | UInt64(place))
  }

  /// Merges the pair that was proposed, unless one of its symbols has changed since.
  private mutating func apply(_ proposal: UInt64) {
    let place = Int(proposal & 0xffff_ffff)
    let right = Int(next[place])
    guard symbols[place] >= 0, right >= 0, let merge = table.merge(symbols[place], symbols[right]),
      merge.rank == UInt32(proposal >> 32)
    else { return }
    symbols[place] = merge.result
    symbols[right] = -1
    next[place] = next[right]
    if next[right] >= 0 { previous[Int(next[right])] = Int32(place) }
    propose(Int(previous[place]))
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
