import CComputeKernels
import Compute

/// Causal attention of one head of keys and values in one sequence, and of the heads of queries
/// that it serves: softmax(Q · Kᵀ / √d) · V, each token looking at itself and at what came before.
///
/// A chunk is one such head, whose matrices of [t, d] and [t, t] stay in the cache. Where they are so
/// large that a chunk would take long, the threads share the products of one head after the other.
extension TransformerPass {
  private var stride: Int { activations.headsWidth }
  private var attendedWidth: Int { shape.heads * shape.headWidth }
  private var group: Int { shape.heads / shape.keyValueHeads }
  private var scoreScale: Float { 1 / Float(shape.headWidth).squareRoot() }

  /// Operations of a chunk that makes so many products of 2 t · t · d operations for each head of
  /// queries.
  private func operations(products: Int) -> Int {
    2 * products * group * shape.context * shape.context * shape.headWidth
  }

  /// Operations of a thread between two checkpoints.
  ///
  /// `Chosen:` 25 ms at the 40 billion a second of a core without AVX.
  private static let operationsAtOnce = 1 << 30

  /// How many chunks of so many operations make a portion; 0 where a single one is too long.
  private func chunksAtOnce(_ operations: Int) -> Int {
    operations > Self.operationsAtOnce
      ? 0 : Self.operationsAtOnce / operations * pool.threads
  }

  /// Fills `attended`, and rotates queries and keys in place before.
  func attend(_ block: Activations.Block, _ checkpoint: () throws -> Void) rethrows {
    let (heads, atOnce) = (shape.keyValueHeads, chunksAtOnce(operations(products: 2)))
    let chunks = activations.sequences * heads
    if atOnce > 0 {
      try pool.run(chunks: chunks, atOnce: atOnce, checkpoint: checkpoint) {
        attend(block, $0 / heads, $0 % heads, on: alone) {}
      }
    } else {
      for chunk in 0..<chunks {
        try attend(block, chunk / heads, chunk % heads, on: pool, checkpoint)
      }
    }
  }

  private func attend(
    _ block: Activations.Block, _ sequence: Int, _ keyValueHead: Int, on pool: WorkerPool,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (t, d) = (shape.context, shape.headWidth)
    let start = block.heads + sequence * t * stride
    let keys = start + (shape.heads + keyValueHead) * d
    let values = keys + shape.keyValueHeads * d
    rotate(keys, direction: 1)
    for head in (keyValueHead * group)..<((keyValueHead + 1) * group) {
      let queries = start + head * d
      rotate(queries, direction: 1)
      let scores = block.probabilities + (sequence * shape.heads + head) * t * t
      try multiply(
        rows: t, columns: t, depth: d, queries, stride: stride, transposed: false,
        keys, stride: stride, transposed: true, into: scores, stride: t, accumulates: false,
        pool: pool, checkpoint: checkpoint)
      try forLines(on: pool, checkpoint) { row in
        let line = scores + row * t
        _ = compute_softmax(line, row + 1, scoreScale)
        (line + row + 1).update(repeating: 0, count: t - row - 1)
      }
      try multiply(
        rows: t, columns: d, depth: t, scores, stride: t, transposed: false,
        values, stride: stride, transposed: false,
        into: block.attended + sequence * t * attendedWidth + head * d, stride: attendedWidth,
        accumulates: false, pool: pool, checkpoint: checkpoint)
      try checkpoint()
    }
  }

  /// Calls a body for each row of a matrix of [t, t].
  private func forLines(
    on pool: WorkerPool, _ checkpoint: () throws -> Void, _ body: (Int) -> Void
  ) rethrows {
    let (t, size) = (shape.context, Activations.rowsPerChunk)
    try pool.run(
      chunks: (t + size - 1) / size, atOnce: max(1, Self.numbersAtOnce / (size * t)),
      checkpoint: checkpoint
    ) { chunk in
      for row in (chunk * size)..<min(t, (chunk + 1) * size) { body(row) }
    }
  }

