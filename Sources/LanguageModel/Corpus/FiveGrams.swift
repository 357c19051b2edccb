/// The runs of five words in a text, to tell how much of a question stands there already.
///
/// A word is a run of letters, digits and apostrophes, whatever its case. The runs of a question
/// are those of five words that follow each other; a shorter question is one run of all its words.
/// Runs do not reach over the border of a message.
package struct FiveGrams: Sendable {
  /// Hashes of runs of up to five words; 64 bits, so that two of a few million rarely agree.
  private var known: Set<UInt64> = []
  private static let length = 5

  /// The runs of messages.
  /// - Throws: what `checkpoint` throws, which is called for each.
  package init(of messages: some Sequence<String>, checkpoint: () throws -> Void = {}) rethrows {
    for message in messages {
      try checkpoint()
      let words = Words.of(message).map { FiveGrams.hash($0) }
      for start in words.indices {
        var run = FiveGrams.empty
        for word in words[start...].prefix(FiveGrams.length) {
          run = FiveGrams.longer(run, word)
          known.insert(run)
        }
      }
    }
  }

  /// The share of a question's runs that are known, 0 to 1.
  package func overlap(of question: String) -> Double {
    let words = Words.of(question).map { FiveGrams.hash($0) }
    let length = min(FiveGrams.length, words.count)
    guard length > 0 else { return 1 }
    let starts = 0...(words.count - length)
    let found = starts.count { start in
      known.contains(words[start..<(start + length)].reduce(FiveGrams.empty, FiveGrams.longer))
    }
    return Double(found) / Double(starts.count)
  }

  // FNV-1a, over bytes and then over words.
  private static let empty: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func longer(_ run: UInt64, _ word: UInt64) -> UInt64 {
    let product = (run ^ word) &* 0x0000_0100_0000_01b3
    return product ^ product >> 29
  }

  private static func hash(_ word: ArraySlice<UInt8>) -> UInt64 {
    word.reduce(empty) { longer($0, UInt64($1)) }
  }
}

/// The words of a text: runs of letters, digits and apostrophes, ASCII letters in lower case.
enum Words {
  static func of(_ text: String) -> [ArraySlice<UInt8>] {
    text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }.split { byte in
      switch byte {
      case 0x61...0x7a, 0x30...0x39, 0x27, 0x80...: false
      default: true
      }
    }
  }
}
