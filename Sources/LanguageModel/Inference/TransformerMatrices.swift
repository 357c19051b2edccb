import CComputeKernels
import Compute

/// The weights of a transformer, packed for products.
package struct TransformerMatrices: Sendable {
  /// A tensor before it is packed: its numbers in a file's format.
  package struct Source {
    /// How the numbers are written.
    package var type: TensorType
    /// Their bytes.
    package var bytes: UnsafeRawBufferPointer

    /// A source as given.
    package init(type: TensorType, bytes: UnsafeRawBufferPointer) {
      self.type = type
      self.bytes = bytes
    }
  }

  /// The matrices of a block.
  struct Block: Sendable {
    var attentionNorm: [Float] = []
    /// Queries, keys, values.
    var projections: [PackedMatrix] = []
    var attentionOutput: PackedMatrix
    var feedForwardNorm: [Float] = []
    /// Gate and up, or up alone.
    var feedForwardInput: [PackedMatrix] = []
    var feedForwardOutput: PackedMatrix
  }

  /// What they are the weights of.
  package let shape: TransformerShape
  let embedding: PackedMatrix
  /// The vectors of the places, if they are learned.
  let places: [Float]
  let blocks: [Block]
  let outputNorm: [Float]
  /// The matrix that gives the logits: the embedding, if they are tied.
  let head: PackedMatrix
  /// Bytes in memory by the type that the file had, in the order of the types' numbers.
  package let bytesByType: [(type: TensorType, bytes: Int)]

  /// Packs the tensors that a function gives by their GGUF names.
  ///
  /// The bytes of the sources must stay until this returns; then they are no longer needed.
  /// - Throws: `MatrixFault`, and what `checkpoint` and the function throw.
  package init(
    shape: TransformerShape, pool: WorkerPool, checkpoint: () throws -> Void = {},
    _ source: (String) throws -> Source?
  ) throws {
    let packing = try MatrixPacking(shape: shape, source)
    try packing.pack(with: pool, checkpoint: checkpoint)
    func matrix(_ name: String) throws -> PackedMatrix { try packing.matrix(name) }
    func vector(_ name: String) throws -> [Float] { try packing.vector(name) }
    self.shape = shape
    embedding = try matrix("token_embd.weight")
    places = shape.positions == .learned ? try vector("position_embd.weight") : []
    outputNorm = try vector("output_norm.weight")
    head = shape.tiesHead ? embedding : try matrix("output.weight")
    let inputs = shape.feedForward == .swiGLU ? ["ffn_gate", "ffn_up"] : ["ffn_up"]
    blocks = try (0..<shape.layers).map { layer in
      func name(_ part: String) -> String { "blk.\(layer).\(part).weight" }
      return Block(
        attentionNorm: try vector(name("attn_norm")),
        projections: try ["attn_q", "attn_k", "attn_v"].map { try matrix(name($0)) },
        attentionOutput: try matrix(name("attn_output")),
        feedForwardNorm: try vector(name("ffn_norm")),
        feedForwardInput: try inputs.map { try matrix(name($0)) },
        feedForwardOutput: try matrix(name("ffn_down")))
    }
    bytesByType = packing.bytesByType
  }

  /// Bytes that making a token reads once: all matrices but an embedding that is no head.
  package var bytesPerToken: Int {
    blocks.reduce(head.bytes) { sum, block in
      let matrices =
        block.projections + block.feedForwardInput + [
          block.attentionOutput, block.feedForwardOutput,
        ]
      return sum + matrices.reduce(0) { $0 + $1.bytes }
    }
  }
}

/// What keeps tensors from being the weights of a transformer.
package enum MatrixFault: Error, Hashable, Sendable {
  /// A tensor is not there.
  case missing(String)
  /// A tensor has another number of bytes than its shape and type demand.
  case bytes(tensor: String, expected: Int, found: Int)
  /// A row is no multiple of the blocks that its type has.
  case unevenRow(tensor: String, length: Int, block: Int)
}
