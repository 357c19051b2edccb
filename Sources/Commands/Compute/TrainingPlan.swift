import LanguageModel

/// What is to be trained, from where, on what.
struct TrainingPlan {
  /// Conversations of the shop after other texts, or a text that somebody brought.
  enum Corpus: Hashable, Sendable {
    case shop(conversations: Int, prose: [String])
    case text(String)
  }

  /// How a text becomes symbols.
  enum Tokens {
    /// By byte pairs, made of the text; how many is a matter of the shape.
    case pairs
    /// By its characters.
    case characters
    /// As a model has it that was trained before.
    case known(Tokenizer)
  }

  /// The run; its shape has as many symbols as are wanted.
  var configuration: TrainingConfiguration
  var tokens: Tokens
  var corpus: Corpus
  /// The share of the text that is held out.
  var validationShare: Double
  /// Where to go on from; nil to begin with random numbers.
  var checkpoint: TrainingCheckpoint?

  /// What a training learns from.
  struct Source {
    var tokenizer: Tokenizer
    var text: TrainingText
    /// The shop's conversations; nil for another text.
    var shop: ShopCorpus?
  }

  /// The tokenizer and the text, made from the corpus.
  /// - Throws: `TrainingError`, `TokenizerFault`, and what `checkpoint` throws.
  func source(_ checkpoint: () throws -> Void) throws -> Source {
    let context = configuration.shape.context
    switch corpus {
    case .shop(let conversations, let prose):
      let corpus = try ShopCorpus(
        seed: configuration.seed, conversations: conversations, prose: prose, context: context,
        validationShare: validationShare, checkpoint: checkpoint
      ) { try tokenizer(of: $0, checkpoint) }
      return Source(tokenizer: corpus.tokenizer, text: corpus.text, shop: corpus)
    case .text(let text):
      let tokenizer = try tokenizer(of: text, checkpoint)
      return Source(
        tokenizer: tokenizer,
        text: try TrainingText(
          tokens: try tokenizer.encode(text, checkpoint: checkpoint),
          validationShare: validationShare, context: context))
    }
  }

  private func tokenizer(of text: String, _ checkpoint: () throws -> Void) throws -> Tokenizer {
    switch tokens {
    case .pairs:
      try BytePairTraining.tokenizer(
        of: text, symbols: configuration.shape.symbols, controls: ChatFormat.controls,
        checkpoint: checkpoint)
    case .characters:
      try BytePairTraining.characters(
        of: text, controls: ChatFormat.controls, checkpoint: checkpoint)
    case .known(let tokenizer): tokenizer
    }
  }

  /// The run, once it is known how many symbols there are.
  func configuration(of source: Source) -> TrainingConfiguration {
    var configuration = configuration
    configuration.shape.symbols = source.tokenizer.symbols.count
    return configuration
  }
}
