import CComputeKernels
import Compute

/// Computes what a transformer says after a text: logits for the next token.
///
/// Two kinds of work use the same steps. Prefill takes the tokens of a text at once, as products of
/// matrices with many vectors: it computes as much as it reads. Decode takes one token of each of a few
/// texts: it reads all weights for few vectors, and memory is its limit. A row of the work is one token.
/// What a row gets does not depend on the rows beside it, bit for bit.
///
/// A class, because it owns memory for intermediate results. One computation at a time.
package final class TransformerEngine {
  /// The model's shape.
  package let shape: TransformerShape
  /// The model's weights.
  package let matrices: TransformerMatrices
  /// The longest text, in tokens.
  package let context: Int

  let pool: WorkerPool
  /// Most rows in one pass.
  ///
  /// `Chosen:` vectors of that many tokens stay in a core's second cache.
  static let rowsAtOnce = 128

  // [row, …], see the legend of TransformerShape.
  let stream: UnsafeMutablePointer<Float>
  let input: VectorBatch
  /// Queries, keys and values side by side, each padded to whole tiles.
  let projected: UnsafeMutablePointer<Float>
  /// Gate and up side by side, each padded to whole tiles.
  let fed: UnsafeMutablePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let logits: UnsafeMutablePointer<Float>
  /// cos and sin [place, d / 2, 2].
  let rotations: UnsafeMutablePointer<Float>
  let widths: Widths
  private let arena: FloatArena

  /// Numbers of a row in each of the intermediate results.
  struct Widths {
    var queries: Int
    var keys: Int
    var projected: Int
    var feedForward: Int
    var fed: Int
    var output: Int
    var logits: Int

    init(_ shape: TransformerShape) {
      queries = Widths.padded(shape.heads * shape.headWidth)
      keys = Widths.padded(shape.keyValueHeads * shape.headWidth)
      projected = queries + 2 * keys
      feedForward = Widths.padded(shape.feedForwardWidth)
      fed = feedForward * (shape.feedForward == .swiGLU ? 2 : 1)
      output = Widths.padded(shape.width)
      logits = Widths.padded(shape.symbols)
    }

    /// As many rows as full tiles have.
    private static func padded(_ rows: Int) -> Int {
      (rows + 15) / 16 * 16
    }
  }

  /// An engine for texts of up to so many tokens, at most the model's context.
  package init(_ matrices: TransformerMatrices, context: Int, pool: WorkerPool) {
    shape = matrices.shape
    self.matrices = matrices
    self.context = max(1, min(context, shape.context))
    self.pool = pool
    widths = Widths(shape)
    let rows = Self.rowsAtOnce
    let rotating = shape.positions == .learned ? 0 : self.context * shape.headWidth
    let sizes = [
      rows * shape.width, rows * widths.projected, rows * widths.fed, rows * widths.output,
      Self.logitRowsAtOnce * widths.logits, rotating,
    ]
    arena = FloatArena(capacity: sizes.reduce(0) { $0 + $1 + 16 })
    let pieces = sizes.map { [arena] in arena.take($0) }
    stream = pieces[0]
    projected = pieces[1]
    fed = pieces[2]
    output = pieces[3]
    logits = pieces[4]
    rotations = pieces[5]
    input = VectorBatch(
      capacity: rows,
      width: max(shape.width, shape.heads * shape.headWidth, shape.feedForwardWidth))
    var rotated = shape
    rotated.context = self.context
    RotaryPositions.fill(rotations, shape: rotated)
  }

  /// Most sequences that are decoded at once.
  ///
  /// `Chosen:` more than a lesson on batches needs.
  package static let logitRowsAtOnce = 32

  /// Why tokens cannot be taken.
  package enum Fault: Error, Hashable, Sendable {
    /// The sequence would be longer than its cache, or than the context.
    case contextFull(tokens: Int, limit: Int)
    /// There is no such symbol.
    case symbol(Int32)
  }

  /// A cache for a sequence of this engine's model.
  package func makeCache() -> KeyValueCache { KeyValueCache(shape: shape, capacity: context) }

  /// Takes the tokens of a text that goes on from what the cache holds; returns the logits after the
  /// last, [v].
  ///
  /// `checkpoint` is called several times in each layer; what it throws ends the work, and the cache
  /// keeps what it held.
  package func prefill(
    _ tokens: [Int32], cache: KeyValueCache, checkpoint: () throws -> Void = {}
  ) throws -> [Float] {
    precondition(!tokens.isEmpty, "a prefill has at least one token")
    try check(tokens, cache, count: tokens.count)
    let before = cache.count
    do {
      var first = 0
      while first < tokens.count {
        let rows = min(Self.rowsAtOnce, tokens.count - first)
        let isLast = first + rows == tokens.count
        try pass(
          Array(tokens[first..<(first + rows)]), [Segment(cache: cache, rows: 0..<rows)],
          logitRows: isLast ? [rows - 1] : [], checkpoint)
        first += rows
      }
    } catch {
      cache.truncate(to: before)
      throw error
    }
    return Array(UnsafeBufferPointer(start: logits, count: shape.symbols))
  }

  /// Takes one token of each sequence; returns the logits after each, [sequence][v].
  package func decode(
    _ tokens: [Int32], caches: [KeyValueCache], checkpoint: () throws -> Void = {}
  ) throws -> [[Float]] {
    precondition(
      tokens.count == caches.count && tokens.count <= Self.logitRowsAtOnce,
      "\(tokens.count) tokens for \(caches.count) sequences, at most \(Self.logitRowsAtOnce)")
    for (token, cache) in zip(tokens, caches) { try check([token], cache, count: 1) }
    let segments = caches.enumerated().map { Segment(cache: $1, rows: $0..<($0 + 1)) }
    try pass(tokens, segments, logitRows: Array(tokens.indices), checkpoint)
    return tokens.indices.map {
      Array(UnsafeBufferPointer(start: logits + $0 * widths.logits, count: shape.symbols))
    }
  }

  private func check(
    _ tokens: [Int32], _ cache: KeyValueCache, count: Int
  ) throws(Fault) {
    let limit = min(context, cache.capacity)
    guard cache.count + count <= limit else {
      throw .contextFull(tokens: cache.count + count, limit: limit)
    }
    if let wrong = tokens.first(where: { !(0..<Int32(shape.symbols)).contains($0) }) {
      throw .symbol(wrong)
    }
  }

  /// Rows that go on one sequence.
  struct Segment {
    var cache: KeyValueCache
    var rows: Range<Int>
  }
}
