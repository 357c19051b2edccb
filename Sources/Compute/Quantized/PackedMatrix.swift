import CComputeKernels

/// A matrix [rows, columns] in tiles of 16 rows, for products with vectors: y = W · x.
///
/// `@unchecked Sendable`: the tiles are in memory that is held here, filled by `pack` before anything
/// reads it, and not written to after that.
package struct PackedMatrix: @unchecked Sendable {
  /// How the numbers lie in a tile.
  package let layout: compute_layout
  /// The format that the rows had in the model file.
  package let format: compute_format
  /// Numbers that come out of a product.
  package let rows: Int
  /// Numbers that go into a product.
  package let columns: Int

  private let memory: WeightMemory
  private let tiles: UnsafeMutableRawPointer
  private let tileBytes: Int

  /// Rows of a tile.
  package static let tileRows = 16

  /// Bytes of a matrix, a multiple of 64.
  package static func bytes(format: compute_format, rows: Int, columns: Int) -> Int {
    let tile = compute_tile_bytes(compute_layout_of(format), columns)
    return ((rows + tileRows - 1) / tileRows * tile + 63) / 64 * 64
  }

  /// A matrix without numbers yet, in memory from a byte on.
  ///
  /// - Precondition: the memory has the bytes of the matrix, and blocks fit the columns.
  package init(
    format: compute_format, rows: Int, columns: Int, memory: WeightMemory, offset: Int
  ) {
    layout = compute_layout_of(format)
    precondition(
      layout == compute_floats || columns % 32 == 0, "\(columns) columns are no blocks of 32")
    self.format = format
    self.rows = rows
    self.columns = columns
    self.memory = memory
    tiles = memory.start + offset
    tileBytes = compute_tile_bytes(layout, columns)
  }

  /// How many tiles there are.
  package var tileCount: Int { (rows + Self.tileRows - 1) / Self.tileRows }

  /// Bytes that a product reads.
  package var bytes: Int { tileCount * tileBytes }

  /// Whether a product takes vectors that were rounded to 16 bits.
  package var takesRoundedVectors: Bool { layout != compute_floats }

  /// Fills a tile from the matrix in its file's format, all rows of it.
  package func pack(tile: Int, from source: UnsafeRawBufferPointer) {
    guard let start = source.baseAddress else { return }
    let first = tile * Self.tileRows
    compute_pack_tile(
      format, start + source.count / rows * first, min(Self.tileRows, rows - first), columns,
      tiles + tile * tileBytes)
  }

  /// The numbers of a row.
  package func unpack(row: Int, into numbers: UnsafeMutablePointer<Float>) {
    compute_unpack_row(
      layout, tiles + row / Self.tileRows * tileBytes, row % Self.tileRows, columns, numbers)
  }

  /// Writes the rows of some tiles of the product with each vector: row r of vector v to
  /// `result[v · stride + r]`, and up to 15 numbers beyond the last row.
  ///
  /// What a vector gets does not depend on how many there are.
  package func multiply(
    tiles range: Range<Int>, _ vectors: VectorBatch, into result: UnsafeMutablePointer<Float>,
    stride: Int
  ) {
    for tile in range {
      let from = tiles + tile * tileBytes
      let to = result + tile * Self.tileRows
      switch layout {
      case compute_nibbles:
        compute_nibbles_product(
          from, columns / 32, vectors.integers, vectors.scales, vectors.sums, vectors.count, to,
          stride)
      case compute_bytes:
        compute_bytes_product(
          from, columns / 32, vectors.integers, vectors.scales, vectors.count, to, stride)
      default:
        compute_panel_product(
          from.assumingMemoryBound(to: Float.self), Self.tileRows, columns, vectors.values,
          vectors.stride, vectors.count, to, stride, false)
      }
    }
  }
}
