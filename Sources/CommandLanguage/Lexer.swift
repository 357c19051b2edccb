/// The smallest pieces of a statement.
package struct Token: Hashable, Sendable {
  /// What kind of piece it is.
  package enum Kind: Hashable, Sendable {
    /// A run of characters without a space: a verb, a name, a number with its unit.
    case word(String)
    /// What stood between quotation marks.
    case quoted(String)
    /// One of `= == != < <= > >= ~= + * ( ) ,` or a free-standing `-` or `/`, or `..`.
    case symbol(String)
  }

  /// What it is.
  package var kind: Kind
  /// Where it stands.
  package var range: Range<Int>

  /// Whether it is this symbol.
  package func isSymbol(_ text: String) -> Bool { kind == .symbol(text) }
  /// Whether it is this word.
  package func isWord(_ text: String) -> Bool { kind == .word(text) }
  /// The word, or nil.
  package var word: String? {
    if case .word(let text) = kind { return text }
    return nil
  }
}

/// Cuts one statement of a source into tokens.
struct Lexer {
  let source: Source
  let range: Range<Int>

  /// The tokens of the statement.
  ///
  /// A comment ends it; `\` before a newline is a blank.
  func tokens() throws(Diagnostic) -> [Token] {
    var tokens: [Token] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = source.bytes[offset]
      if isBlank(at: offset) {
        offset += 1
      } else if byte == Ascii.hash, offset == range.lowerBound || isBlank(at: offset - 1) {
        break
      } else {
        let token = try token(at: offset)
        tokens.append(token)
        offset = token.range.upperBound
      }
    }
    return tokens
  }

  private func isBlank(at offset: Int) -> Bool {
    let byte = source.bytes[offset]
    return Ascii.isBlank(byte) || byte == Ascii.newline
      || (byte == Ascii.backslash && isContinuation(at: offset))
  }

  /// Whether a backslash stands at the end of its line.
  private func isContinuation(at offset: Int) -> Bool {
    var next = offset + 1
    while next < source.bytes.count, Ascii.isBlank(source.bytes[next]) { next += 1 }
    return next >= source.bytes.count || source.bytes[next] == Ascii.newline
  }

  private func token(at start: Int) throws(Diagnostic) -> Token {
    let byte = source.bytes[start]
    if byte == Ascii.quote { return try quoted(at: start) }
    if let symbol = symbol(at: start) {
      return Token(kind: .symbol(symbol), range: start..<start + symbol.utf8.count)
    }
    if byte < 0x20 || byte == 0x7f {
      throw Diagnostic(
        "control-character",
        "There is a control character (byte \(byte)) in this line.",
        at: source.span(start..<start + 1), help: "Remove it; statements are plain text.")
    }
    return word(at: start)
  }

  private static let symbols = [
    "==", "!=", "<=", ">=", "~=", "..", "=", "<", ">", "+", "*", "(", ")", ",",
  ]

  private func symbol(at start: Int) -> String? {
    for symbol in Lexer.symbols where starts(with: symbol, at: start) { return symbol }
    let byte = source.bytes[start]
    let isOperator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
    guard isOperator, start + 1 >= range.upperBound || isBlank(at: start + 1) else { return nil }
    return String(UnicodeScalar(byte))
  }

  private func starts(with symbol: String, at start: Int) -> Bool {
    let end = start + symbol.utf8.count
    return end <= range.upperBound && source.bytes[start..<end].elementsEqual(symbol.utf8)
  }

  private func quoted(at start: Int) throws(Diagnostic) -> Token {
    var text: [UInt8] = []
    var offset = start + 1
    while offset < range.upperBound, source.bytes[offset] != Ascii.quote {
      if source.bytes[offset] == Ascii.backslash, offset + 1 < range.upperBound {
        offset += 1
        text.append(QuotedText.escaped(source.bytes[offset]))
      } else {
        text.append(source.bytes[offset])
      }
      offset += 1
    }
    guard offset < range.upperBound else {
      throw Diagnostic(
        "unclosed-quote", "The text that begins here has no closing quotation mark.",
        at: source.span(start..<start + 1), help: "End it with \" on the same line.")
    }
    let string = String(decoding: text, as: UTF8.self)
    return Token(kind: .quoted(string), range: start..<offset + 1)
  }

  /// A word goes on to the next blank, quotation mark, bracket, operator, `..`, or to a comma that
  /// does not join two characters of a word (`a, b` is two words, `$20,000` is one).
  private func word(at start: Int) -> Token {
    var end = start
    while end < range.upperBound {
      let byte = source.bytes[end]
      if isBlank(at: end) || byte < 0x20 || byte == 0x7f || byte == Ascii.quote { break }
      if byte == UInt8(ascii: ",") {
        guard joinsWords(at: end) else { break }
      } else if byte == UInt8(ascii: "+") {
        guard end > start, source.bytes[end - 1] == UInt8(ascii: "e") else { break }
      } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "/"), symbol(at: end) != nil {
        break
      }
      end += 1
    }
    return Token(kind: .word(source.text(start..<end)), range: start..<end)
  }

  private func joinsWords(at comma: Int) -> Bool {
    let next = comma + 1
    guard next < range.upperBound, !isBlank(at: next) else { return false }
    return source.bytes[next] != Ascii.quote && symbol(at: next) == nil
  }
}
