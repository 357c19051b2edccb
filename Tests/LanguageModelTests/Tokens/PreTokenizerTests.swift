import Testing

@testable import LanguageModel

/// How text is cut into pieces.
///
/// Expected pieces: those of Python's `regex` module with the same patterns, in turn.
@Suite struct PreTokenizerTests {
  private func pieces(_ text: String, _ rule: PreTokenizer) -> [String] {
    let bytes = Array(text.utf8)
    return ranges(text, rule).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  private func ranges(_ text: String, _ rule: PreTokenizer) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      rule.forPieces(of: bytes, {}) { ranges.append($0) }
    }
    return ranges
  }

  @Test(arguments: [
    ("Hello world", ["Hello", " world"]),
    ("I'll, we've", ["I", "'ll", ",", " we", "'ve"]),
    ("it's 'so", ["it", "'s", " '", "so"]),
    ("a  b", ["a", " ", " b"]),
    ("a \n\n b", ["a", " \n\n", " b"]),
    ("a\n\nb", ["a", "\n", "\n", "b"]),
    ("a   ", ["a", "   "]),
    ("\tb", ["\t", "b"]),
    ("x1234 5", ["x", "1234", " 5"]),
    ("?!... ok", ["?!...", " ok"]),
    ("'quote'", ["'", "quote", "'"]),
    ("'t", ["'t"]),
    ("'", ["'"]),
    ("", []),
  ])
  func gpt2CutsBeforeWordsNumbersAndSigns(text: String, expected: [String]) {
    #expect(pieces(text, .gpt2) == expected)
  }

  /// Ä and é are letters, ½ and ² numbers, U+00A0 and U+3000 spaces, € and a combining accent signs.
  @Test(arguments: [
    ("Äé½²", ["Äé", "½²"]),
    ("a\u{a0}b", ["a", "\u{a0}", "b"]),
    ("日本\u{3000}語", ["日本", "\u{3000}", "語"]),
    ("e\u{301}x", ["e", "\u{301}", "x"]),
    ("5€ 😀😀", ["5", "€", " 😀😀"]),
  ])
  func lettersNumbersAndSpacesAreUnicodes(text: String, expected: [String]) {
    #expect(pieces(text, .gpt2) == expected)
  }

  /// The space before a digit ends its stretch, so it stands alone.
  @Test(arguments: [
    ("In 1969, 3", ["In", " ", "1", "9", "6", "9", ",", " ", "3"]),
    ("  12ab", ["  ", "1", "2", "ab"]),
    ("x²½", ["x", "²", "½"]),
    ("a  b", ["a", " ", " b"]),
  ])
  func smollmCutsEachDigitOff(text: String, expected: [String]) {
    #expect(pieces(text, .smollm) == expected)
  }

  @Test(arguments: PreTokenizer.allCases)
  func piecesCoverTheTextWithoutGaps(rule: PreTokenizer) {
    let text = "We've 12 ½ \u{2003}\n\nÉté—l'eau's 日本語 😀 'LL 'll\r\n\t\t end  "
    var end = 0
    for piece in ranges(text, rule) {
      #expect(piece.lowerBound == end && !piece.isEmpty)
      end = piece.upperBound
    }
    #expect(end == text.utf8.count)
  }
}
