import CComputeKernels
import Compute

extension TransformerPass {
  /// The gradient of the loss by each weight, after `forward` and `loss`; overwrites `gradients`.
  func backward(
    tokens: UnsafePointer<Int32>, weights: UnsafePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, checkpoint: () throws -> Void
  ) rethrows {
    let stream = activations.residualGradient
    try projectBackward(
      activations.logits, shape.symbols, x: activations.normed, shape.width,
      matrix: weights + offsets.head, matrixGradient: gradients + offsets.head,
      xGradient: activations.normedGradient, checkpoint)
    try checkpoint()
    try forRowBlocks(of: shape.width, checkpoint) { [c = shape.width] _, rows in
      (stream + rows.lowerBound * c).update(repeating: 0, count: rows.count * c)
    }
    try normalizeBackward(
      activations.input(ofBlock: shape.layers), activations.inverse, at: offsets.norm, weights,
      gradients, checkpoint)
    try checkpoint()
    for layer in (0..<shape.layers).reversed() {
      try feedForwardBackward(layer, weights, gradients, checkpoint)
      try attentionBackward(layer, weights, gradients, checkpoint)
    }
    try embedBackward(tokens, gradients, checkpoint)
    try checkpoint()
  }

  private func feedForwardBackward(
    _ layer: Int, _ weights: UnsafePointer<Float>, _ gradients: UnsafeMutablePointer<Float>,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (at, block) = (offsets.blocks[layer], activations.blocks[layer])
    try projectBackward(
      branchGradient(place: 2 + 2 * layer, checkpoint), shape.width, x: block.hidden,
      shape.feedForwardWidth, matrix: weights + at.down, matrixGradient: gradients + at.down,
      xGradient: activations.hiddenGradient, checkpoint)
    try checkpoint()
    try activateBackward(block, checkpoint)
    try checkpoint()
    try projectBackward(
      activations.innerGradient, activations.innerWidth, x: block.feedForwardNormed, shape.width,
      matrix: weights + at.inner, matrixGradient: gradients + at.inner,
      xGradient: activations.normedGradient, checkpoint)
    try checkpoint()
    try normalizeBackward(
      block.middle, block.feedForwardInverse, at: at.feedForwardNorm, weights, gradients,
      checkpoint)
    try checkpoint()
  }

  private func attentionBackward(
    _ layer: Int, _ weights: UnsafePointer<Float>, _ gradients: UnsafeMutablePointer<Float>,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (at, block) = (offsets.blocks[layer], activations.blocks[layer])
    try projectBackward(
      branchGradient(place: 1 + 2 * layer, checkpoint), shape.width, x: block.attended,
      shape.heads * shape.headWidth, matrix: weights + at.attentionOutput,
      matrixGradient: gradients + at.attentionOutput, xGradient: activations.attendedGradient,
      checkpoint)
    try checkpoint()
    try attendBackward(block, checkpoint)
    try checkpoint()
    try projectBackward(
      activations.headsGradient, activations.headsWidth, x: block.attentionNormed, shape.width,
      matrix: weights + at.heads, matrixGradient: gradients + at.heads,
      xGradient: activations.normedGradient, checkpoint)
    try checkpoint()
    try normalizeBackward(
      activations.input(ofBlock: layer), block.attentionInverse, at: at.attentionNorm, weights,
      gradients, checkpoint)
    try checkpoint()
  }

  /// The gradient of what a branch wrote into the stream: the stream's own, through the mask if
  /// any.
  private func branchGradient(
    place: Int, _ checkpoint: () throws -> Void
  ) rethrows -> UnsafePointer<Float> {
    guard let dropout else { return UnsafePointer(activations.residualGradient) }
    let c = shape.width
    try forRowBlocks(of: c, checkpoint) { _, rows in
      let first = rows.lowerBound * c
      dropout.apply(
        activations.residualGradient + first, into: activations.normedGradient + first,
        count: rows.count * c, place: place, first: first)
    }
    return UnsafePointer(activations.normedGradient)
  }

  /// Adds the gradient of a norm's input to the stream's, from `normedGradient`; the scale's
  /// gradient is summed by blocks of rows, then over blocks in order.
  private func normalizeBackward(
    _ input: UnsafePointer<Float>, _ inverse: UnsafePointer<Float>, at offset: Int,
    _ weights: UnsafePointer<Float>, _ gradients: UnsafeMutablePointer<Float>,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let c = shape.width
    try forRowBlocks(of: c, checkpoint) { block, rows in
      let partial = activations.scaleGradients + block * c
      partial.update(repeating: 0, count: c)
      for row in rows {
        compute_rms_norm_backward(
          input + row * c, weights + offset, inverse[row], activations.normedGradient + row * c,
          activations.residualGradient + row * c, partial, c)
      }
    }
    let scale = gradients + offset
    scale.update(repeating: 0, count: c)
    let size = Activations.rowsPerChunk
    for block in 0..<((activations.rows + size - 1) / size) {
      compute_add(activations.scaleGradients + block * c, scale, c)
    }
  }

  private func activateBackward(
    _ block: Activations.Block, _ checkpoint: () throws -> Void
  ) rethrows {
    let f = shape.feedForwardWidth
    try forRowBlocks(of: f, checkpoint) { _, rows in
      let first = rows.lowerBound * f
      switch shape.feedForward {
      case .gelu:
        compute_gelu_backward(
          block.inner + first, activations.hiddenGradient + first,
          activations.innerGradient + first, rows.count * f)
      case .swiGLU:
        for row in rows {
          let (inner, gradient) = (
            block.inner + row * 2 * f, activations.innerGradient + row * 2 * f
          )
          compute_silu_gate_backward(
            inner, inner + f, activations.hiddenGradient + row * f, gradient, gradient + f, f)
        }
      }
    }
  }

  /// Each row's gradient goes to its token and its place; a tied embedding has the head's already.
  private func embedBackward(
    _ tokens: UnsafePointer<Int32>, _ gradients: UnsafeMutablePointer<Float>,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (c, t) = (shape.width, shape.context)
    let embedding = gradients + offsets.tokens
    if !shape.tiesHead { embedding.update(repeating: 0, count: shape.symbols * c) }
    if let places = offsets.places { (gradients + places).update(repeating: 0, count: t * c) }
    let rowsAtOnce = max(1, TransformerPass.numbersAtOnce / c)
    for row in 0..<activations.rows {
      if row > 0, row % rowsAtOnce == 0 { try checkpoint() }
      let gradient = activations.residualGradient + row * c
      dropout?.apply(gradient, into: gradient, count: c, place: 0, first: row * c)
      compute_add(gradient, embedding + Int(tokens[row]) * c, c)
      if let places = offsets.places { compute_add(gradient, gradients + places + row % t * c, c) }
    }
  }
}
