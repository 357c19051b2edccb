/// Answers as the most similar known question was answered: what a model must beat.
///
/// Similar is the cosine between the counts of words, which sees the words but not their order.
package struct NearestQuestion: Sendable {
  private let conversations: [Conversation]
  private var wordNumbers: [ArraySlice<UInt8>: Int] = [:]
  /// For each word, the questions that have it, and how often.
  private var places: [[(question: Int, count: Double)]] = []
  private var lengths: [Double] = []

  /// Knows the questions of conversations.
  /// - Throws: what `checkpoint` throws, which is called for each.
  package init(_ conversations: [Conversation], checkpoint: () throws -> Void = {}) rethrows {
    self.conversations = conversations
    for (question, conversation) in conversations.enumerated() {
      try checkpoint()
      let words = counts(of: conversation.question)
      lengths.append(NearestQuestion.length(of: words))
      for (word, count) in words {
        let number = wordNumbers[word] ?? places.count
        if number == places.count {
          wordNumbers[word] = number
          places.append([])
        }
        places[number].append((question, count))
      }
    }
  }

  /// The conversation whose question is nearest; of equally near ones the first.
  package func nearest(to question: String) -> Conversation {
    var products = [Double](repeating: 0, count: conversations.count)
    for (word, count) in counts(of: question) {
      guard let number = wordNumbers[word] else { continue }
      for place in places[number] { products[place.question] += count * place.count }
    }
    var best = 0
    for index in products.indices
    where products[index] * lengths[best] > products[best] * lengths[index] {
      best = index
    }
    return conversations[best]
  }

  /// The words of a question with their counts, in the order in which they first occur.
  private func counts(of question: String) -> [(ArraySlice<UInt8>, Double)] {
    var counts: [(word: ArraySlice<UInt8>, count: Double)] = []
    for word in Words.of(question) {
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    return counts
  }

  private static func length(of counts: [(ArraySlice<UInt8>, Double)]) -> Double {
    counts.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
  }
}
