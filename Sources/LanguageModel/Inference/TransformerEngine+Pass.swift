import CComputeKernels
import Compute

/// One pass through all layers. Each phase is one fork of the pool, or several if it is long; between
/// forks is a checkpoint.
extension TransformerEngine {
  /// Takes a token a row; leaves the logits of some rows in `logits`, in their order.
  func pass(
    _ tokens: [Int32], _ segments: [Segment], logitRows: [Int], _ checkpoint: () throws -> Void
  ) throws {
    let rows = tokens.count
    embed(tokens, segments)
    for layer in 0..<shape.layers {
      let block = matrices.blocks[layer]
      try checkpoint()
      enter(block.projections, rows: rows, norm: block.attentionNorm)
      let offsets = [0, widths.queries, widths.queries + widths.keys]
      try multiply(
        block.projections, offsets, into: projected, stride: widths.projected, checkpoint)
      try checkpoint()
      try attend(segments, layer: layer, checkpoint)
      try checkpoint()
      enter([block.attentionOutput], rows: rows)
      try multiply([block.attentionOutput], [0], into: output, stride: widths.output, checkpoint)
      try checkpoint()
      addOutput(rows: rows)
      enter(block.feedForwardInput, rows: rows, norm: block.feedForwardNorm)
      try feedForward(block.feedForwardInput, rows: rows, checkpoint)
      try checkpoint()
      enter([block.feedForwardOutput], rows: rows)
      try multiply([block.feedForwardOutput], [0], into: output, stride: widths.output, checkpoint)
      addOutput(rows: rows)
    }
    for segment in segments { segment.cache.advance(by: segment.rows.count) }
    guard !logitRows.isEmpty else { return }
    try checkpoint()
    for (index, row) in logitRows.enumerated() where index != row {
      (stream + index * shape.width).update(from: stream + row * shape.width, count: shape.width)
    }
    enter([matrices.head], rows: logitRows.count, norm: matrices.outputNorm)
    try multiply([matrices.head], [0], into: logits, stride: widths.logits, checkpoint)
  }

  // MARK: - Rows

  /// Calls a body with each row, with several at once if there are many.
  private func eachRow(_ rows: Int, _ body: (Int) -> Void) {
    let rowsPerChunk = 4
    pool.run(chunks: (rows + rowsPerChunk - 1) / rowsPerChunk) { chunk in
      for row in chunk * rowsPerChunk..<min(rows, (chunk + 1) * rowsPerChunk) { body(row) }
    }
  }

  private func embed(_ tokens: [Int32], _ segments: [Segment]) {
    for segment in segments {
      for row in segment.rows {
        let target = stream + row * shape.width
        matrices.embedding.unpack(row: Int(tokens[row]), into: target)
        guard shape.positions == .learned else { continue }
        let place = segment.cache.count + row - segment.rows.lowerBound
        matrices.places.withUnsafeBufferPointer { places in
          guard let start = places.baseAddress else { return }
          compute_add(start + place * shape.width, target, shape.width)
        }
      }
    }
  }

  /// Makes the rows the vectors that matrices take: normed from the stream if there is a norm,
  /// otherwise as they already are; and rounded, if a matrix wants them so.
  private func enter(_ targets: [PackedMatrix], rows: Int, norm: [Float] = []) {
    input.count = rows
    input.width = targets[0].columns
    let rounds = targets.contains { $0.takesRoundedVectors }
    guard rounds || !norm.isEmpty else { return }
    norm.withUnsafeBufferPointer { norm in
      eachRow(rows) { row in
        if !norm.isEmpty, let norm = norm.baseAddress {
          _ = compute_rms_norm(
            stream + row * shape.width, norm, input.vector(row), shape.width, shape.normEpsilon)
        }
        if rounds { input.round(row) }
      }
    }
  }

  private func addOutput(rows: Int) {
    eachRow(rows) { row in
      compute_add(output + row * widths.output, stream + row * shape.width, shape.width)
    }
  }

  // MARK: - Products

  /// Multiply-adds of a thread between two checkpoints.
  ///
  /// `Chosen:` 25 ms at the 20 billion a second of a core without AVX, 4 with it.
  static let productsAtOnce = 1 << 29

  /// Chunks of a thread in a product with many vectors, so that threads wait less for each other.
  ///
  /// `Chosen:` more would read the vectors again and again.
  private static let chunksOfManyVectors = 4
  /// Vectors with which a product waits for memory, not for arithmetic.
  ///
  /// Each thread then has one chunk, whose weights come in one stream. Measured on two threads: 0.26 s for
  /// 128 tokens instead of 0.29 with two chunks and 0.32 with four.
  private static let fewVectors = 8

  /// Tiles of a chunk, and chunks between two checkpoints, where a tile has so many columns in all.
  private func shares(_ tiles: Int, columns: Int) -> (tilesPerChunk: Int, chunksAtOnce: Int) {
    let limit = max(1, Self.productsAtOnce / (PackedMatrix.tileRows * columns * input.count))
    let chunks = pool.threads * (input.count > Self.fewVectors ? Self.chunksOfManyVectors : 1)
    let size = min(limit, max(1, (tiles + chunks - 1) / chunks))
    return (size, max(1, limit / size * pool.threads))
  }

  /// Multiplies matrices with the input, each into its columns of the result.
  private func multiply(
    _ targets: [PackedMatrix], _ offsets: [Int], into result: UnsafeMutablePointer<Float>,
    stride: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    let total = targets.reduce(0) { $0 + $1.tileCount }
    let (size, atOnce) = shares(total, columns: input.width)
    try pool.run(
      chunks: (total + size - 1) / size, atOnce: atOnce, checkpoint: checkpoint
    ) { chunk in
      var range = chunk * size..<min(total, (chunk + 1) * size)
      for (matrix, offset) in zip(targets, offsets) {
        let part = range.clamped(to: 0..<matrix.tileCount)
        if !part.isEmpty {
          matrix.multiply(tiles: part, input, into: result + offset, stride: stride)
        }
        range =
          max(
            0, range.lowerBound - matrix.tileCount)..<max(
            0, range.upperBound - matrix.tileCount)
      }
    }
  }

  /// The first half of the feed-forward part, whose result becomes the input of the second.
  private func feedForward(
    _ targets: [PackedMatrix], rows: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    let tiles = targets[0].tileCount
    let (size, atOnce) = shares(tiles, columns: targets.count * input.width)
    try pool.run(
      chunks: (tiles + size - 1) / size, atOnce: atOnce, checkpoint: checkpoint
    ) { chunk in
      let range = chunk * size..<min(tiles, (chunk + 1) * size)
      for (index, matrix) in targets.enumerated() {
        matrix.multiply(
          tiles: range, input, into: fed + index * widths.feedForward, stride: widths.fed)
      }
      let first = range.lowerBound * PackedMatrix.tileRows
      let count = min(shape.feedForwardWidth, range.upperBound * PackedMatrix.tileRows) - first
      for row in 0..<rows {
        let from = fed + row * widths.fed + first
        if shape.feedForward == .swiGLU {
          compute_silu_gate(from, from + widths.feedForward, from, count)
        } else {
          compute_gelu(from, from, count)
        }
      }
    }
    eachRow(rows) { row in
      input.vector(row).update(from: fed + row * widths.fed, count: shape.feedForwardWidth)
    }
  }
}
