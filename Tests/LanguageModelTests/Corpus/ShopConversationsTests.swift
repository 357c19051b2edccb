import Testing

@testable import LanguageModel

/// The shop's conversations: their grammar, and that held-out questions are new.
@Suite struct ShopConversationsTests {
  private static let shop = ShopConversations(seed: 5)
  private static let training = shop.training(800, checkpoint: {})

  @Test func aPatternIsTextChoicesSlotsAndParts() {
    #expect(
      Pattern("is [a|the|] {size} <quilt>?").pieces == [
        .text("is "), .choice(["a", "the", ""]), .text(" "), .slot("size"), .text(" "),
        .part("quilt"), .text("?"),
      ])
  }

  /// Otherwise an answer could not know what its question named.
  @Test(arguments: ShopIntent.allCases)
  func allWordingsOfAnIntentHaveTheSameSlot(_ intent: ShopIntent) {
    let wording = ShopWording.of(intent)
    let slots = (wording.clauses + wording.topics).map { source in
      Pattern(source).pieces.compactMap { piece -> String? in
        if case .slot(let name) = piece { name } else { nil }
      }
    }
    #expect(Set(slots).count == 1)
    #expect(slots[0].count <= 1)
    #expect(wording.topics.isEmpty == (intent == .thanks))
  }

  /// Each asks one thing; two-part frames name one other thing.
  @Test func framesAskOneThing() {
    for (frames, others) in [(ShopFrames.plain, 0), (ShopFrames.contrasts, 1)] {
      for frame in frames {
        let parts = Pattern(frame).pieces.compactMap { piece -> String? in
          if case .part(let name) = piece { name } else { nil }
        }
        #expect(parts.filter { $0 == "other" }.count == others, "\(frame)")
        #expect(parts.filter { $0 == "clause" || $0 == "topic" }.count == 1, "\(frame)")
      }
    }
  }

  @Test func aSeedWritesTheSameConversations() {
    #expect(
      ShopConversations(seed: 5).training(40, checkpoint: {}) == Array(Self.training.prefix(40)))
    #expect(
      ShopConversations(seed: 6).training(40, checkpoint: {}) != Array(Self.training.prefix(40)))
  }

  @Test func eachIntentIsAskedAndHasAnAnswerOfItsOwn() {
    let judge = AnswerJudge(Self.training)
    for intent in ShopIntent.allCases {
      let some = Self.training.filter { $0.intent == intent }
      // 800 / 19 = 42 on average; five standard deviations are 32.
      #expect(some.count > 10, "\(intent.rawValue)")
    }
    for conversation in Self.training {
      #expect(conversation.rightAnswers.contains(conversation.answer))
      #expect(judge.intent(of: conversation.answer) == conversation.intent)
    }
  }

  @Test func anArticleFitsTheWordAfterIt() {
    for conversation in Self.training {
      let words = conversation.question.lowercased().split(separator: " ")
      for (article, word) in zip(words, words.dropFirst()) where article == "a" {
        #expect(!"aeio".contains(word.first ?? " "), "\(conversation.question)")
      }
    }
  }

  /// Counted once more with strings: no question is in the training text, and of each less than 60
  /// % of its runs of five words are.
  @Test func heldOutQuestionsAreNew() {
    let known = FiveGrams(of: Self.training.flatMap { [$0.question, $0.answer] }, checkpoint: {})
    let questions = Self.shop.heldOut(25, apartFrom: known, overlapBelow: 0.6, checkpoint: {})
    #expect(questions.count == 25)
    let texts = Self.training.flatMap { [$0.question, $0.answer] }.map { spaced($0) }
    for question in questions {
      let words = spaced(question.question).split(separator: " ").map(String.init)
      let length = min(5, words.count)
      let runs = (0...(words.count - length)).map { start in
        " " + words[start..<(start + length)].joined(separator: " ") + " "
      }
      let found = runs.count { run in texts.contains { $0.contains(run) } }
      #expect(Double(found) / Double(runs.count) < 0.6, "\(question.question)")
      #expect(!texts.contains(spaced(question.question)))
    }
  }

  /// A text's words in small letters with a space on each side.
  private func spaced(_ text: String) -> String {
    let kept = text.lowercased().map { $0.isLetter || $0.isNumber || $0 == "'" ? $0 : " " }
    return " " + String(kept).split(separator: " ").joined(separator: " ") + " "
  }
}
