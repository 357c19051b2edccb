/// Bytes with their length before them, and a hash that finds damage.
enum ByteFrame {
  /// Eight bytes of length, and the bytes.
  static func framed(_ bytes: [UInt8]) -> [UInt8] {
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian, Array.init) + bytes
  }

  /// The bytes in front and what follows them; nil if they are cut off.
  static func unframed(_ bytes: ArraySlice<UInt8>) -> (
    front: ArraySlice<UInt8>, rest: ArraySlice<UInt8>
  )? {
    guard bytes.count >= 8, let count = Int(exactly: word(bytes)), count <= bytes.count - 8 else {
      return nil
    }
    let rest = bytes.dropFirst(8)
    return (rest.prefix(count), rest.dropFirst(count))
  }

  /// The number that the first eight bytes are, the lowest first; missing bytes count as 0.
  static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// FNV-1a over words of 64 bits, which finds damage, not malice.
  static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    let (basis, prime): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x0000_0100_0000_01b3)
    let whole = bytes.count / 8
    let hash = bytes.withUnsafeBytes { bytes in
      (0..<whole).reduce(basis ^ UInt64(bytes.count)) { hash, index in
        (hash
          ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
          &* prime
      }
    }
    return (hash ^ word(bytes.dropFirst(8 * whole))) &* prime
  }
}
