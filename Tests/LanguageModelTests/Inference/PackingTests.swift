import CComputeKernels
import Compute
import Testing

@testable import LanguageModel

/// Packed rows are the rows that the formats define.
@Suite struct PackingTests {
  private func rows(_ type: TensorType, count: Int, columns: Int) throws
    -> (packed: [[Float]], plain: [[Float]])
  {
    let bytes = SmallModelFile.tensor("rows", [columns, count], type).bytes
    let size = PackedMatrix.bytes(format: type.format, rows: count, columns: columns)
    let matrix = PackedMatrix(
      format: type.format, rows: count, columns: columns, memory: try WeightMemory(bytes: size),
      offset: 0)
    var plain = Array(repeating: Float(0), count: count * columns)
    bytes.withUnsafeBytes { bytes in
      for tile in 0..<matrix.tileCount { matrix.pack(tile: tile, from: bytes) }
      plain.withUnsafeMutableBufferPointer { type.dequantize(bytes, into: $0) }
    }
    let packed = (0..<count).map { row in
      [Float](unsafeUninitializedCapacity: columns) { numbers, filled in
        matrix.unpack(row: row, into: numbers.baseAddress!)
        filled = columns
      }
    }
    return (packed, (0..<count).map { Array(plain[($0 * columns)..<(($0 + 1) * columns)]) })
  }

  /// 21 rows: a whole tile and one that is not full.
  @Test(arguments: [TensorType.f32, .f16, .bf16, .q4_0, .q4_1, .q8_0])
  func mostFormatsArePackedExactly(type: TensorType) throws {
    let (packed, plain) = try rows(type, count: 21, columns: 96)
    #expect(packed == plain)
  }

  /// Steps and offsets lose what 16 bits do not hold, half of 2⁻¹⁰ each: of 15 steps and an offset.
  @Test func fourBitsInPartsArePackedToTheNearestStep() throws {
    let (packed, plain) = try rows(.q4_K, count: 17, columns: 512)
    for (a, b) in zip(packed.joined(), plain.joined()) {
      let largest: Float = abs(b) + 2 * 0.06 * 63
      #expect(abs(a - b) <= largest * 0x1p-11)
    }
  }

  /// 127 steps for the largest of a block: off by half a step at most, and a little for the step itself.
  @Test func sixBitsArePackedToTheNearestEighthBit() throws {
    let (packed, plain) = try rows(.q6_K, count: 17, columns: 512)
    for (a, b) in zip(packed, plain) {
      for start in stride(from: 0, to: 512, by: 32) {
        let largest = b[start..<(start + 32)].map { abs($0) }.max() ?? 0
        let bound: Float = largest * (0.5 / 127 + 0x1p-10)
        for column in start..<(start + 32) {
          #expect(abs(a[column] - b[column]) <= bound)
        }
      }
    }
  }
}
