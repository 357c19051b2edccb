/// What a forward pass leaves behind for the backward pass, and where gradients flow, for a shape
/// and a number of sequences; allocated once.
///
/// n = b · t rows throughout. A class, since it owns its memory; it holds no state from step to
/// step.
final class Activations {
  /// What one block keeps.
  struct Block {
    /// Its input after the first norm, [n, c], and 1 / RMS of each row, [n].
    let attentionNormed, attentionInverse: UnsafeMutablePointer<Float>
    /// Queries, keys and values side by side, [n, (h + 2g) d]; rotated, where positions rotate.
    let heads: UnsafeMutablePointer<Float>
    /// What each token attends to, [b, h, t, t]; 0 above the diagonal.
    let probabilities: UnsafeMutablePointer<Float>
    /// The heads' results side by side, [n, h d].
    let attended: UnsafeMutablePointer<Float>
    /// The residual stream after attention, [n, c].
    let middle: UnsafeMutablePointer<Float>
    /// `middle` after the second norm, [n, c], and 1 / RMS of each row, [n].
    let feedForwardNormed, feedForwardInverse: UnsafeMutablePointer<Float>
    /// Gate and up side by side, [n, 2f], or up alone, [n, f].
    let inner: UnsafeMutablePointer<Float>
    /// After the activation, [n, f].
    let hidden: UnsafeMutablePointer<Float>
    /// The residual stream after the block, [n, c].
    let output: UnsafeMutablePointer<Float>
  }

  let shape: TransformerShape
  /// Sequences, b.
  let sequences: Int
  /// b · t.
  let rows: Int
  /// (h + 2g) d, what queries, keys and values of a token take.
  let headsWidth: Int
  /// Width of `Block.inner`: 2f or f.
  let innerWidth: Int

  /// The residual stream before the first block, [n, c].
  let embedded: UnsafeMutablePointer<Float>
  let blocks: [Block]
  /// The residual stream after the last norm, [n, c], and 1 / RMS of each row, [n].
  let normed, inverse: UnsafeMutablePointer<Float>
  /// Logits, [n, v]; the loss turns them into their own gradient.
  let logits: UnsafeMutablePointer<Float>
  /// The loss of each row, [n].
  let losses: UnsafeMutablePointer<Float>
  /// cos and sin of each place and pair, [t, d/2, 2]; empty where positions are learned.
  let rotations: UnsafeMutablePointer<Float>

  /// The gradient of the residual stream, [n, c].
  let residualGradient: UnsafeMutablePointer<Float>
  /// The gradient of a norm's result, [n, c]; with dropout, a branch's result and its gradient.
  let normedGradient: UnsafeMutablePointer<Float>
  let headsGradient, attendedGradient: UnsafeMutablePointer<Float>
  let innerGradient, hiddenGradient: UnsafeMutablePointer<Float>
  /// The gradient of a norm's scale by block of rows, [row blocks, c].
  let scaleGradients: UnsafeMutablePointer<Float>

  private let arena: FloatArena

  /// Rows that one chunk of a row-wise phase handles.
  ///
  /// `Chosen:` 32, so that a block of rows 128 wide is 16 KB, half of a first-level cache.
  /// Independent of the threads, as sums over blocks are made in the order of blocks.
  static let rowsPerChunk = 32

  init(shape: TransformerShape, sequences: Int) {
    self.shape = shape
    self.sequences = sequences
    let (n, c, f, t) = (
      sequences * shape.context, shape.width, shape.feedForwardWidth, shape.context
    )
    rows = n
    headsWidth = (shape.heads + 2 * shape.keyValueHeads) * shape.headWidth
    innerWidth = shape.feedForward == .swiGLU ? 2 * f : f
    let attendedWidth = shape.heads * shape.headWidth
    let attention = sequences * shape.heads * t * t
    let rotated = shape.positions == .learned ? 0 : t * shape.headWidth
    let scaleBlocks = (n + Activations.rowsPerChunk - 1) / Activations.rowsPerChunk
    let block = n * (4 * c + 2 + headsWidth + attendedWidth + innerWidth + f) + attention
    let gradients =
      n * (2 * c + headsWidth + attendedWidth + innerWidth + f) + scaleBlocks * c
    let pieces = 11 * shape.layers + 13
    let arena = FloatArena(
      capacity: shape.layers * block + gradients + n * (2 * c + 2 + shape.symbols) + rotated
        + 16 * pieces)
    self.arena = arena
    embedded = arena.take(n * c)
    blocks = (0..<shape.layers).map { [headsWidth, innerWidth] _ in
      Block(
        attentionNormed: arena.take(n * c), attentionInverse: arena.take(n),
        heads: arena.take(n * headsWidth), probabilities: arena.take(attention),
        attended: arena.take(n * attendedWidth), middle: arena.take(n * c),
        feedForwardNormed: arena.take(n * c), feedForwardInverse: arena.take(n),
        inner: arena.take(n * innerWidth), hidden: arena.take(n * f), output: arena.take(n * c))
    }
    normed = arena.take(n * c)
    inverse = arena.take(n)
    logits = arena.take(n * shape.symbols)
    losses = arena.take(n)
    rotations = arena.take(rotated)
    residualGradient = arena.take(n * c)
    normedGradient = arena.take(n * c)
    headsGradient = arena.take(n * headsWidth)
    attendedGradient = arena.take(n * attendedWidth)
    innerGradient = arena.take(n * innerWidth)
    hiddenGradient = arena.take(n * f)
    scaleGradients = arena.take(scaleBlocks * c)
    RotaryPositions.fill(rotations, shape: shape)
  }

  /// The residual stream that a block reads.
  func input(ofBlock layer: Int) -> UnsafeMutablePointer<Float> {
    layer == 0 ? embedded : blocks[layer - 1].output
  }
}
