/// What the default model learns from: conversations of the quilt shop, other texts if any, and the
/// tokenizer that was made of all of them.
package struct ShopCorpus: Sendable {
  /// The conversations, in the order in which they are learned.
  package let conversations: [Conversation]
  /// Byte pairs of all texts, with the marks of a chat as control symbols.
  package let tokenizer: Tokenizer
  /// All of it as tokens; the last part, conversations only, is for validation.
  package let text: TrainingText
  /// The visitors of the shop.
  let visitors: ShopConversations

  /// `Chosen:` each is seen twice or three times in a minute's training.
  package static let conversationCount = 20_000
  /// `Chosen:` 36 tokens a conversation; half as many symbols make it 50.
  package static let symbolCount = 1_024

  /// Writes the conversations of a seed, after other texts such as the course's own, and trains a tokenizer
  /// of byte pairs.
  /// - Throws: `TrainingError.textTooShort` for too few conversations.
  package init(
    seed: UInt64 = 1, conversations count: Int = conversationCount, prose: [String] = [],
    symbols: Int = symbolCount, context: Int = ShopCorpus.context
  ) throws {
    try self.init(
      seed: seed, conversations: count, prose: prose, context: context, checkpoint: {}
    ) { text in
      try BytePairTraining.tokenizer(of: text, symbols: symbols, controls: ChatFormat.controls)
    }
  }

  /// The same with a tokenizer that somebody makes of all the text.
  /// - Throws: `TrainingError.textTooShort` for too few conversations; what `makeTokenizer` throws, and what
  ///   `checkpoint` throws, which is called for each conversation.
  package init(
    seed: UInt64, conversations count: Int, prose: [String] = [], context: Int,
    validationShare: Double = validationShare, checkpoint: () throws -> Void,
    makeTokenizer: (String) throws -> Tokenizer
  ) throws {
    visitors = ShopConversations(seed: seed)
    conversations = try visitors.training(count, checkpoint: checkpoint)
    let texts =
      prose.map { ChatFormat.endOfText + $0 } + conversations.map { ChatFormat.text(of: $0) }
    let tokenizer = try makeTokenizer(texts.joined())
    self.tokenizer = tokenizer
    text = try TrainingText(
      parts: texts.map {
        try checkpoint()
        return try tokenizer.encode($0, recognizingControls: true)
      },
      validationShare: validationShare, context: context)
  }

  /// `Chosen:` a twentieth of a text is held out.
  package static let validationShare = 0.05

  /// Tokens of a sequence.
  ///
  /// Chosen by measuring: the longest conversation has 59 tokens, and sequences of 128 tokens take
  /// fewer and larger steps in the same time, after which the model knows less (88 % against 94 %).
  package static let context = 64

  /// Chosen by measuring: with 4,000 steps 95 to 97 % of an exam's questions are answered right for three seeds
  /// with which nothing was chosen, in well under a minute on two quiet cores.
  package static let stepsOfAMinute = 4_000

  /// The default run over so many steps: a llama in small, 0.27 million numbers, 384 tokens a step.
  ///
  /// Chosen by measuring: four times as many numbers in steps twice as large (1,000 of them, the same
  /// operations) know 75 % of an exam; a peak rate of 0.006, as with 0.01 the loss falls more slowly; little decay,
  /// since each text is seen twice at most.
  package static func configuration(symbols: Int = symbolCount, steps: Int, seed: UInt64 = 1)
    -> TrainingConfiguration
  {
    let shape = TransformerShape(
      layers: 4, heads: 4, keyValueHeads: 4, width: 64, headWidth: 16, feedForwardWidth: 168,
      context: context, symbols: symbols, positions: .rotary(base: 10_000), feedForward: .swiGLU,
      normEpsilon: 1e-5, tiesHead: true)
    var configuration = TrainingConfiguration(
      shape: shape, sequences: 6,
      schedule: LearningRateSchedule(
        peak: 0.006, floor: 0.0006, warmUp: min(50, steps / 10), steps: steps),
      seed: seed)
    configuration.optimizer.weightDecay = 0.05
    return configuration
  }
}
