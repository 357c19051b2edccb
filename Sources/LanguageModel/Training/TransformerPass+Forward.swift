import CComputeKernels
import Compute

extension TransformerPass {
  /// Logits of each row, from the tokens of the rows, [n].
  func forward(
    tokens: UnsafePointer<Int32>, weights: UnsafePointer<Float>, checkpoint: () throws -> Void
  ) rethrows {
    try embed(tokens, weights, checkpoint)
    for layer in 0..<shape.layers {
      let (at, block) = (offsets.blocks[layer], activations.blocks[layer])
      let input = activations.input(ofBlock: layer)
      try normalize(
        input, weights + at.attentionNorm, into: block.attentionNormed, block.attentionInverse,
        copy: block.middle, checkpoint)
      try project(
        block.attentionNormed, shape.width, by: weights + at.heads, activations.headsWidth,
        into: block.heads, checkpoint)
      try checkpoint()
      try attend(block, checkpoint)
      try checkpoint()
      try addBranch(
        block.attended, shape.heads * shape.headWidth, by: weights + at.attentionOutput,
        to: block.middle, place: 1 + 2 * layer, checkpoint)
      try checkpoint()
      try normalize(
        block.middle, weights + at.feedForwardNorm, into: block.feedForwardNormed,
        block.feedForwardInverse, copy: block.output, checkpoint)
      try project(
        block.feedForwardNormed, shape.width, by: weights + at.inner, activations.innerWidth,
        into: block.inner, checkpoint)
      try checkpoint()
      try activate(block, checkpoint)
      try checkpoint()
      try addBranch(
        block.hidden, shape.feedForwardWidth, by: weights + at.down, to: block.output,
        place: 2 + 2 * layer, checkpoint)
      try checkpoint()
    }
    try normalize(
      activations.input(ofBlock: shape.layers), weights + offsets.norm, into: activations.normed,
      activations.inverse, copy: nil, checkpoint)
    try project(
      activations.normed, shape.width, by: weights + offsets.head, shape.symbols,
      into: activations.logits, checkpoint)
    try checkpoint()
  }

  /// The mean over rows of −ln p(target), in nats.
  ///
  /// Turns the logits into their gradient, (p − one at the target) / n.
  func loss(targets: UnsafePointer<Int32>, checkpoint: () throws -> Void) rethrows -> Double {
    let v = shape.symbols
    let share = 1 / Float(activations.rows)
    try forRowBlocks(of: v, checkpoint) { _, rows in
      for row in rows {
        let (logits, target) = (activations.logits + row * v, Int(targets[row]))
        let chosen = logits[target]
        activations.losses[row] = compute_softmax(logits, v, 1) - chosen
        logits[target] -= 1
        compute_scale(share, logits, v)
      }
    }
    return compute_sum(activations.losses, activations.rows) / Double(activations.rows)
  }

  private func embed(
    _ tokens: UnsafePointer<Int32>, _ weights: UnsafePointer<Float>,
    _ checkpoint: () throws -> Void
  ) rethrows {
    let (c, t) = (shape.width, shape.context)
    try forRowBlocks(of: c, checkpoint) { _, rows in
      for row in rows {
        let vector = activations.embedded + row * c
        vector.update(from: weights + offsets.tokens + Int(tokens[row]) * c, count: c)
        if let places = offsets.places {
          compute_add(weights + places + row % t * c, vector, c)
        }
        dropout?.apply(vector, into: vector, count: c, place: 0, first: row * c)
      }
    }
  }

  /// RMSNorm of each row; `copy` gets the input itself, for a branch to be added to.
  private func normalize(
    _ input: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>, _ inverse: UnsafeMutablePointer<Float>,
    copy: UnsafeMutablePointer<Float>?, _ checkpoint: () throws -> Void
  ) rethrows {
    let c = shape.width
    try forRowBlocks(of: c, checkpoint) { _, rows in
      for row in rows {
        inverse[row] = compute_rms_norm(
          input + row * c, scale, result + row * c, c, shape.normEpsilon)
      }
      let first = rows.lowerBound * c
      if let copy { (copy + first).update(from: input + first, count: rows.count * c) }
    }
  }

  /// stream += dropout(x · Wᵀ).
  private func addBranch(
    _ x: UnsafePointer<Float>, _ inputs: Int, by matrix: UnsafePointer<Float>,
    to stream: UnsafeMutablePointer<Float>, place: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    let c = shape.width
    guard let dropout else {
      return try project(x, inputs, by: matrix, c, into: stream, accumulates: true, checkpoint)
    }
    let branch = activations.normedGradient
    try project(x, inputs, by: matrix, c, into: branch, checkpoint)
    try forRowBlocks(of: c, checkpoint) { _, rows in
      for row in rows {
        let result = branch + row * c
        dropout.apply(result, into: result, count: c, place: place, first: row * c)
        compute_add(result, stream + row * c, c)
      }
    }
  }

  private func activate(_ block: Activations.Block, _ checkpoint: () throws -> Void) rethrows {
    let f = shape.feedForwardWidth
    try forRowBlocks(of: f, checkpoint) { _, rows in
      let first = rows.lowerBound
      switch shape.feedForward {
      case .gelu:
        compute_gelu(block.inner + first * f, block.hidden + first * f, rows.count * f)
      case .swiGLU:
        for row in rows {
          let inner = block.inner + row * 2 * f
          compute_silu_gate(inner, inner + f, block.hidden + row * f, f)
        }
      }
    }
  }
}
