import CComputeKernels
import Compute

/// Causal attention of one head of keys and values in one sequence, and of the heads of queries
/// that it serves: softmax(Q · Kᵀ / √d) · V, each token looking at itself and at what came before.
///
/// A chunk is one such head, whose matrices of [t, d] and [t, t] stay in the cache.
extension TransformerPass {
  private var stride: Int { activations.headsWidth }
  private var attendedWidth: Int { shape.heads * shape.headWidth }
  private var group: Int { shape.heads / shape.keyValueHeads }
  private var scoreScale: Float { 1 / Float(shape.headWidth).squareRoot() }

  /// Runs a chunk for each sequence and head of keys and values.
  private func forHeads(_ body: (_ sequence: Int, _ keyValueHead: Int) -> Void) {
    let heads = shape.keyValueHeads
    pool.run(chunks: activations.sequences * heads) { body($0 / heads, $0 % heads) }
  }

  /// Fills `attended`, and rotates queries and keys in place before.
  func attend(_ block: Activations.Block) {
    let (t, d) = (shape.context, shape.headWidth)
    forHeads { sequence, keyValueHead in
      let start = block.heads + sequence * t * stride
      let keys = start + (shape.heads + keyValueHead) * d
      let values = keys + shape.keyValueHeads * d
      rotate(keys, direction: 1)
      for head in (keyValueHead * group)..<((keyValueHead + 1) * group) {
        let queries = start + head * d
        rotate(queries, direction: 1)
        let scores = block.probabilities + (sequence * shape.heads + head) * t * t
        multiply(
          rows: t, columns: t, depth: d, queries, stride: stride, transposed: false,
          keys, stride: stride, transposed: true, into: scores, stride: t, accumulates: false,
          pool: alone)
        for row in 0..<t {
          let line = scores + row * t
          _ = compute_softmax(line, row + 1, scoreScale)
          (line + row + 1).update(repeating: 0, count: t - row - 1)
        }
        multiply(
          rows: t, columns: d, depth: t, scores, stride: t, transposed: false,
          values, stride: stride, transposed: false,
          into: block.attended + sequence * t * attendedWidth + head * d, stride: attendedWidth,
          accumulates: false, pool: alone)
      }
    }
  }

  /// Fills `headsGradient` from `attendedGradient`.
  func attendBackward(_ block: Activations.Block) {
    let (t, d) = (shape.context, shape.headWidth)
    forHeads { sequence, keyValueHead in
      let start = activations.headsGradient + sequence * t * stride
      let keysGradient = start + (shape.heads + keyValueHead) * d
      withUnsafeTemporaryAllocation(of: Float.self, capacity: t * t) { scratch in
        guard let scoresGradient = scratch.baseAddress else { return }
        for head in (keyValueHead * group)..<((keyValueHead + 1) * group) {
          attendBackward(
            block, sequence: sequence, keyValueHead: keyValueHead, head: head,
            scoresGradient: scoresGradient)
          rotate(start + head * d, direction: -1)
        }
      }
      rotate(keysGradient, direction: -1)
    }
  }

  /// One head of queries: Vᵍ += Pᵀ · Oᵍ, Pᵍ = Oᵍ · Vᵀ, Sᵍ from Pᵍ, Qᵍ = Sᵍ · K, Kᵍ += Sᵍᵀ · Q.
  private func attendBackward(
    _ block: Activations.Block, sequence: Int, keyValueHead: Int, head: Int,
    scoresGradient: UnsafeMutablePointer<Float>
  ) {
    let (t, d) = (shape.context, shape.headWidth)
    let first = sequence * t * stride
    let keysAt = first + (shape.heads + keyValueHead) * d
    let valuesAt = keysAt + shape.keyValueHeads * d
    let gradients = activations.headsGradient
    let probabilities = block.probabilities + (sequence * shape.heads + head) * t * t
    let output = activations.attendedGradient + sequence * t * attendedWidth + head * d
    let adds = head > keyValueHead * group
    multiply(
      rows: t, columns: d, depth: t, probabilities, stride: t, transposed: true,
      output, stride: attendedWidth, transposed: false,
      into: gradients + valuesAt, stride: stride, accumulates: adds, pool: alone)
    multiply(
      rows: t, columns: t, depth: d, output, stride: attendedWidth, transposed: false,
      block.heads + valuesAt, stride: stride, transposed: true,
      into: scoresGradient, stride: t, accumulates: false, pool: alone)
    for row in 0..<t {
      let line = scoresGradient + row * t
      compute_softmax_backward(probabilities + row * t, line, row + 1, scoreScale)
      (line + row + 1).update(repeating: 0, count: t - row - 1)
    }
    multiply(
      rows: t, columns: d, depth: t, scoresGradient, stride: t, transposed: false,
      block.heads + keysAt, stride: stride, transposed: false,
      into: gradients + first + head * d, stride: stride, accumulates: false, pool: alone)
    multiply(
      rows: t, columns: d, depth: t, scoresGradient, stride: t, transposed: true,
      block.heads + first + head * d, stride: stride, transposed: false,
      into: gradients + keysAt, stride: stride, accumulates: adds, pool: alone)
  }

  private func rotate(_ head: UnsafeMutablePointer<Float>, direction: Float) {
    guard shape.positions != .learned else { return }
    RotaryPositions.rotate(
      head, stride: stride, count: shape.context, width: shape.headWidth,
      rotations: activations.rotations, direction: direction)
  }
}
