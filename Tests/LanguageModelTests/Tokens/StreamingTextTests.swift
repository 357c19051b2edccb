import Testing

@testable import LanguageModel

/// Characters arrive whole, however their bytes are cut.
@Suite struct StreamingTextTests {
  @Test func aCharacterWaitsForItsLastByte() {
    var stream = StreamingText()
    let bytes = Array("é€😀".utf8)
    var texts: [String] = []
    for byte in bytes { texts.append(stream.append([byte])) }
    #expect(texts == ["", "é", "", "", "€", "", "", "", "😀"])
    #expect(stream.finish() == "")
  }

  /// Law: portions together are the repaired whole.
  ///
  /// The bytes include lone continuations, cut
  /// characters, overlong and surrogate forms.
  @Test func portionsTogetherAreTheWhole() {
    let bytes: [UInt8] = [
      0x61, 0x80, 0xc3, 0x61, 0xe2, 0x82, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x61, 0xf0, 0x9f,
      0x98, 0x80, 0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xe0, 0x80, 0x80, 0xf4, 0x90, 0x80, 0x80,
      0xf0,
    ]
    for size in 1...bytes.count {
      var stream = StreamingText()
      var text = ""
      for start in stride(from: 0, to: bytes.count, by: size) {
        text += stream.append(bytes[start..<min(start + size, bytes.count)])
      }
      text += stream.finish()
      #expect(text == String(decoding: bytes, as: UTF8.self))
    }
  }
}
