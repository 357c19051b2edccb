import LanguageModel

/// What is to be trained, on what: the tokenizer is made from the text, the shape from the arguments.
struct TrainingPlan {
  /// Conversations of the shop, or a text that somebody brought.
  enum Corpus: Hashable, Sendable {
    case shop(conversations: Int)
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

  /// `Chosen:` a twentieth of a text is held out.
  private static let validationShare = 0.05

  /// The tokenizer and the text, made from the corpus.
  func source() throws -> Source {
    switch corpus {
    case .shop(let conversations):
      let corpus = try ShopCorpus(
        seed: seed, conversations: conversations, symbols: symbols, context: context)
      return Source(tokenizer: corpus.tokenizer, text: corpus.text, shop: corpus)
    case .text(let text):
      let tokenizer = try BytePairTraining.tokenizer(
        of: text, symbols: symbols, controls: ChatFormat.controls)
      return Source(
        tokenizer: tokenizer,
        text: try TrainingText(
          tokens: try tokenizer.encode(text), validationShare: TrainingPlan.validationShare,
          context: context))
    }
  }

  /// What a training learns from.
  struct Source {
    var tokenizer: Tokenizer
    var text: TrainingText
    /// The shop's conversations; nil for another text.
    var shop: ShopCorpus?
  }

  /// The run.
  func configuration(symbols: Int) -> TrainingConfiguration {
    var configuration = ShopCorpus.configuration(symbols: symbols, steps: steps, seed: seed)
    configuration.shape = TransformerShape(
      layers: layers, heads: heads, keyValueHeads: heads, width: width, headWidth: width / heads,
      feedForwardWidth: TrainingPlan.feedForwardWidth(width), context: context, symbols: symbols,
      positions: configuration.shape.positions, feedForward: configuration.shape.feedForward,
      normEpsilon: configuration.shape.normEpsilon, tiesHead: true)
    configuration.sequences = sequences
    configuration.schedule.peak = rate
    configuration.schedule.floor = rate / 10
    configuration.dropout = dropout
    return configuration
  }

  /// `Chosen:` 21/8 of the width, in steps of eight: three matrices of it take about as many numbers as two of
  /// four times the width.
  private static func feedForwardWidth(_ width: Int) -> Int { max(8, width * 21 / 64 * 8) }
}
