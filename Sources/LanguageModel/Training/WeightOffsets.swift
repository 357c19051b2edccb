/// Where the matrices of a shape begin in its buffer, found once and used in each pass.
struct WeightOffsets {
  struct Block {
    let attentionNorm: Int
    /// Queries, keys and values, one matrix [(h + 2g) d, c].
    let heads: Int
    let attentionOutput: Int
    let feedForwardNorm: Int
    /// Gate and up, one matrix [2f, c]; or up alone, [f, c].
    let inner: Int
    let down: Int
  }

  let tokens: Int
  /// The learned places, if positions are learned.
  let places: Int?
  let blocks: [Block]
  let norm: Int
  /// The output matrix: the embedding itself, if the shape ties them.
  let head: Int

  init(_ shape: TransformerShape) {
    let slices = TransformerWeights.slices(of: shape)
    func offset(_ name: String) -> Int? { slices.first { $0.name == name }?.offset }
    func known(_ name: String) -> Int {
      guard let offset = offset(name) else { preconditionFailure("no slice is named \(name)") }
      return offset
    }
    tokens = known("token_embd.weight")
    places = offset("position_embd.weight")
    blocks = (0..<shape.layers).map { layer in
      let up = known("blk.\(layer).ffn_up.weight")
      return Block(
        attentionNorm: known("blk.\(layer).attn_norm.weight"),
        heads: known("blk.\(layer).attn_q.weight"),
        attentionOutput: known("blk.\(layer).attn_output.weight"),
        feedForwardNorm: known("blk.\(layer).ffn_norm.weight"),
        inner: offset("blk.\(layer).ffn_gate.weight") ?? up,
        down: known("blk.\(layer).ffn_down.weight"))
    }
    norm = known("output_norm.weight")
    head = offset("output.weight") ?? tokens
  }
}
