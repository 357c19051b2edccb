import LanguageModel
import Testing

/// The size of a model, against figures that others publish.
@Suite struct TransformerShapeTests {
  /// 0.80 million with 64 places of 128 and 65 symbols: what PyTorch counts for the same configuration
  /// (4 · (4 · 128² + 8 · 128² + 2 · 128) + 65 · 128 + 64 · 128 + 128 = 804,096).
  @Test func aSmallModelHasAsManyNumbersAsTheSumByHand() {
    let shape = TransformerShape(
      layers: 4, heads: 4, keyValueHeads: 4, width: 128, headWidth: 32, feedForwardWidth: 512,
      context: 64, symbols: 65, positions: .learned, feedForward: .gelu, normEpsilon: 1e-5,
      tiesHead: true)
    #expect(shape.parameters == 804_096)
  }

  /// SmolLM2-135M: 134,515,008 numbers, as its published weights count them.
  @Test func smolLM2HasAsManyNumbersAsItsCardSays() {
    let shape = TransformerShape(
      layers: 30, heads: 9, keyValueHeads: 3, width: 576, headWidth: 64, feedForwardWidth: 1_536,
      context: 8_192, symbols: 49_152, positions: .rotary(base: 100_000), feedForward: .swiGLU,
      normEpsilon: 1e-5, tiesHead: true)
    #expect(shape.parameters == 134_515_008)
    #expect(shape.keyValueBytes(perNumber: 4) == 2 * 30 * 3 * 64 * 4)
  }
}
