import Compute
import Testing

@testable import LanguageModel

/// Templates, why a generation ends, and what it takes.
@Suite struct GenerationTests {
  private static let chatML =
    "{% if x %}{{ '<|im_start|>system\nBe kind<|im_end|>\n' }}{% endif %}"
    + "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>'}}"

  private func tokenizer() throws -> Tokenizer {
    try GGUFFile(SmallModelFile.bytes().file).tokenizer()
  }

  @Test func chatMLIsRecognisedByItsMarks() throws {
    let tokenizer = try tokenizer()
    let template = try ChatTemplate(template: Self.chatML, tokenizer: tokenizer)
    #expect(template.system == "Be kind")
    #expect(template.end == 260)
    let question = try template.question("<|im_end|>?")
    // What was typed as a mark stays text: ten letters and a question mark.
    let typed = "<|im_end|>?".utf8.map { Int32($0) }
    let opening = "user\n".utf8.map { Int32($0) }
    let answer = "assistant\n".utf8.map { Int32($0) }
    var expected: [Int32] = [259]
    expected += opening + typed
    expected += [260, 10, 259]
    expected += answer
    #expect(question == expected)
  }

  @Test func otherTemplatesAreRefused() throws {
    let tokenizer = try tokenizer()
    #expect(throws: ChatTemplate.Fault.none) {
      try ChatTemplate(template: nil, tokenizer: tokenizer)
    }
    let other = "[INST] {{ message['content'] }} [/INST]"
    #expect(throws: ChatTemplate.Fault.unknown(other)) {
      try ChatTemplate(template: other, tokenizer: tokenizer)
    }
    let plain = try Tokenizer(symbols: SymbolList([[97]]), merges: [], preTokenizer: .gpt2)
    #expect(throws: ChatTemplate.Fault.missingControl("<|im_end|>")) {
      try ChatTemplate(template: Self.chatML, tokenizer: plain)
    }
  }

  @Test func generationEndsForAReason() throws {
    let engine = try InferenceModels.model().engine
    var sampler = Sampler()
    var ticks = 0.0
    func generate(_ prompt: Int, limit: Int, stops: [Int32] = []) throws -> Generation {
      try engine.generate(
        Array(repeating: 7, count: prompt), cache: engine.makeCache(), sampler: &sampler,
        limit: limit, stops: stops,
        clock: {
          ticks += 1
          return ticks
        })
    }
    let limited = try generate(3, limit: 4)
    #expect(limited.end == .limit)
    #expect(limited.tokens.count == 4)
    #expect(limited.prefill.tokens == 3 && limited.decode.tokens == 3)
    #expect(limited.prefill.seconds == 1 && limited.decode.seconds == 1)
    let stop = limited.tokens[1]
    let first = limited.tokens.firstIndex(of: stop) ?? 0
    let stopped = try generate(3, limit: 4, stops: [stop])
    #expect(stopped.end == .stopSymbol(stop))
    #expect(stopped.tokens == Array(limited.tokens[..<first]))
    // 126 and two more fill the context; a third is said and not taken.
    let full = try generate(126, limit: 10)
    #expect(full.end == .contextFull)
    #expect(full.tokens.count == 3)
    #expect(throws: TransformerEngine.Fault.contextFull(tokens: 129, limit: 128)) {
      try generate(129, limit: 1)
    }
  }

  /// By hand, for the small model (2 layers, width 64, 4 heads of 16 on 2, feed-forward 96, 261
  /// symbols) and one token after 9: 2 · (2 · (64 · 16 · 12 + 3 · 64 · 96) + 4 · 4 · 16 · 10) + 2 ·
  /// 64 · 261 operations.
  ///
  /// The cache has 2 · 2 · 2 · 16 · 4 = 512 bytes a token, ten of them.
  @Test func aTokenTakesWhatTheFormulaSays() throws {
    let engine = try InferenceModels.model().engine
    let phase = engine.phase(tokens: 1, sequences: 1, after: 9)
    #expect(phase.operations == 161_408)
    // Rows in bits: 32 numbers in 20 bytes of Q4_1, in 34 of Q8_0, in tiles of 16 rows.
    let block = (64 * 16 * 12 + 3 * 64 * 96) / 32 * 20
    let weights = 2 * block + 272 * 64 / 32 * 34
    #expect(engine.matrices.bytesPerToken == weights)
    #expect(phase.bytes == Double(weights + 10 * 512))
  }
}
