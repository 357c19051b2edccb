import Randomness

/// The learned numbers of a transformer: one buffer of f32, and where each matrix lies in it.
///
/// Matrices are stored [out, in], rows contiguous, as in GGUF, so that y = x · Wᵀ. Queries, keys
/// and values of a block follow each other, and so do gate and up: each group can be read as one
/// matrix.
package struct TransformerWeights: Hashable, Sendable {
  /// The shape that they belong to.
  package let shape: TransformerShape
  /// What lies where in `values`, in order and without gaps.
  package let slices: [Slice]
  /// All numbers, `shape.parameters` of them.
  package var values: [Float]

  /// A named part of the buffer: a matrix [rows, columns], or a vector with one row.
  package struct Slice: Hashable, Sendable {
    /// GGUF's name, such as `blk.0.attn_q.weight`.
    package let name: String
    /// Where it begins, in numbers.
    package let offset: Int
    /// Rows: what comes out of the product, or symbols or places of an embedding.
    package let rows: Int
    /// Columns: what goes into the product, or the width of a vector.
    package let columns: Int
    /// Whether it is a norm's scale, which starts at 1 and does not decay.
    package let isScale: Bool

    /// How many numbers it has.
    package var count: Int { rows * columns }
    /// Its indices in `values`.
    package var range: Range<Int> { offset..<(offset + count) }
  }

  /// Weights from numbers in the order of `slices(of:)`.
  package init(shape: TransformerShape, values: [Float]) {
    slices = TransformerWeights.slices(of: shape)
    precondition(
      values.count == shape.parameters,
      "a shape of \(shape.parameters) numbers was given \(values.count)")
    self.shape = shape
    self.values = values
  }

  /// Fresh weights from a seed, the same on each processor.
  ///
  /// Matrices are normal with deviation 0.02, divided by √(2 · layers) where they write into the
  /// residual stream; scales of norms are 1.
  ///
  /// - Source: Radford et al., "Language Models are Unsupervised Multitask Learners", 2019,
  ///   section 2.3.
  ///
  /// - Throws: what `checkpoint` throws, which is called after some milliseconds of work each time.
  package init(
    shape: TransformerShape, seed: UInt64, checkpoint: () throws -> Void
  ) rethrows {
    let ones = try [Float](repeating: 1, count: shape.parameters, checkpoint: checkpoint)
    self.init(shape: shape, values: ones)
    let residual = 0.02 / Double(2 * shape.layers).squareRoot()
    for slice in slices where !slice.isScale {
      let draws = RandomStream(seed: seed, name: slice.name).entity(0)
      let writesResidual =
        slice.name.hasSuffix("attn_output.weight") || slice.name.hasSuffix("ffn_down.weight")
      let normal = Normal(mean: 0, standardDeviation: writesResidual ? residual : 0.02)
      for index in 0..<slice.count {
        if index % TransformerWeights.drawnAtOnce == 0 { try checkpoint() }
        values[slice.offset + index] = Float(normal.sample(draws, at: 2 * index))
      }
    }
  }

  /// `Chosen:` a normal number takes 10 to 20 ns.
  private static let drawnAtOnce = 1 << 20

  /// The slice of a name, if the shape has it.
  package func slice(named name: String) -> Slice? { slices.first { $0.name == name } }

  /// The parts of a shape's buffer, in order.
  package static func slices(of shape: TransformerShape) -> [Slice] {
    var slices: [Slice] = []
    func append(_ name: String, _ rows: Int, _ columns: Int, isScale: Bool = false) {
      let offset = slices.last.map { $0.offset + $0.count } ?? 0
      slices.append(
        Slice(name: name, offset: offset, rows: rows, columns: columns, isScale: isScale))
    }
    let (c, f) = (shape.width, shape.feedForwardWidth)
    let (queries, keys) = (
      shape.heads * shape.headWidth, shape.keyValueHeads * shape.headWidth
    )
    append("token_embd.weight", shape.symbols, c)
    if shape.positions == .learned { append("position_embd.weight", shape.context, c) }
    for layer in 0..<shape.layers {
      append("blk.\(layer).attn_norm.weight", 1, c, isScale: true)
      append("blk.\(layer).attn_q.weight", queries, c)
      append("blk.\(layer).attn_k.weight", keys, c)
      append("blk.\(layer).attn_v.weight", keys, c)
      append("blk.\(layer).attn_output.weight", c, queries)
      append("blk.\(layer).ffn_norm.weight", 1, c, isScale: true)
      if shape.feedForward == .swiGLU { append("blk.\(layer).ffn_gate.weight", f, c) }
      append("blk.\(layer).ffn_up.weight", f, c)
      append("blk.\(layer).ffn_down.weight", c, f)
    }
    append("output_norm.weight", 1, c, isScale: true)
    if !shape.tiesHead { append("output.weight", shape.symbols, c) }
    return slices
  }
}

extension [Float] {
  /// The same number so many times, with a checkpoint after some milliseconds each time.
  init(repeating number: Float, count: Int, checkpoint: () throws -> Void) rethrows {
    try self.init(unsafeUninitializedCapacity: count) { numbers, initialized in
      while initialized < count {
        let end = Swift.min(count, initialized + TransformerPass.numbersAtOnce)
        numbers[initialized..<end].initialize(repeating: number)
        initialized = end
        try checkpoint()
      }
    }
  }
}
