import LanguageModel
import Testing

/// Tokenizers made from a text.
@Suite struct BytePairTrainingTests {
  private func symbol(_ tokenizer: Tokenizer, _ number: Int) -> String {
    String(decoding: tokenizer.symbols[number], as: UTF8.self)
  }

  /// Low ×5, lower ×2, newest ×6, widest ×3: the paper merges e s (9), es t (9), l o (7), lo w (7).
  ///
  /// Then it goes on among pairs of 6, of which ours takes the one with the lower number on the
  /// left, e w before n e, so new and newest follow. The paper's mark at the end of a word does not
  /// exist here.
  /// - Source: Sennrich, Haddow and Birch, 2016, algorithm 1.
  @Test func theExampleOfThePaperMergesAsPrinted() throws {
    let words = [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)]
    let text = words.flatMap { Array(repeating: $0.0, count: $0.1) }.joined(separator: "\n")
    let tokenizer = try BytePairTraining.tokenizer(of: text, symbols: 256 + 7, controls: [])
    #expect(
      (256..<263).map { symbol(tokenizer, $0) } == [
        "es", "est", "lo", "low", "ew", "new", "newest",
      ])
  }

  /// "ab" twice and "cd" twice: of equals the lower number goes first.
  @Test func equalsMergeInTheOrderOfTheirNumbers() throws {
    let tokenizer = try BytePairTraining.tokenizer(
      of: "cd\nab\ncd\nab", symbols: 300, controls: [])
    #expect(tokenizer.symbols.count == 258)
    #expect([symbol(tokenizer, 256), symbol(tokenizer, 257)] == ["ab", "cd"])
  }

  /// A run of the same letter has overlapping pairs, of which a merge takes every other one.
  @Test func overlappingPairsMergeFromTheLeft() throws {
    let tokenizer = try BytePairTraining.tokenizer(of: "aaaaa\naaaaa", symbols: 257, controls: [])
    #expect(try tokenizer.encode("aaaaa") == [256, 256, 97])
  }

  @Test func controlsComeFirstAndAreCutOut() throws {
    let text = "<|a|>yes<|b|>\n<|a|>yes<|b|>\n"
    let tokenizer = try BytePairTraining.tokenizer(
      of: text, symbols: 400, controls: ["<|a|>", "<|b|>"])
    #expect(tokenizer.control("<|a|>") == 0)
    #expect(tokenizer.control("<|b|>") == 1)
    let yes = Int32(tokenizer.symbols.count - 1)
    let lineBreak = Int32(2 + 10)
    #expect(
      try tokenizer.encode(text, recognizingControls: true)
        == [0, yes, 1, lineBreak, 0, yes, 1, lineBreak])
  }

  @Test func anyTextComesBack() throws {
    let tokenizer = try BytePairTraining.tokenizer(
      of: "the quilt, the quilts and the quilter", symbols: 280, controls: [])
    let text = "The quilt costs 90 €, naïve? 🧵\n\tyes"
    #expect(tokenizer.decode(try tokenizer.encode(text)) == text)
  }

  @Test func charactersHaveOneSymbolEach() throws {
    let text = "aé🧵é\nb"
    let tokenizer = try BytePairTraining.characters(of: text, controls: ["<|x|>"])
    let tokens = try tokenizer.encode(text)
    #expect(tokens.count == 6)
    #expect(tokens[1] == tokens[3])
    #expect(tokenizer.decode(tokens) == text)
    #expect(throws: TokenizerFault.noSymbol(byte: 99)) { try tokenizer.encode("c") }
  }
}
