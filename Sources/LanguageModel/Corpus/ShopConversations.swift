import Randomness

/// Writes conversations with the quilt shop: questions in varied wording, each with its answer.
///
/// About half of the questions name a second topic that is not asked about. Some pairs of words
/// that could stand beside each other, an eighth of them, never do so in the training text:
/// held-out questions are those that have such a pair. They are new by their combination of words,
/// not by their words.
package struct ShopConversations: Sendable {
  private let seed: UInt64
  private let grammar = ShopGrammar()

  /// The share of questions that name a second topic.
  private static let contrastShare = 0.5
  /// The share of questions with a typing error.
  private static let mistypedShare = 0.05
  /// The share of pairs of choices that the training text does without.
  private static let reservedShare = 0.125

  /// The shop's visitors under a seed.
  package init(seed: UInt64) { self.seed = seed }

  /// So many conversations to learn from.
  /// - Throws: what `checkpoint` throws, which is called for each.
  package func training(_ count: Int, checkpoint: () throws -> Void = {}) rethrows -> [Conversation]
  {
    var list: [Conversation] = []
    var visitor = 0
    while list.count < count {
      try checkpoint()
      let (conversation, isReserved) = conversation("training visitor", visitor)
      if !isReserved { list.append(conversation) }
      visitor += 1
    }
    return list
  }

  /// So many different questions, each with a pair of words that the training does without, and
  /// with less than a share of its five-grams in the training's text.
  ///
  /// It looks at a hundred visitors for each and may find fewer.
  /// - Throws: what `checkpoint` throws, which is called for each visitor.
  package func heldOut(
    _ count: Int, apartFrom known: FiveGrams, overlapBelow limit: Double,
    checkpoint: () throws -> Void = {}
  ) rethrows -> [Conversation] {
    var list: [Conversation] = []
    var questions: Set<String> = []
    for visitor in 0..<(100 * count) where list.count < count {
      try checkpoint()
      let (conversation, isReserved) = conversation("held-out visitor", visitor)
      guard isReserved, known.overlap(of: conversation.question) < limit,
        questions.insert(conversation.question).inserted
      else { continue }
      list.append(conversation)
    }
    return list
  }

  /// What a visitor asks, and whether a pair of choices is reserved for held-out questions.
  private func conversation(_ name: String, _ visitor: Int) -> (Conversation, Bool) {
    var writer = PatternWriter(RandomStream(seed: seed, name: name).entity(visitor))
    let intents = ShopIntent.allCases
    let number = writer.below(intents.count)
    let intent = intents[number]
    let slot = ask(number, &writer)
    if writer.happens(0.8) { writer.capitalize() }
    if writer.happens(Self.mistypedShare) { writer.mistype() }
    let answers = ShopAnswers.all(intent, slot)
    let conversation = Conversation(
      question: writer.text, answer: writer.pick(answers), intent: intent, rightAnswers: answers)
    return (conversation, hasReservedPair(writer.choices))
  }

  /// Writes the question of an intent and returns what it names in its slot.
  private func ask(_ number: Int, _ writer: inout PatternWriter) -> String? {
    let intents = ShopIntent.allCases
    let clause = writer.pick(grammar.clauses[number])
    guard intents[number] != .thanks else { return writer.write(clause) }
    var slot: String?
    let contrasts = writer.happens(Self.contrastShare)
    writer.write(grammar.opener)
    writer.write(writer.pick(contrasts ? grammar.contrasts : grammar.plain)) { part, writer in
      switch part {
      case "clause": slot = writer.write(clause)
      case "topic": slot = writer.write(writer.pick(grammar.topics[number]))
      default:
        let others = intents.indices.filter { $0 != number && intents[$0] != .thanks }
        writer.write(writer.pick(grammar.topics[writer.pick(others)]))
      }
    }
    writer.write(grammar.closer)
    return slot
  }

  /// Whether two choices that follow each other are not to meet in the training text.
  private func hasReservedPair(_ choices: [String]) -> Bool {
    zip(choices, choices.dropFirst()).contains { left, right in
      let pair = RandomStream(seed: seed, name: "pair \(left)|\(right)")
      return pair.entity(0).uniform(0) < Self.reservedShare
    }
  }
}
