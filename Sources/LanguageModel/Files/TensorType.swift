/// How the numbers of a tensor are written, by its number in the file.
///
/// Quantised types write blocks: 32 or 256 small integers with a scale, and perhaps an offset.
/// - Source: `ggml.h` and `ggml-common.h` of ggml, the block structures of these names.
package enum TensorType: UInt32, Hashable, Sendable, CaseIterable {
  /// 32-bit floating point.
  case f32 = 0
  /// 16-bit floating point.
  case f16 = 1
  /// 4 bits: d · (q − 8).
  case q4_0 = 2
  /// 4 bits: d · q + m.
  case q4_1 = 3
  /// 8 bits: d · q.
  case q8_0 = 8
  /// 4 bits, 256 to a block, whose eight parts have a scale and an offset of 6 bits.
  case q4_K = 12
  /// 6 bits, 256 to a block, whose sixteen parts have a scale of 8 bits.
  case q6_K = 14
  /// The upper half of 32-bit floating point.
  case bf16 = 30

  /// As ggml writes it.
  package var name: String {
    switch self {
    case .f32: "F32"
    case .f16: "F16"
    case .q4_0: "Q4_0"
    case .q4_1: "Q4_1"
    case .q8_0: "Q8_0"
    case .q4_K: "Q4_K"
    case .q6_K: "Q6_K"
    case .bf16: "BF16"
    }
  }

  /// Numbers in a block.
  package var blockLength: Int {
    switch self {
    case .f32, .f16, .bf16: 1
    case .q4_0, .q4_1, .q8_0: 32
    case .q4_K, .q6_K: 256
    }
  }

  /// Bytes of a block.
  package var blockBytes: Int {
    switch self {
    case .f32: 4
    case .f16, .bf16: 2
    case .q4_0: 2 + 16
    case .q4_1: 2 + 2 + 16
    case .q8_0: 2 + 32
    case .q4_K: 2 + 2 + 12 + 128
    case .q6_K: 128 + 64 + 16 + 2
    }
  }

  /// Bytes of so many numbers, which are whole blocks.
  package func bytes(of count: Int) -> Int { count / blockLength * blockBytes }
}
