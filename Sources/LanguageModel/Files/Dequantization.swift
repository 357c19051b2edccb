/// The numbers of tensors, block by block: plain, and what faster kernels are measured against.
extension TensorType {
  /// Writes the numbers of whole blocks.
  ///
  /// - Precondition: the bytes hold as many blocks as the numbers fill.
  package func dequantize(
    _ bytes: UnsafeRawBufferPointer, into numbers: UnsafeMutableBufferPointer<Float>
  ) {
    let blocks = numbers.count / blockLength
    precondition(
      blocks * blockLength == numbers.count && bytes.count == blocks * blockBytes,
      "\(numbers.count) numbers are not the \(bytes.count / blockBytes) blocks that are there")
    for block in 0..<blocks {
      let source = UnsafeRawBufferPointer(
        rebasing: bytes[(block * blockBytes)..<((block + 1) * blockBytes)])
      let target = UnsafeMutableBufferPointer(
        rebasing: numbers[(block * blockLength)..<((block + 1) * blockLength)])
      dequantizeBlock(source, target)
    }
  }

  private func dequantizeBlock(
    _ bytes: UnsafeRawBufferPointer, _ numbers: UnsafeMutableBufferPointer<Float>
  ) {
    switch self {
    case .f32: numbers[0] = Float(bitPattern: UInt32(bytes.half(0)) | UInt32(bytes.half(2)) << 16)
    case .f16: numbers[0] = Float(half: bytes.half(0))
    case .bf16: numbers[0] = Float(bitPattern: UInt32(bytes.half(0)) << 16)
    case .q4_0: Self.nibbles(bytes, from: 2, step: Float(half: bytes.half(0)), numbers)
    case .q4_1:
      let least = Float(half: bytes.half(2))
      Self.nibbles(bytes, from: 4, step: Float(half: bytes.half(0)), least: least, numbers)
    case .q8_0:
      let step = Float(half: bytes.half(0))
      for index in 0..<32 { numbers[index] = step * Float(Int8(bitPattern: bytes[2 + index])) }
    case .q4_K: Self.fourBitParts(bytes, numbers)
    case .q6_K: Self.sixBitParts(bytes, numbers)
    }
  }

  /// 16 bytes: the lower halves are the first 16 numbers, the upper halves the others.
  ///
  /// Without a least value, the integers are around 8.
  private static func nibbles(
    _ bytes: UnsafeRawBufferPointer, from start: Int, step: Float, least: Float? = nil,
    _ numbers: UnsafeMutableBufferPointer<Float>
  ) {
    for index in 0..<16 {
      let byte = bytes[start + index]
      for (place, value) in [(index, Float(byte & 15)), (16 + index, Float(byte >> 4))] {
        numbers[place] = least.map { step * value + $0 } ?? step * (value - 8)
      }
    }
  }

  /// Q4_K: d, m, twelve bytes with eight pairs of 6 bits, 128 bytes of which each 32 hold two parts.
  private static func fourBitParts(
    _ bytes: UnsafeRawBufferPointer, _ numbers: UnsafeMutableBufferPointer<Float>
  ) {
    let scales = (Float(half: bytes.half(0)), Float(half: bytes.half(2)))
    for part in 0..<8 {
      let (step, least) = sixBitPair(bytes, part)
      for index in 0..<32 {
        let byte = bytes[16 + part / 2 * 32 + index]
        let value = part % 2 == 0 ? byte & 15 : byte >> 4
        numbers[32 * part + index] = scales.0 * Float(step) * Float(value) - scales.1 * Float(least)
      }
    }
  }

  /// The step and offset of a part of Q4_K.
  ///
  /// The first four have six bits in a byte of their own; of the
  /// others four bits are in the last four bytes, and two are at the top of the first eight.
  static func sixBitPair(_ bytes: UnsafeRawBufferPointer, _ part: Int) -> (UInt8, UInt8) {
    let packed = 4
    if part < 4 { return (bytes[packed + part] & 63, bytes[packed + 4 + part] & 63) }
    let low = bytes[packed + 4 + part]
    let step = low & 15 | (bytes[packed + part - 4] >> 6) << 4
    return (step, low >> 4 | (bytes[packed + part] >> 6) << 4)
  }

  /// Q6_K: 128 bytes of lower halves, 64 of upper pairs of bits, 16 scales, d; integers around 32.
  private static func sixBitParts(
    _ bytes: UnsafeRawBufferPointer, _ numbers: UnsafeMutableBufferPointer<Float>
  ) {
    let scale = Float(half: bytes.half(208))
    for index in 0..<256 {
      let (half, quarter, place) = (index / 128, index % 128 / 32, index % 32)
      let low = bytes[64 * half + 32 * (quarter % 2) + place]
      let high = bytes[128 + 32 * half + place] >> (2 * quarter) & 3
      let value = Int((quarter < 2 ? low & 15 : low >> 4) | high << 4) - 32
      let step = Int8(bitPattern: bytes[192 + index / 16])
      numbers[index] = scale * Float(step) * Float(value)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Two bytes as an integer, the lower one first.
  fileprivate func half(_ offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }
}

extension Float {
  /// The number that 16 bits write: sign, five bits of exponent, ten of fraction.
  ///
  /// - Source: IEEE 754-2019, binary16.
  package init(half bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 31)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      // 2⁻²⁴ a step, exactly.
      let size = Float(fraction) * 0x1p-24
      self = sign == 0 ? size : -size
    case 31: self.init(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
