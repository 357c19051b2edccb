import Testing

@testable import LanguageModel

/// GPT-2's way to write bytes as characters.
@Suite struct ByteAlphabetTests {
  /// From GPT-2's published vocabulary: Ġ begins words, Ċ is the line break, ĉ the tab.
  @Test(arguments: [
    ("Ġthe", " the"), ("Ċ", "\n"), ("ĉ", "\t"), ("Ã©", "é"), ("ł", "\u{a0}"), ("!~", "!~"),
  ])
  func charactersStandForBytes(written: String, text: String) {
    var bytes: [UInt8] = []
    let isWritten = Array(written.utf8).withUnsafeBytes {
      ByteAlphabet().decode($0, into: &bytes)
    }
    // U+00A0 is the byte a0 after c2; the alphabet writes the byte alone.
    #expect(isWritten)
    #expect(bytes == (text == "\u{a0}" ? [0xa0] : Array(text.utf8)))
  }

  @Test func everyByteHasExactlyOneCharacter() {
    let alphabet = ByteAlphabet()
    let bytes = (0..<0x150).compactMap { Unicode.Scalar($0).flatMap(alphabet.byte) }
    #expect(bytes.sorted() == Array(UInt8.min...UInt8.max))
  }

  @Test(arguments: [" ", "\u{ad}", "ń", "日", "\n"])
  func otherCharactersAreRefused(written: String) {
    var bytes: [UInt8] = []
    let isWritten = Array(written.utf8).withUnsafeBytes {
      ByteAlphabet().decode($0, into: &bytes)
    }
    #expect(!isWritten)
  }
}
