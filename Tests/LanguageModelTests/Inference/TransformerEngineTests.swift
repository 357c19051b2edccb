import Compute
import Testing

@testable import LanguageModel

/// The engine against the formulas, and against itself by other ways.
@Suite struct TransformerEngineTests {
  @Test(arguments: [InferenceModels.llama, InferenceModels.learned])
  func floatsGiveTheLogitsOfTheFormulas(shape: TransformerShape) throws {
    let weights = InferenceModels.weights(shape)
    let tokens = InferenceModels.tokens(21, below: shape.symbols)
    let expected = PlainTransformer(weights).logits(tokens)
    let engine = try InferenceModels.engine(weights)
    let cache = engine.makeCache()
    let first = try engine.prefill(Array(tokens[..<18]), cache: cache)
    #expect(InferenceModels.distance(first, from: expected[17]) < 1e-5)
    for place in 18..<21 {
      let logits = try engine.decode([tokens[place]], caches: [cache])[0]
      #expect(InferenceModels.distance(logits, from: expected[place]) < 1e-5)
    }
    #expect(cache.count == 21)
  }

  /// Vectors are rounded to 16 bits: by 2⁻¹⁶ of a block's largest number, some layers in a row.
  @Test(arguments: [
    (TensorType.q4_0, TensorType.q8_0), (.q4_1, .q8_0), (.q8_0, .q4_1), (.f16, .q4_0),
    (.bf16, .f32),
  ])
  func quantizedWeightsGiveTheLogitsOfTheirNumbers(
    matrices: TensorType, embedding: TensorType
  ) throws {
    let file = try GGUFFile(SmallModelFile.bytes(matrices: matrices, embedding: embedding).file)
    let tokens = InferenceModels.tokens(12, below: 261)
    let expected = PlainTransformer(try InferenceModels.weights(file)).logits(tokens)
    let engine = try LoadedModel(file, context: 50, pool: WorkerPool(threads: 1)).engine
    let logits = try engine.prefill(tokens, cache: engine.makeCache())
    #expect(InferenceModels.distance(logits, from: expected[11]) < 3e-4)
  }

  @Test func aTextInPiecesGivesTheSameBitsAsAtOnce() throws {
    for shape in [InferenceModels.llama, InferenceModels.learned] {
      let engine = try InferenceModels.engine(InferenceModels.weights(shape))
      // More than are taken in one pass, as far as the context goes.
      let tokens = InferenceModels.tokens(shape.context, below: shape.symbols)
      let atOnce = try engine.prefill(tokens, cache: engine.makeCache())
      let cache = engine.makeCache()
      _ = try engine.prefill(Array(tokens[..<17]), cache: cache)
      _ = try engine.prefill(Array(tokens[17..<(tokens.count - 3)]), cache: cache)
      for token in tokens[(tokens.count - 3)..<(tokens.count - 1)] {
        _ = try engine.decode([token], caches: [cache])
      }
      let inPieces = try engine.decode([tokens[tokens.count - 1]], caches: [cache])[0]
      #expect(inPieces == atOnce)
    }
  }

  @Test func quantizedTextInPiecesGivesTheSameBitsAsAtOnce() throws {
    let engine = try InferenceModels.model().engine
    let tokens = InferenceModels.tokens(40, below: 261)
    let atOnce = try engine.prefill(tokens, cache: engine.makeCache())
    let cache = engine.makeCache()
    _ = try engine.prefill(Array(tokens[..<3]), cache: cache)
    let inPieces = try tokens[3...].map { try engine.decode([$0], caches: [cache])[0] }
    #expect(inPieces.last == atOnce)
  }

