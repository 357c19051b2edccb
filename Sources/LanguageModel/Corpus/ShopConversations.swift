import Randomness

/// Writes conversations with the quilt shop: questions in varied wording, each with its answer.
///
/// About half of the questions name a second topic that is not asked about. Some pairs of words that
/// could stand beside each other, an eighth of them, never do so in the training text: held-out questions are
/// those that have such a pair. They are new by their combination of words, not by their words.
package struct ShopConversations: Sendable {
  private let seed: UInt64

  /// The share of questions that name a second topic.
  private static let contrastShare = 0.5
  /// The share of questions with a typing error.
  private static let mistypedShare = 0.05
  /// The share of pairs of choices that the training text does without.
  private static let reservedShare = 0.125

  /// The shop's visitors under a seed.
  package init(seed: UInt64) { self.seed = seed }

  /// So many conversations to learn from.
  package func training(_ count: Int) -> [Conversation] {
    var list: [Conversation] = []
    var visitor = 0
    while list.count < count {
      let (conversation, isReserved) = conversation("training visitor", visitor)
      if !isReserved { list.append(conversation) }
      visitor += 1
    }
    return list
  }

  /// So many different questions, each with a pair of words that the training does without, and with
  /// less than a share of its five-grams in the training's text.
  ///
  /// It looks at a hundred visitors for each and may find fewer.
  package func heldOut(_ count: Int, apartFrom known: FiveGrams, overlapBelow limit: Double)
    -> [Conversation]
  {
    var list: [Conversation] = []
    var questions: Set<String> = []
    for visitor in 0..<(100 * count) where list.count < count {
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
    let intent = writer.pick(ShopIntent.allCases)
    let slot = ask(intent, &writer)
    if writer.happens(0.8) { writer.capitalize() }
    if writer.happens(Self.mistypedShare) { writer.mistype() }
    let answers = ShopAnswers.all(intent, slot)
    let conversation = Conversation(
      question: writer.text, answer: writer.pick(answers), intent: intent, rightAnswers: answers)
    return (conversation, hasReservedPair(writer.choices))
  }

  /// Writes the question and returns what it names in its slot.
  private func ask(_ intent: ShopIntent, _ writer: inout PatternWriter) -> String? {
    let wording = ShopWording.of(intent)
    guard intent != .thanks else {
      return writer.write(Pattern(writer.pick(wording.clauses) + "."))
    }
    var slot: String?
    let contrasts = writer.happens(Self.contrastShare)
    let frame = writer.pick(contrasts ? ShopFrames.contrasts : ShopFrames.plain)
    writer.write(Pattern(ShopFrames.opener))
    writer.write(Pattern(frame)) { part, writer in
      switch part {
      case "clause": slot = writer.write(Pattern(writer.pick(wording.clauses)))
      case "topic": slot = writer.write(Pattern(writer.pick(wording.topics)))
      default:
        let other = writer.pick(ShopIntent.topical.filter { $0 != intent })
        writer.write(Pattern(writer.pick(ShopWording.of(other).topics)))
      }
    }
    writer.write(Pattern(ShopFrames.closer))
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
