import Compute

/// One pass over a batch: forward with the loss, and backward.
///
/// Legend: b sequences, t tokens of each, n = b · t rows; c width, h heads of queries, g heads of
/// keys and values, d width of a head, f width of the feed-forward part, v symbols. Each phase
/// forks once; what is summed over rows is summed by blocks of a fixed size in a fixed order, so
/// the numbers do not depend on the threads. `checkpoint` is called between phases, and after some
/// milliseconds of work in a long one, and may throw to stop.
struct TransformerPass {
  let activations: Activations
  let offsets: WeightOffsets
  let pool: WorkerPool
  /// Products within a chunk run where the chunk runs.
  let alone = WorkerPool(threads: 1)
  /// Masks of this step; none when evaluating.
  var dropout: Dropout?

  var shape: TransformerShape { activations.shape }

  init(activations: Activations, pool: WorkerPool, dropout: Dropout? = nil) {
    self.activations = activations
    self.pool = pool
    self.dropout = dropout
    offsets = WeightOffsets(activations.shape)
  }

  /// Numbers that a phase goes through between two checkpoints.
  ///
  /// `Chosen:` drawing a mask takes 5 ns a number and GELU without AVX 2, so 10 ms at most; the first
  /// touch of memory may take as long again.
  static let numbersAtOnce = 1 << 21

  /// Runs a phase over all rows, of so many numbers each, in blocks; the body gets the block's number
  /// and its rows.
  func forRowBlocks(
    of width: Int, _ checkpoint: () throws -> Void, _ body: (Int, Range<Int>) -> Void
  ) rethrows {
    let (rows, size) = (activations.rows, Activations.rowsPerChunk)
    try pool.run(
      chunks: (rows + size - 1) / size,
      atOnce: max(1, TransformerPass.numbersAtOnce / (size * width)), checkpoint: checkpoint
    ) { block in
      body(block, (block * size)..<min(rows, (block + 1) * size))
    }
  }

  /// result [n, outputs] = x [n, inputs] · Wᵀ, W [outputs, inputs].
  func project(
    _ x: UnsafePointer<Float>, _ inputs: Int, by matrix: UnsafePointer<Float>, _ outputs: Int,
    into result: UnsafeMutablePointer<Float>, accumulates: Bool = false,
    _ checkpoint: () throws -> Void
  ) rethrows {
    try multiply(
      rows: activations.rows, columns: outputs, depth: inputs,
      x, stride: inputs, transposed: false, matrix, stride: inputs, transposed: true,
      into: result, stride: outputs, accumulates: accumulates, pool: pool, checkpoint: checkpoint)
  }

  /// The gradients of `project`: of the matrix, Wᵍ = resultᵍᵀ · x, and of x, xᵍ = resultᵍ · W.
  func projectBackward(
    _ resultGradient: UnsafePointer<Float>, _ outputs: Int, x: UnsafePointer<Float>, _ inputs: Int,
    matrix: UnsafePointer<Float>, matrixGradient: UnsafeMutablePointer<Float>,
    xGradient: UnsafeMutablePointer<Float>, _ checkpoint: () throws -> Void
  ) rethrows {
    try multiply(
      rows: outputs, columns: inputs, depth: activations.rows,
      resultGradient, stride: outputs, transposed: true, x, stride: inputs, transposed: false,
      into: matrixGradient, stride: inputs, accumulates: false, pool: pool,
      checkpoint: checkpoint)
    try checkpoint()
    try multiply(
      rows: activations.rows, columns: inputs, depth: outputs,
      resultGradient, stride: outputs, transposed: false,
      matrix, stride: inputs, transposed: false,
      into: xGradient, stride: inputs, accumulates: false, pool: pool, checkpoint: checkpoint)
  }
}
