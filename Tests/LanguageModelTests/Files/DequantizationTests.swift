import Testing

@testable import LanguageModel

/// Blocks whose numbers were worked out by hand from the formats' definitions.
@Suite struct DequantizationTests {
  private func numbers(_ type: TensorType, _ bytes: [UInt8], count: Int) -> [Float] {
    var numbers = Array(repeating: Float.nan, count: count)
    bytes.withUnsafeBytes { bytes in
      numbers.withUnsafeMutableBufferPointer { type.dequantize(bytes, into: $0) }
    }
    return numbers
  }

  /// From IEEE 754: 0x3c00 is 1, 0xc000 −2, 0x3555 the nearest to ⅓, 0x7bff the largest, 0x0001 the
  /// smallest subnormal, 0x03ff the largest one.
  @Test(arguments: [
    (UInt16(0x3c00), Float(1)), (0xc000, -2), (0x3555, 0.333251953125), (0x7bff, 65_504),
    (0x0001, 0x1p-24), (0x83ff, -0x1.ff8p-15), (0x0400, 0x1p-14), (0x7c00, .infinity),
    (0xfc00, -.infinity), (0, 0),
  ])
  func sixteenBitsAreANumber(bits: UInt16, number: Float) {
    #expect(Float(half: bits) == number)
  }

  @Test func minusZeroAndNotANumberStayWhatTheyAre() {
    #expect(Float(half: 0x8000).sign == .minus)
    #expect(Float(half: 0x7e00).isNaN)
  }

  @Test func wholeNumbersAreTakenAsTheyAre() {
    #expect(numbers(.f32, [0, 0, 0x20, 0xc1, 0, 0, 0x80, 0x3f], count: 2) == [-10, 1])
    #expect(numbers(.f16, [0, 0xc0, 0, 0x3c], count: 2) == [-2, 1])
    #expect(numbers(.bf16, [0x20, 0xc1, 0x80, 0x3f], count: 2) == [-10, 1])
  }

  /// Low halves 0…15 and high halves 15…0 in sixteen bytes.
  private let nibbles = (0..<16).map { UInt8(16 * (15 - $0) + $0) }

  /// d = ½ (0x3800); byte i is 16 · (15 − i) + i: low halves 0…15, high halves 15…0.
  @Test func fourBitsWithoutOffsetAreAroundEight() {
    let low = (0..<16).map { Float($0 - 8) / 2 }
    let high = (0..<16).map { Float(7 - $0) / 2 }
    #expect(numbers(.q4_0, [0, 0x38] + nibbles, count: 32) == low + high)
  }

  /// The same with m = −2 (0xc000).
  @Test func fourBitsWithOffsetBeginAtIt() {
    let low = (0..<16).map { Float($0) / 2 - 2 }
    let high = (0..<16).map { Float(15 - $0) / 2 - 2 }
    #expect(numbers(.q4_1, [0, 0x38, 0, 0xc0] + nibbles, count: 32) == low + high)
  }

  /// d = ¼ (0x3400); bytes −128, −120, … 120.
  @Test func eightBitsHaveASign() {
    let integers = (0..<32).map { UInt8(bitPattern: Int8(-128 + 8 * $0)) }
    #expect(
      numbers(.q8_0, [0, 0x34] + integers, count: 32) == (0..<32).map { Float(-32 + 2 * $0) })
  }

  /// d = 1, m = ½.
  ///
  /// Parts 0 to 3: bytes 0–3 (steps 1, 2, 3, 63) and 4–7 (offsets 4, 5, 6, 7), with the top bits
  /// 01, 10, 11, 00 and 11, 00, 01, 10. Parts 4 to 7: bytes 8–11 (low halves 1, 2, 3, 4; high
  /// halves 5, 6, 7, 8) with those top bits: steps 17, 34, 51, 4; offsets 53, 6, 23, 40.
  @Test func fourBitsInPartsHaveStepsAndOffsetsOfSixBits() {
    let scales: [UInt8] = [
      0x40 | 1, 0x80 | 2, 0xc0 | 3, 63, 0xc0 | 4, 5, 0x40 | 6, 0x80 | 7, 0x51, 0x62, 0x73, 0x84,
    ]
    // Each byte 0x94: 4 in even parts, 9 in odd ones.
    var bytes: [UInt8] = [0, 0x3c, 0, 0x38]
    bytes += scales
    bytes += Array(repeating: 0x94, count: 128)
    let steps: [Float] = [1, 2, 3, 63, 17, 34, 51, 4]
    let offsets: [Float] = [4, 5, 6, 7, 53, 6, 23, 40]
    let expected = (0..<256).map { index -> Float in
      let part = index / 32
      let value: Float = part % 2 == 0 ? 4 : 9
      return steps[part] * value - offsets[part] / 2
    }
    #expect(numbers(.q4_K, bytes, count: 256) == expected)
  }

  /// d = 1.
  ///
  /// Low halves 0x5a everywhere (10 in the first two quarters of each half, 5 in the last two),
  /// pairs of bits 0b11_10_01_00: quarters 0, 1, 2, 3. So 10, 26, 37, 53 less 32: −22, −6, 5, 21.
  /// Scales −8, −7, … 7.
  @Test func sixBitsInPartsHaveScalesOfEight() {
    var bytes = Array(repeating: UInt8(0x5a), count: 128)
    bytes += Array(repeating: 0b1110_0100, count: 64)
    bytes += (0..<16).map { UInt8(bitPattern: Int8($0 - 8)) }
    bytes += [0, 0x3c]
    let values: [Float] = [-22, -6, 5, 21]
    let expected = (0..<256).map { index -> Float in
      let scale = Float(index / 16 - 8)
      return values[index % 128 / 32] * scale
    }
    #expect(numbers(.q6_K, bytes, count: 256) == expected)
  }
}
