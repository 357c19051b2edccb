import CommandLanguage
import Quantities

/// A statement that is still being typed: its words, of which the last may be half a word.
struct TypedLine {
  /// The words before the last, numbers joined with the units behind them.
  private(set) var given: [String] = []
  /// What is typed of the last word; empty behind a space.
  private(set) var last = ""
  /// Whether the last word stands in quotation marks.
  private(set) var isQuoted = false

  /// The statement at the end of a line: the one behind the last `;`.
  init(_ line: String) {
    var words: [String] = []
    var word = ""
    for character in line.replacing("\\\n", with: " ") {
      if character == "\"" { isQuoted.toggle() }
      if character == "\n", !isQuoted {
        words = []
        word = ""
      } else if character == " ", !isQuoted {
        if word.hasSuffix(";") { words = [] } else if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    last = word
    for word in words {
      if let number = given.last, TypedLine.isPlainNumber(number),
        NumberText.unitSymbols.contains(word)
      {
        given[given.count - 1] = number + " " + word
      } else {
        given.append(word)
      }
    }
  }

  /// The verb, once it is typed whole.
  var verb: String? { given.first }

  /// The number that waits for a unit, with what stands of it in the last word.
  var openNumber: (word: String, isLast: Bool)? {
    if let (_, rest) = NumberText.leadingNumber(value(of: last)), !rest.hasPrefix("-") {
      return (last, true)
    }
    if let previous = given.dropFirst().last, TypedLine.isPlainNumber(value(of: previous)) {
      return (previous, false)
    }
    return nil
  }

  /// What stands behind `=`, or the whole word.
  func value(of word: String) -> String {
    word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } ?? word
  }

  private static func isPlainNumber(_ word: String) -> Bool {
    let value = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } ?? word
    if case .plain? = NumberText.read(value) { return true }
    return false
  }
}
