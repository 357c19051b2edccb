import Testing

@testable import LanguageModel

/// Several texts side by side.
@Suite struct BatchMeasurementTests {
  private func say(_ sequences: Int, in engine: TransformerEngine) throws -> (
    measurement: BatchMeasurement, texts: [[Int32]]
  ) {
    var ticks = 0.0
    return try engine.generate(
      [7, 8, 9], sequences: sequences, tokens: 6,
      clock: {
        ticks += 1
        return ticks
      }
    ) { Sampler(temperature: 1, seed: UInt64($0)) }
  }

  @Test func eachTextIsTheOneThatItWouldBeAlone() throws {
    let engine = try InferenceModels.model().engine
    let together = try say(3, in: engine).texts
    for (number, text) in together.enumerated() {
      var sampler = Sampler(temperature: 1, seed: UInt64(number))
      let alone = try engine.generate(
        [7, 8, 9], cache: engine.makeCache(), sampler: &sampler, limit: 6, stops: [], clock: { 0 })
      #expect(text == alone.tokens)
    }
    #expect(Set(together).count > 1)
  }

  // Three texts of five passes each. Weights are read five times, keys and values by each text.
  @Test func weightsAreReadOnceForAllTexts() throws {
    let engine = try InferenceModels.model().engine
    let (one, three) = (try say(1, in: engine).measurement, try say(3, in: engine).measurement)
    #expect(one.decode.tokens == 5 && three.decode.tokens == 15)
    #expect(three.decode.operations == 3 * one.decode.operations)
    let weights = Double(5 * engine.matrices.bytesPerToken)
    #expect(three.decode.bytes - weights == 3 * (one.decode.bytes - weights))
    #expect(one.tokensPerSecond == 5 && three.tokensPerSecond == 15)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let engine = try InferenceModels.model().engine
    #expect(throws: TransformerEngine.Fault.contextFull(tokens: 130, limit: 128)) {
      try engine.generate(
        [1], sequences: 2, tokens: 129, clock: { 0 }, makeSampler: { _ in Sampler() })
    }
  }
}
