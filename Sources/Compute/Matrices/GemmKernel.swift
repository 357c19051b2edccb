import CComputeKernels

/// The inner loops of a matrix product for one instruction set.
struct GemmKernel {
  /// Rows of a tile of C.
  let height: Int
  /// Columns of a tile of C.
  let width: Int
  private let table: compute_gemm

  /// The kernels of a set.
  /// - Precondition: this processor has it.
  init(_ set: InstructionSet) {
    guard compute_has(set.kernels), let table = compute_gemm_for(set.kernels)?.pointee else {
      preconditionFailure("this processor does not have \(set)")
    }
    self.table = table
    height = Int(table.tile_rows)
    width = Int(table.tile_columns)
  }

  /// A tile, as `compute_gemm.tile` says.
  func tile(
    _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Float>, _ aRow: Int, _ aStep: Int,
    _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ cStride: Int,
    _ accumulates: Bool
  ) {
    table.tile(rows, columns, depth, a, aRow, aStep, b, width, c, cStride, accumulates)
  }

  /// Dot products, as `compute_gemm.dots` says.
  func dots(
    _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Float>, _ aStride: Int,
    _ b: UnsafePointer<Float>, _ bStride: Int, _ c: UnsafeMutablePointer<Float>, _ cStride: Int,
    _ accumulates: Bool
  ) {
    table.dots(rows, columns, depth, a, aStride, b, bStride, c, cStride, accumulates)
  }
}
