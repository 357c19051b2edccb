/// The transformer that a file describes.
extension GGUFFile {
  /// The shape of a model of the llama family, checked against all tensors.
  ///
  /// - Throws: `architecture` for another family; `missingTensor`, `shape` and `unknownTensor` when
  ///   tensors and metadata disagree; `value` and `missingKey` for metadata that make no sense.
  package func transformerShape() throws(ModelFileFault) -> TransformerShape {
    let architecture = try required("general.architecture", try text("general.architecture"))
    guard architecture == "llama" else {
      throw ModelFileFault(
        .architecture(architecture), at: entry("general.architecture")?.offset ?? 0)
    }
    try refuseScaledPositions()
    let heads = try count("attention.head_count")
    let width = try count("embedding_length")
    let keyValueHeads = try optionalCount("attention.head_count_kv") ?? heads
    guard heads % keyValueHeads == 0 else {
      throw fault(.value(key: "llama.attention.head_count_kv"))
    }
    guard width % heads == 0 else { throw fault(.value(key: "llama.attention.head_count")) }
    let headWidth = try optionalCount("attention.key_length") ?? width / heads
    guard headWidth % 2 == 0 else { throw fault(.value(key: "llama.attention.key_length")) }
    for key in ["attention.value_length", "rope.dimension_count"] {
      let found = try optionalCount(key) ?? headWidth
      guard found == headWidth else { throw fault(.value(key: "llama." + key)) }
    }
    guard let embedding = tensor("token_embd.weight") else {
      throw ModelFileFault(.missingTensor("token_embd.weight"), at: 0)
    }
    let epsilon = try real("llama.attention.layer_norm_rms_epsilon", in: 1e-12...1e-1)
    let shape = TransformerShape(
      layers: try count("block_count"), heads: heads, keyValueHeads: keyValueHeads, width: width,
      headWidth: headWidth, feedForwardWidth: try count("feed_forward_length"),
      context: try count("context_length"), symbols: embedding.count / embedding.dimensions[0],
      positions: .rotary(base: Float(try real("llama.rope.freq_base", in: 1...1e12) ?? 10_000)),
      feedForward: .swiGLU,
      normEpsilon: Float(try required("llama.attention.layer_norm_rms_epsilon", epsilon)),
      tiesHead: tensor("output.weight") == nil)
    try check(shape)
    return shape
  }

  /// Positions that are stretched to serve longer texts need formulas that are not here.
  private func refuseScaledPositions() throws(ModelFileFault) {
    let key = "llama.rope.scaling.type"
    if let scaling = try text(key), scaling != "none" { throw fault(.value(key: key)) }
  }

  private func fault(_ kind: ModelFileFault.Kind) -> ModelFileFault {
    guard case .value(let key) = kind else { return ModelFileFault(kind, at: 0) }
    return ModelFileFault(kind, at: entry(key)?.offset ?? 0)
  }

  /// `Chosen:` the limit, far above every model, keeps products of two within 63 bits.
  private func optionalCount(_ key: String) throws(ModelFileFault) -> Int? {
    try integer("llama." + key, in: 1...(1 << 30))
  }

  private func count(_ key: String) throws(ModelFileFault) -> Int {
    try required("llama." + key, try optionalCount(key))
  }

  /// Each tensor of the shape is there with its extents, and no other.
  private func check(_ shape: TransformerShape) throws(ModelFileFault) {
    var known = 0
    for (name, extents) in shape.tensorsOutsideBlocks {
      try check(name, extents)
      known += 1
    }
    // A claim of many layers ends at the first tensor that is not there.
    for layer in 0..<shape.layers {
      for (name, extents) in shape.tensors(ofBlock: layer) {
        try check(name, extents)
        known += 1
      }
    }
    guard known < tensors.count else { return }
    let names = Set(
      shape.tensorsOutsideBlocks.map(\.name)
        + (0..<shape.layers).flatMap { shape.tensors(ofBlock: $0).map(\.name) })
    for tensor in tensors where !names.contains(tensor.name) {
      throw ModelFileFault(.unknownTensor(tensor.name), at: tensor.offset)
    }
  }

  private func check(_ name: String, _ extents: [Int]) throws(ModelFileFault) {
    guard let tensor = tensor(name) else { throw ModelFileFault(.missingTensor(name), at: 0) }
    guard tensor.dimensions == extents else {
      throw ModelFileFault(
        .shape(tensor: name, expected: extents, found: tensor.dimensions), at: tensor.offset)
    }
  }
}
