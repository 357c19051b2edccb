/// A hash of simulated state: of the canonical bytes of everything that the value encodes.
///
/// The encoding is the one that the compiler derives, so that no stored property can be forgotten.
/// Keys are sorted, numbers are little-endian words, counts come before elements, −0 counts as 0.
package struct StateHash: Hashable, Sendable, CustomStringConvertible {
  /// The 128 bits.
  package let high: UInt64
  /// The lower half.
  package let low: UInt64

  /// The hash of a value.
  package init(of value: some Encodable) {
    self.init(ofBytes: CanonicalEncoder.bytes(of: value))
  }

  /// The hash of bytes.
  package init(ofBytes bytes: [UInt8]) {
    high = StateHash.hash(bytes, seed: 0x243f_6a88_85a3_08d3)
    low = StateHash.hash(bytes, seed: 0x1319_8a2e_0370_7344)
  }

  /// 32 hexadecimal digits.
  package var description: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Folds eight bytes at a time, in four lanes that do not wait for each other.
  ///
  /// It tells states apart; it does not protect against somebody who wants two to look alike.
  /// - Source: the rounds and constants of xxHash64 (Yann Collet, 2014), seeds from the digits of π.
  private static func hash(_ bytes: [UInt8], seed: UInt64) -> UInt64 {
    let (first, second): (UInt64, UInt64) = (0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f)
    var lanes = SIMD4<UInt64>(seed, seed ^ first, seed ^ second, ~seed)
    bytes.withUnsafeBytes { raw in
      var offset = 0
      while offset + 32 <= raw.count {
        let words = raw.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
        lanes = rotated(lanes &+ words &* second, by: 31) &* first
        offset += 32
      }
      var tail = SIMD4<UInt64>(repeating: UInt64(raw.count))
      for index in offset..<raw.count {
        let lane = (index - offset) / 8
        tail[lane] = tail[lane] << 8 ^ UInt64(raw[index])
      }
      lanes = rotated(lanes ^ tail &* second, by: 29) &* first
    }
    var hash = lanes[0]
    for lane in 1..<4 { hash = (hash ^ lanes[lane]) &* first &+ second }
    hash = (hash ^ hash >> 33) &* second
    hash = (hash ^ hash >> 29) &* 0x1656_67b1_9e37_79f9
    return hash ^ hash >> 32
  }

  private static func rotated(_ words: SIMD4<UInt64>, by count: UInt64) -> SIMD4<UInt64> {
    words &<< SIMD4(repeating: count) | words &>> SIMD4(repeating: 64 - count)
  }
}