  @Test func fourSequencesAtOnceGiveTheSameBitsAsEachAlone() throws {
    let engine = try InferenceModels.model().engine
    let texts = (0..<4).map { InferenceModels.tokens(5 + 3 * $0, below: 200 + $0) }
    func caches() throws -> [KeyValueCache] {
      try texts.map { text in
        let cache = engine.makeCache()
        _ = try engine.prefill(text, cache: cache)
        return cache
      }
    }
    let (together, alone) = (try caches(), try caches())
    for step in 0..<3 {
      let tokens = (0..<4).map { Int32(10 * step + $0) }
      let batch = try engine.decode(tokens, caches: together)
      let single = try (0..<4).map { try engine.decode([tokens[$0]], caches: [alone[$0]])[0] }
      #expect(batch == single)
    }
  }

  @Test func theNumberOfThreadsDoesNotMatter() throws {
    let tokens = InferenceModels.tokens(100, below: 261)
    let results = try [1, 2, 3].map { threads in
      let engine = try InferenceModels.model(threads: threads).engine
      let cache = engine.makeCache()
      let logits = try engine.prefill(tokens, cache: cache)
      return try logits + engine.decode([5], caches: [cache])[0]
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test func aFullContextIsAFault() throws {
    let engine = try InferenceModels.model().engine
    #expect(engine.context == 128)
    let cache = engine.makeCache()
    #expect(throws: TransformerEngine.Fault.contextFull(tokens: 129, limit: 128)) {
      try engine.prefill(Array(repeating: 1, count: 129), cache: cache)
    }
    _ = try engine.prefill(Array(repeating: 1, count: 128), cache: cache)
    #expect(throws: TransformerEngine.Fault.contextFull(tokens: 129, limit: 128)) {
      try engine.decode([1], caches: [cache])
    }
    cache.truncate(to: 127)
    _ = try engine.decode([1], caches: [cache])
  }

  @Test func anUnknownSymbolIsAFault() throws {
    let engine = try InferenceModels.model().engine
    for symbol: Int32 in [-1, 261] {
      #expect(throws: TransformerEngine.Fault.symbol(symbol)) {
        try engine.prefill([1, symbol], cache: engine.makeCache())
      }
    }
  }

  private struct Stop: Error {}

  /// Whenever the work is stopped, what was there before stays as it was.
  @Test func aStoppedPassLeavesTheCacheAsItWas() throws {
    let engine = try InferenceModels.model().engine
    let cache = engine.makeCache()
    _ = try engine.prefill([1, 2, 3], cache: cache)
    var checkpoints = 0
    _ = try engine.prefill([4, 5], cache: cache) { checkpoints += 1 }
    cache.truncate(to: 3)
    // Four in each of two layers at least: none of them is far from the next.
    #expect(checkpoints >= 8)
    for stop in 1...checkpoints {
      var count = 0
      #expect(throws: Stop.self) {
        try engine.prefill([4, 5], cache: cache) {
          count += 1
          if count == stop { throw Stop() }
        }
      }
      #expect(cache.count == 3)
    }
    let fresh = engine.makeCache()
    _ = try engine.prefill([1, 2, 3], cache: fresh)
    #expect(try engine.prefill([4, 5], cache: cache) == engine.prefill([4, 5], cache: fresh))
  }

  @Test func missingAndWrongTensorsAreNamed() throws {
    let shape = InferenceModels.learned
    let pool = WorkerPool(threads: 1)
    let bytes = [UInt8](repeating: 0, count: 100)
    bytes.withUnsafeBytes { bytes in
      #expect(throws: MatrixFault.missing("token_embd.weight")) {
        try TransformerMatrices(shape: shape, pool: pool) { _ in nil }
      }
      #expect(
        throws: MatrixFault.bytes(tensor: "token_embd.weight", expected: 4_800, found: 100)
      ) {
        try TransformerMatrices(shape: shape, pool: pool) { _ in .init(type: .f32, bytes: bytes) }
      }
      #expect(
        throws: MatrixFault.unevenRow(tensor: "token_embd.weight", length: 24, block: 32)
      ) {
        try TransformerMatrices(shape: shape, pool: pool) { _ in .init(type: .q8_0, bytes: bytes) }
      }
    }
  }
}
