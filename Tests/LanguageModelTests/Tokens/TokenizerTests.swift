import Testing

@testable import LanguageModel

/// Encoding by merges, on vocabularies small enough to merge by hand.
@Suite struct TokenizerTests {
  /// The 256 bytes, then what merges make: 256 "ab", 257 "abc", 258 "bc", 259 "aa", 260 "aaaa"; two
  /// controls and a word of the user's.
  private func tokenizer() throws -> Tokenizer {
    var symbols = SymbolList((0..<256).map { [UInt8($0)] })
    for text in ["ab", "abc", "bc", "aa", "aaaa"] { symbols.append(text.utf8, kind: .normal) }
    symbols.append("<end>".utf8, kind: .control)
    symbols.append("<e".utf8, kind: .control)
    symbols.append("quilt".utf8, kind: .userDefined)
    let a = Int32(UInt8(ascii: "a"))
    let b = Int32(UInt8(ascii: "b"))
    let c = Int32(UInt8(ascii: "c"))
    return try Tokenizer(
      symbols: symbols,
      merges: [
        SymbolMerge(left: b, right: c, result: 258), SymbolMerge(left: a, right: b, result: 256),
        SymbolMerge(left: 256, right: c, result: 257), SymbolMerge(left: a, right: a, result: 259),
        SymbolMerge(left: 259, right: 259, result: 260),
      ], preTokenizer: .gpt2)
  }

  /// "abc": b c has the lower rank, so a b never gets its b.
  @Test(arguments: [
    ("abc", [97, 258]), ("ab", [256]), ("aab", [97, 256]), ("aaa", [259, 97]),
    ("aaaaa", [260, 97]), ("abab", [256, 256]), ("ab c", [256, 32, 99]), ("", []),
  ])
  func theLowestRankGoesFirstAndTheLeftmostOfEquals(text: String, expected: [Int32]) throws {
    #expect(try tokenizer().encode(text) == expected)
  }

  @Test func decodingGivesTheTextBack() throws {
    let text = "abcaaaa — Größe 日本 😀\n\n ab"
    #expect(try tokenizer().decode(tokenizer().encode(text)) == text)
  }

  @Test func controlsInTextAreTextUnlessAskedFor() throws {
    let tokenizer = try tokenizer()
    let plain = try tokenizer.encode("ab<end>")
    #expect(plain == [256] + "<end>".utf8.map(Int32.init))
    #expect(tokenizer.decode(plain) == "ab<end>")
    // The longest of <end> and <e wins.
    #expect(try tokenizer.encode("ab<end>ab<e", recognizingControls: true) == [256, 261, 256, 262])
    #expect(tokenizer.decode([256, 261, 256]) == "abab")
    #expect(tokenizer.control("<end>") == 261)
    #expect(tokenizer.control("quilt") == nil)
  }

  @Test func wordsOfTheUserAreFoundInAnyText() throws {
    #expect(try tokenizer().encode("aquiltb") == [97, 263, 98])
  }

  /// Each piece of n letters against the definition: look for the lowest rank again and again.
  @Test func mergingByHeapIsMergingBySearch() throws {
    let tokenizer = try tokenizer()
    var state: UInt64 = 1
    for length in 0..<60 {
      let letters = (0..<length).map { _ -> Int32 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return 97 + Int32(state >> 62) % 3
      }
      var expected = letters
      while let merge = tokenizer.merges.first(where: { merge in
        zip(expected, expected.dropFirst()).contains { $0 == merge.left && $1 == merge.right }
      }) {
        let place = zip(expected, expected.dropFirst()).enumerated().first {
          $0.element.0 == merge.left && $0.element.1 == merge.right
        }
        let offset = try #require(place).offset
        expected.replaceSubrange(offset...(offset + 1), with: [merge.result])
      }
      let text = String(decoding: letters.map { UInt8($0) }, as: UTF8.self)
      #expect(try tokenizer.encode(text) == expected)
    }
  }

  @Test func aByteWithoutSymbolIsNamed() throws {
    let tokenizer = try Tokenizer(
      symbols: SymbolList([[97]]), merges: [], preTokenizer: .gpt2)
    #expect(throws: TokenizerFault.noSymbol(byte: 98)) { try tokenizer.encode("ab") }
  }

  @Test func mergesThatDoNotFitTheirSymbolsAreRefused() {
    let symbols = SymbolList([[97], [98], [97, 98]])
    func made(_ merges: [SymbolMerge]) throws {
      _ = try Tokenizer(symbols: symbols, merges: merges, preTokenizer: .gpt2)
    }
    let good = SymbolMerge(left: 0, right: 1, result: 2)
    #expect(throws: TokenizerFault.mergeOutOfRange(rank: 1)) {
      try made([good, SymbolMerge(left: 0, right: 3, result: 2)])
    }
    #expect(throws: TokenizerFault.mergeOfOtherBytes(rank: 0)) {
      try made([SymbolMerge(left: 1, right: 0, result: 2)])
    }
    #expect(throws: TokenizerFault.repeatedMerge(rank: 1)) { try made([good, good]) }
  }

  @Test func aLongRunOfOneLetterMergesCompletely() throws {
    let tokens = try tokenizer().encode(String(repeating: "a", count: 40_000))
    #expect(tokens == Array(repeating: 260, count: 10_000))
  }
}
