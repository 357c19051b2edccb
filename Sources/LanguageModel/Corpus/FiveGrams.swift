/// The runs of five words in a text, to tell how much of a question stands there already.
///
/// A word is a run of letters, digits and apostrophes, in small letters. The runs of a question are those of five words
/// that follow each other; a shorter question is one run of all its words. Runs do not reach over
/// the border of a message.
package struct FiveGrams: Sendable {
  private var known: Set<[Substring]> = []
  private static let length = 5

  /// The runs of messages.
  package init(of messages: some Sequence<String>) {
    for message in messages {
      let words = FiveGrams.words(of: message)
      for length in 1...FiveGrams.length where length <= words.count {
        for start in 0...(words.count - length) {
          known.insert(Array(words[start..<(start + length)]))
        }
      }
    }
  }

  /// The share of a question's runs that are known, 0 to 1.
  package func overlap(of question: String) -> Double {
    let words = FiveGrams.words(of: question)
    let length = min(FiveGrams.length, words.count)
    guard length > 0 else { return 1 }
    let starts = 0...(words.count - length)
    let found = starts.count { known.contains(Array(words[$0..<($0 + length)])) }
    return Double(found) / Double(starts.count)
  }

  static func words(of text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }
  }
}
