/// The tensors of a transformer by their names in GGUF; the first extent is the length of a row.
extension TransformerShape {
  /// Those that stand once: embeddings, last norm, head.
  package var tensorsOutsideBlocks: [(name: String, extents: [Int])] {
    var tensors: [(name: String, extents: [Int])] = [
      ("token_embd.weight", [width, symbols]), ("output_norm.weight", [width]),
    ]
    if positions == .learned { tensors.append(("position_embd.weight", [width, context])) }
    if !tiesHead { tensors.append(("output.weight", [width, symbols])) }
    return tensors
  }

  /// Those of a block.
  package func tensors(ofBlock layer: Int) -> [(name: String, extents: [Int])] {
    let queries = heads * headWidth
    let keys = keyValueHeads * headWidth
    var tensors: [(name: String, extents: [Int])] = [
      ("attn_norm", [width]), ("attn_q", [width, queries]),
      ("attn_k", [width, keys]), ("attn_v", [width, keys]), ("attn_output", [queries, width]),
      ("ffn_norm", [width]), ("ffn_up", [width, feedForwardWidth]),
      ("ffn_down", [feedForwardWidth, width]),
    ]
    if feedForward == .swiGLU { tensors.append(("ffn_gate", [width, feedForwardWidth])) }
    return tensors.map { name, extents in ("blk.\(layer).\(name).weight", extents) }
  }
}
