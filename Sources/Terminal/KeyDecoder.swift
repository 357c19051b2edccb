/// Turns the bytes of a terminal into characters: UTF-8, with U+FFFD for what is none.
struct KeyDecoder {
  private var pending: [UInt8] = []
  private var missing = 0

  /// The scalars that a byte completes: none within a sequence, two where it also breaks one off.
  mutating func feed(_ byte: UInt8) -> [Unicode.Scalar] {
    if missing > 0 {
      guard byte & 0xC0 == 0x80 else {
        pending = []
        missing = 0
        return ["\u{FFFD}"] + feed(byte)
      }
      pending.append(byte)
      missing -= 1
      guard missing == 0 else { return [] }
      let scalars = Array(String(decoding: pending, as: UTF8.self).unicodeScalars)
      pending = []
      return scalars.count == 1 ? scalars : ["\u{FFFD}"]
    }
    switch byte {
    case 0..<0x80: return [Unicode.Scalar(byte)]
    case 0xC2..<0xE0: missing = 1
    case 0xE0..<0xF0: missing = 2
    case 0xF0..<0xF5: missing = 3
    default: return ["\u{FFFD}"]
    }
    pending = [byte]
    return []
  }
}
