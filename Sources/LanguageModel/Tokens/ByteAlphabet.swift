/// GPT-2's alphabet, in which a vocabulary writes bytes as characters that can be seen.
///
/// Bytes that are printable in Latin-1 (! to ~, ¡ to ¬, ® to ÿ) stand for themselves; the other 68
/// become the characters from U+0100 on, in order. So a space is Ġ and a line break is Ċ.
/// - Source: Radford et al., GPT-2's `encoder.py` (`bytes_to_unicode`), 2019.
struct ByteAlphabet {
  /// The byte of each character below U+0144, −1 where there is none.
  private var bytes = Array(repeating: Int16(-1), count: 0x144)

  init() {
    var others: UInt32 = 0x100
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7e, 0xa1...0xac, 0xae...0xff: bytes[Int(byte)] = Int16(byte)
      default:
        bytes[Int(others)] = Int16(byte)
        others += 1
      }
    }
  }

  /// The byte that a character writes.
  func byte(_ character: Unicode.Scalar) -> UInt8? {
    guard character.value < 0x144, case let byte = bytes[Int(character.value)], byte >= 0 else {
      return nil
    }
    return UInt8(byte)
  }

  /// The bytes that a text in UTF-8 writes, added to a list; false at a character outside of the
  /// alphabet or bytes that are no UTF-8.
  func decode(_ text: UnsafeRawBufferPointer, into list: inout [UInt8]) -> Bool {
    var at = 0
    while at < text.count {
      // Every character of the alphabet takes one or two bytes.
      let first = text[at]
      at += 1
      var value = UInt32(first)
      if first >= 0x80 {
        guard first & 0xe0 == 0xc0, at < text.count, text[at] & 0xc0 == 0x80 else { return false }
        value = UInt32(first & 0x1f) << 6 | UInt32(text[at] & 0x3f)
        at += 1
      }
      guard let character = Unicode.Scalar(value), let byte = byte(character) else { return false }
      list.append(byte)
    }
    return true
  }
}
