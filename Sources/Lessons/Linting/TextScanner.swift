import CommandLanguage

/// Cuts the words of a lesson into sentences and words, each with its place.
///
/// An expression in braces is one word, and so is a span of code: a name, however long.
struct TextScanner {
  /// A word.
  struct Word {
    var text: String
    var range: Range<Int>
    /// Whether it is an expression or a span of code.
    var isOpaque: Bool
  }

  /// A sentence.
  struct Sentence {
    var words: [Word]
    var range: Range<Int> {
      (words.first?.range.lowerBound ?? 0)..<(words.last?.range.upperBound ?? 0)
    }
  }

  let source: Source

  /// The sentences of a range.
  func sentences(_ range: Range<Int>) -> [Sentence] {
    var sentences: [Sentence] = []
    var words: [Word] = []
    for word in self.words(range) {
      words.append(word)
      if !word.isOpaque, endsSentence(word.range) || endsSentence(word.range, before: "*_\")") {
        sentences.append(Sentence(words: words))
        words = []
      }
    }
    if !words.isEmpty { sentences.append(Sentence(words: words)) }
    return sentences
  }

  /// The words of a range.
  func words(_ range: Range<Int>) -> [Word] {
    var words: [Word] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      if isSpace(offset) {
        offset += 1
        continue
      }
      let start = offset
      var isOpaque = false
      while offset < range.upperBound, !isSpace(offset) {
        if let end = opaqueEnd(offset, range) {
          isOpaque = true
          offset = end
        } else {
          offset += 1
        }
      }
      let text = source.text(start..<offset)
      if isOpaque || text.contains(where: { $0.isLetter || $0.isNumber }) {
        let isPlainEnd = isOpaque && endsSentence(start..<offset)
        words.append(Word(text: text, range: start..<offset, isOpaque: isOpaque && !isPlainEnd))
      }
    }
    return words
  }

  /// The end of the braces or the code that begins at an offset, or nil.
  private func opaqueEnd(_ offset: Int, _ range: Range<Int>) -> Int? {
    let rest = offset..<range.upperBound
    if LineText.starts(source, rest, with: "{{"),
      offset == 0 || source.bytes[offset - 1] != Ascii.backslash
    {
      return LineText.find("}}", in: source, rest)?.upperBound
    }
    guard source.bytes[offset] == UInt8(ascii: "`"), offset + 1 < range.upperBound else {
      return nil
    }
    return LineText.find("`", in: source, offset + 1..<range.upperBound)?.upperBound
  }

  /// Whether a word ends in a full stop, or in one before closing marks.
  private func endsSentence(_ range: Range<Int>, before marks: String = "") -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, marks.utf8.contains(source.bytes[end - 1]) { end -= 1 }
    guard end > range.lowerBound else { return false }
    return [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(source.bytes[end - 1])
  }

  private func isSpace(_ offset: Int) -> Bool {
    Ascii.isBlank(source.bytes[offset]) || source.bytes[offset] == Ascii.newline
  }
}