  /// Fills `headsGradient` from `attendedGradient`.
  func attendBackward(_ block: Activations.Block, _ checkpoint: () throws -> Void) rethrows {
    let (heads, atOnce) = (shape.keyValueHeads, chunksAtOnce(operations(products: 4)))
    let chunks = activations.sequences * heads
    if atOnce > 0 {
      try pool.run(chunks: chunks, atOnce: atOnce, checkpoint: checkpoint) {
        attendBackward(block, $0 / heads, $0 % heads, on: alone) {}
      }
    } else {
      for chunk in 0..<chunks {
        try attendBackward(block, chunk / heads, chunk % heads, on: pool, checkpoint)
      }
    }
  }

  private func attendBackward(
    _ block: Activations.Block, _ sequence: Int, _ keyValueHead: Int, on pool: WorkerPool,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (t, d) = (shape.context, shape.headWidth)
    let start = activations.headsGradient + sequence * t * stride
    try withUnsafeTemporaryAllocation(of: Float.self, capacity: t * t) { scratch in
      guard let scoresGradient = scratch.baseAddress else { return }
      for head in (keyValueHead * group)..<((keyValueHead + 1) * group) {
        try attendBackward(
          block, sequence: sequence, keyValueHead: keyValueHead, head: head,
          scoresGradient: scoresGradient, on: pool, checkpoint)
        rotate(start + head * d, direction: -1)
        try checkpoint()
      }
    }
    rotate(start + (shape.heads + keyValueHead) * d, direction: -1)
  }

  /// One head of queries: Vᵍ += Pᵀ · Oᵍ, Pᵍ = Oᵍ · Vᵀ, Sᵍ from Pᵍ, Qᵍ = Sᵍ · K, Kᵍ += Sᵍᵀ · Q.
  private func attendBackward(
    _ block: Activations.Block, sequence: Int, keyValueHead: Int, head: Int,
    scoresGradient: UnsafeMutablePointer<Float>, on pool: WorkerPool,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (t, d) = (shape.context, shape.headWidth)
    let first = sequence * t * stride
    let keysAt = first + (shape.heads + keyValueHead) * d
    let valuesAt = keysAt + shape.keyValueHeads * d
    let gradients = activations.headsGradient
    let probabilities = block.probabilities + (sequence * shape.heads + head) * t * t
    let output = activations.attendedGradient + sequence * t * attendedWidth + head * d
    let adds = head > keyValueHead * group
    try multiply(
      rows: t, columns: d, depth: t, probabilities, stride: t, transposed: true,
      output, stride: attendedWidth, transposed: false,
      into: gradients + valuesAt, stride: stride, accumulates: adds, pool: pool,
      checkpoint: checkpoint)
    try multiply(
      rows: t, columns: t, depth: d, output, stride: attendedWidth, transposed: false,
      block.heads + valuesAt, stride: stride, transposed: true,
      into: scoresGradient, stride: t, accumulates: false, pool: pool, checkpoint: checkpoint)
    try forLines(on: pool, checkpoint) { row in
      let line = scoresGradient + row * t
      compute_softmax_backward(probabilities + row * t, line, row + 1, scoreScale)
      (line + row + 1).update(repeating: 0, count: t - row - 1)
    }
    try multiply(
      rows: t, columns: d, depth: t, scoresGradient, stride: t, transposed: false,
      block.heads + keysAt, stride: stride, transposed: false,
      into: gradients + first + head * d, stride: stride, accumulates: false, pool: pool,
      checkpoint: checkpoint)
    try multiply(
      rows: t, columns: d, depth: t, scoresGradient, stride: t, transposed: true,
      block.heads + first + head * d, stride: stride, transposed: false,
      into: gradients + keysAt, stride: stride, accumulates: adds, pool: pool,
      checkpoint: checkpoint)
  }

  private func rotate(_ head: UnsafeMutablePointer<Float>, direction: Float) {
    guard shape.positions != .learned else { return }
    RotaryPositions.rotate(
      head, stride: stride, count: shape.context, width: shape.headWidth,
      rotations: activations.rotations, direction: direction)
  }
}
