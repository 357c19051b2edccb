/// Tells from an answer which intent it serves.
///
/// An answer serves the intent of the nearest answer that the shop gives, by the words in common
/// over the words in either (Jaccard's index). If no answer has half of the words, it serves none.
/// The judge knows the shop's answers and sees neither the question nor what was asked for.
package struct AnswerJudge: Sendable {
  private var answers: [(words: Set<ArraySlice<UInt8>>, intent: ShopIntent)] = []
  private static let leastLikeness = 0.5

  /// A judge who knows the answers of conversations.
  package init(_ conversations: [Conversation]) {
    var known: Set<String> = []
    for conversation in conversations where known.insert(conversation.answer).inserted {
      answers.append((Set(Words.of(conversation.answer)), conversation.intent))
    }
  }

  /// The intent that an answer serves; of equally near ones the first.
  package func intent(of answer: String) -> ShopIntent? {
    let words = Set(Words.of(answer))
    var best: (likeness: Double, intent: ShopIntent)?
    for (other, intent) in answers {
      let common = words.intersection(other).count
      let likeness = Double(common) / Double(max(words.count + other.count - common, 1))
      if likeness > best?.likeness ?? 0 { best = (likeness, intent) }
    }
    return best.flatMap { $0.likeness >= Self.leastLikeness ? $0.intent : nil }
  }
}
