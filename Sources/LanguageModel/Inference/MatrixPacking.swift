import CComputeKernels
import Compute

/// Brings tensors into tiles, all in one piece of memory.
struct MatrixPacking {
  private struct Entry {
    var source: TransformerMatrices.Source
    var extents: [Int]
    /// Vectors, and matrices that are not multiplied with, are not packed.
    var matrix: PackedMatrix?
  }

  private var entries: [String: Entry] = [:]
  private let matrices: [(matrix: PackedMatrix, bytes: UnsafeRawBufferPointer)]

  init(
    shape: TransformerShape, _ source: (String) throws -> TransformerMatrices.Source?
  ) throws {
    var tensors = shape.tensorsOutsideBlocks
    for layer in 0..<shape.layers { tensors += shape.tensors(ofBlock: layer) }
    let sources = try tensors.map { name, extents in
      guard let found = try source(name) else { throw MatrixFault.missing(name) }
      try Self.check(found, name, extents)
      return found
    }
    let sizes = zip(tensors, sources).map { tensor, source in
      Self.isPacked(tensor)
        ? PackedMatrix.bytes(
          format: source.type.format, rows: tensor.extents[1], columns: tensor.extents[0]) : 0
    }
    let memory = try WeightMemory(bytes: sizes.reduce(0, +))
    var offset = 0
    var matrices: [(matrix: PackedMatrix, bytes: UnsafeRawBufferPointer)] = []
    for (index, tensor) in tensors.enumerated() {
      var entry = Entry(source: sources[index], extents: tensor.extents, matrix: nil)
      if Self.isPacked(tensor) {
        let matrix = PackedMatrix(
          format: sources[index].type.format, rows: tensor.extents[1], columns: tensor.extents[0],
          memory: memory, offset: offset)
        entry.matrix = matrix
        matrices.append((matrix, sources[index].bytes))
        offset += sizes[index]
      }
      entries[tensor.name] = entry
    }
    self.matrices = matrices
  }

  private static func isPacked(_ tensor: (name: String, extents: [Int])) -> Bool {
    tensor.extents.count == 2 && tensor.name != "position_embd.weight"
  }

  private static func check(
    _ source: TransformerMatrices.Source, _ name: String, _ extents: [Int]
  ) throws(MatrixFault) {
    let type = source.type
    guard extents[0] % type.blockLength == 0 else {
      throw .unevenRow(tensor: name, length: extents[0], block: type.blockLength)
    }
    let expected = type.bytes(of: extents.reduce(1, *))
    guard source.bytes.count == expected else {
      throw .bytes(tensor: name, expected: expected, found: source.bytes.count)
    }
  }

  /// `Chosen:` under a millisecond of work.
  private static let chunkBytes = 1 << 18
  /// Chunks of a thread between two checkpoints.
  ///
  /// `Chosen:` 8 MiB, of which a core packs one to two thousand a second.
  private static let chunksAtOnce = 32

  /// Fills all tiles, some of them in each chunk of a pool's work, with a checkpoint after some
  /// milliseconds each time.
  func pack(with pool: WorkerPool, checkpoint: () throws -> Void) rethrows {
    var chunks: [(index: Int, tiles: Range<Int>)] = []
    for (index, entry) in matrices.enumerated() {
      let tilesPerChunk = max(1, Self.chunkBytes * entry.matrix.tileCount / entry.matrix.bytes)
      for first in stride(from: 0, to: entry.matrix.tileCount, by: tilesPerChunk) {
        chunks.append((index, first..<min(entry.matrix.tileCount, first + tilesPerChunk)))
      }
    }
    try pool.run(
      chunks: chunks.count, atOnce: Self.chunksAtOnce * pool.threads, checkpoint: checkpoint
    ) { chunk in
      let (matrix, bytes) = matrices[chunks[chunk].index]
      for tile in chunks[chunk].tiles { matrix.pack(tile: tile, from: bytes) }
    }
  }

  func matrix(_ name: String) throws(MatrixFault) -> PackedMatrix {
    guard let matrix = entries[name]?.matrix else { throw .missing(name) }
    return matrix
  }

  /// The numbers of a tensor that is not packed.
  func vector(_ name: String) throws(MatrixFault) -> [Float] {
    guard let entry = entries[name] else { throw .missing(name) }
    return [Float](unsafeUninitializedCapacity: entry.extents.reduce(1, *)) { numbers, count in
      count = numbers.count
      entry.source.type.dequantize(entry.source.bytes, into: numbers)
    }
  }

  var bytesByType: [(type: TensorType, bytes: Int)] {
    TensorType.allCases.compactMap { type in
      let bytes = matrices.filter { $0.matrix.format == type.format }.map(\.matrix.bytes)
      return bytes.isEmpty ? nil : (type, bytes.reduce(0, +))
    }
  }
}

extension TensorType {
  /// The format's name in the kernels, which number formats as GGUF does.
  var format: compute_format { compute_format(rawValue) }
}
