/// The shape of a decoder-only transformer: what training, inference and a model file agree on.
///
/// Legend, used throughout: b sequences in a batch, t tokens of a sequence, c width of a token's
/// vector, h heads, d width of a head, f width of the feed-forward part, v symbols.
package struct TransformerShape: Hashable, Sendable, Codable {
  /// How a token's place enters.
  package enum Positions: Hashable, Sendable, Codable {
    /// Rotary embedding of queries and keys, adjacent pairs (2i, 2i + 1), angle t · base^(−2i/d).
    ///
    /// - Source: Su et al., "RoFormer: Enhanced Transformer with Rotary Position Embedding", 2021.
    case rotary(base: Float)
    /// A learned vector [context, c] added to the token's.
    case learned
  }

  /// What lies between the two products of the feed-forward part.
  package enum FeedForward: String, Hashable, Sendable, Codable {
    /// silu(x · gate) ∘ (x · up), three matrices.
    ///
    /// - Source: Shazeer, "GLU Variants Improve Transformer", 2020.
    case swiGLU
    /// gelu(x · up) in the tanh form, two matrices.
    ///
    /// - Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
    case gelu
  }

  /// Blocks, each with attention and feed-forward.
  package var layers: Int
  /// Heads of the queries, h.
  package var heads: Int
  /// Heads of keys and values; each serves `heads / keyValueHeads` heads of queries.
  package var keyValueHeads: Int
  /// Width of a token's vector, c.
  package var width: Int
  /// Width of a head, d.
  package var headWidth: Int
  /// Width of the feed-forward part, f.
  package var feedForwardWidth: Int
  /// The longest sequence, in tokens.
  package var context: Int
  /// Symbols of the tokenizer, v.
  package var symbols: Int
  /// How a token's place enters.
  package var positions: Positions
  /// What the feed-forward part computes.
  package var feedForward: FeedForward
  /// What is added to the mean square before its root in RMSNorm.
  package var normEpsilon: Float
  /// Whether the embedding is the output matrix too.
  package var tiesHead: Bool

  /// A shape as given.
  package init(
    layers: Int, heads: Int, keyValueHeads: Int, width: Int, headWidth: Int, feedForwardWidth: Int,
    context: Int, symbols: Int, positions: Positions, feedForward: FeedForward, normEpsilon: Float,
    tiesHead: Bool
  ) {
    self.layers = layers
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.width = width
    self.headWidth = headWidth
    self.feedForwardWidth = feedForwardWidth
    self.context = context
    self.symbols = symbols
    self.positions = positions
    self.feedForward = feedForward
    self.normEpsilon = normEpsilon
    self.tiesHead = tiesHead
  }

  /// How many learned numbers it has.
  package var parameters: Int {
    let attention = width * headWidth * (2 * heads + 2 * keyValueHeads)
    let matrices = feedForward == .swiGLU ? 3 : 2
    let block = attention + matrices * width * feedForwardWidth + 2 * width
    let places = positions == .learned ? context * width : 0
    let embeddings = symbols * width * (tiesHead ? 1 : 2)
    return layers * block + places + embeddings + width
  }

  /// Bytes of keys and values that a token leaves behind, at so many bytes a number.
  package func keyValueBytes(perNumber bytes: Int) -> Int {
    2 * layers * keyValueHeads * headWidth * bytes
  }
}
