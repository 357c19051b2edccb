/// Text that arrives as bytes in any portions and leaves as whole characters.
///
/// A symbol may end inside a character. Its first bytes wait here until the rest is there.
package struct StreamingText: Sendable {
  private var waiting: [UInt8] = []

  /// A stream without bytes.
  package init() {}

  /// Takes more bytes; returns the text that is complete with them.
  package mutating func append(_ bytes: some Sequence<UInt8>) -> String {
    waiting.append(contentsOf: bytes)
    let complete = waiting.count - incompleteTail
    let text = String(decoding: waiting[..<complete], as: UTF8.self)
    waiting.removeFirst(complete)
    return text
  }

  /// Ends the stream; returns U+FFFD for a character that never became complete.
  package mutating func finish() -> String {
    defer { waiting.removeAll() }
    return String(decoding: waiting, as: UTF8.self)
  }

  /// How many bytes at the end begin a character that needs more.
  private var incompleteTail: Int {
    for length in 1...3 where length <= waiting.count {
      let byte = waiting[waiting.count - length]
      let needed =
        switch byte {
        case 0xc2...0xdf: 2
        case 0xe0...0xef: 3
        case 0xf0...0xf4: 4
        default: 1
        }
      if needed > length { return length }
      if byte & 0xc0 != 0x80 { return 0 }
    }
    return 0
  }
}
