import LanguageModel

/// What is to be trained, on what: the tokenizer is made from the text, the shape from the arguments.
struct TrainingPlan {
  /// Conversations of the shop, or a text that somebody brought.
  enum Corpus: Hashable, Sendable {
    case shop
    case text(String)
  }

  var layers: Int
  var heads: Int
  var width: Int
  var context: Int
  var sequences: Int
  var symbols: Int
  var steps: Int
  var rate: Double
  var dropout: Double
  var seed: UInt64
  var corpus: Corpus

  /// `Chosen:` so many conversations that a short training never sees one twice, and that they are written in
  /// well under a second.
  static let conversations = 8_000
  /// `Chosen:` a twentieth of the text is held out.
  static let validationShare = 0.05

  /// The parts of the text: conversations, or one text.
  func parts() -> [String] {
    switch corpus {
    case .shop:
      ShopConversations(seed: seed).training(TrainingPlan.conversations).map(ChatFormat.text)
    case .text(let text): [text]
    }
  }

  /// The tokenizer, made from the text.
  func tokenizer(of parts: [String]) throws(TokenizerFault) -> Tokenizer {
    try BytePairTraining.tokenizer(
      of: parts.joined(), symbols: symbols, controls: ChatFormat.controls)
  }

  /// The run.
  func configuration(symbols: Int) -> TrainingConfiguration {
    let shape = TransformerShape(
      layers: layers, heads: heads, keyValueHeads: heads, width: width, headWidth: width / heads,
      feedForwardWidth: 8 * ((width * 8 / 3 + 7) / 8), context: context, symbols: symbols,
      positions: .rotary(base: 10_000), feedForward: .swiGLU, normEpsilon: 1e-5, tiesHead: true)
    var configuration = TrainingConfiguration(
      shape: shape, sequences: sequences,
      schedule: LearningRateSchedule(
        peak: rate, floor: rate / 10, warmUp: min(100, max(1, steps / 10)), steps: steps),
      seed: seed)
    configuration.dropout = dropout
    return configuration
  }
}
