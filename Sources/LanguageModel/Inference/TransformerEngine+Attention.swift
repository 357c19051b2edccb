import CComputeKernels
import Compute

/// Causal attention over a cache.
extension TransformerEngine {
  /// Rows of a sequence that one chunk takes.
  ///
  /// `Chosen:` two times the vectors that a kernel takes at once, which share what is read of the
  /// cache.
  private static let rowsPerChunk = 12

  /// Stores keys and values of the rows, and makes what the heads see the input of the next product.
  func attend(
    _ segments: [Segment], layer: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    var pieces: [(segment: Int, rows: Range<Int>)] = []
    for (index, segment) in segments.enumerated() {
      for first in stride(
        from: segment.rows.lowerBound, to: segment.rows.upperBound, by: Self.rowsPerChunk)
      {
        pieces.append((index, first..<min(segment.rows.upperBound, first + Self.rowsPerChunk)))
      }
    }
    pool.run(chunks: pieces.count) { chunk in
      store(segments[pieces[chunk].segment], rows: pieces[chunk].rows, layer: layer)
    }
    let heads = shape.keyValueHeads
    let seen = segments.reduce(0) { max($0, $1.cache.count + $1.rows.count) }
    let products = 2 * seen * shape.headWidth * shape.heads / heads * Self.rowsPerChunk
    // The last rows see most: the long chunks come first.
    try pool.run(
      chunks: pieces.count * heads,
      atOnce: max(1, Self.productsAtOnce / products) * pool.threads, checkpoint: checkpoint
    ) { chunk in
      let piece = pieces[pieces.count - 1 - chunk / heads]
      attend(
        segments[piece.segment], rows: piece.rows, layer: layer, keyValueHead: chunk % heads)
    }
  }

  /// Rotates queries and keys of some rows, and puts keys and values into the cache.
  private func store(_ segment: Segment, rows: Range<Int>, layer: Int) {
    let width = shape.headWidth
    for row in rows {
      let queries = projected + row * widths.projected
      let keys = queries + widths.queries
      let place = segment.cache.count + row - segment.rows.lowerBound
      if shape.positions != .learned {
        let turn = rotations + place * width
        for head in 0..<shape.heads { rotate(queries + head * width, turn) }
        for head in 0..<shape.keyValueHeads { rotate(keys + head * width, turn) }
      }
      for head in 0..<shape.keyValueHeads {
        segment.cache.store(
          layer: layer, head: head, place: place, key: keys + head * width,
          value: keys + widths.keys + head * width)
      }
    }
  }

  private func rotate(_ head: UnsafeMutablePointer<Float>, _ turn: UnsafePointer<Float>) {
    RotaryPositions.rotate(
      head, stride: 0, count: 1, width: shape.headWidth, rotations: turn, direction: 1)
  }

  /// The heads of queries that one head of keys and values serves.
  ///
  /// A single row's heads are taken at once, as they read the same keys; of several rows the same head.
  private func attend(_ segment: Segment, rows: Range<Int>, layer: Int, keyValueHead: Int) {
    let group = shape.heads / shape.keyValueHeads
    let first = keyValueHead * group
    if rows.count == 1 {
      attend(
        segment, rows: rows, layer: layer, keyValueHead: keyValueHead, head: first, vectors: group,
        steps: (shape.headWidth, shape.headWidth))
    } else {
      for head in first..<(first + group) {
        attend(
          segment, rows: rows, layer: layer, keyValueHead: keyValueHead, head: head,
          vectors: rows.count, steps: (widths.projected, input.stride))
      }
    }
  }

  /// Queries that begin `steps.query` apart look at the same keys; what they see goes into the input,
  /// `steps.result` apart.
  private func attend(
    _ segment: Segment, rows: Range<Int>, layer: Int, keyValueHead: Int, head: Int, vectors: Int,
    steps: (query: Int, result: Int)
  ) {
    let width = shape.headWidth
    let place = segment.cache.count + rows.lowerBound - segment.rows.lowerBound
    // A row sees the places before it and its own.
    let seen = place + rows.count
    let tiles = (seen + 15) / 16
    let padded = segment.cache.valueWidth
    withUnsafeTemporaryAllocation(of: Float.self, capacity: vectors * (16 * tiles + padded)) {
      guard let scores = $0.baseAddress else { return }
      let results = scores + vectors * 16 * tiles
      let queries = projected + rows.lowerBound * widths.projected + head * width
      let keys = segment.cache.keys(layer: layer, head: keyValueHead)
      for tile in 0..<tiles {
        compute_panel_product(
          keys + tile * 16 * width, 16, width, queries, steps.query, vectors, scores + 16 * tile,
          16 * tiles, false)
      }
      let scale = 1 / Float(width).squareRoot()
      for vector in 0..<vectors {
        let row = scores + vector * 16 * tiles
        let count = rows.count == 1 ? seen : place + vector + 1
        _ = compute_softmax(row, count, scale)
        (row + count).update(repeating: 0, count: seen - count)
      }
      let values = segment.cache.values(layer: layer, head: keyValueHead)
      for column in stride(from: 0, to: padded, by: 16) {
        compute_panel_product(
          values + column, padded, seen, scores, 16 * tiles, vectors, results + column, padded,
          false)
      }
      let target = input.vector(rows.lowerBound) + head * width
      for vector in 0..<vectors {
        (target + vector * steps.result).update(from: results + vector * padded, count: width)
      }
    }
  }
}
