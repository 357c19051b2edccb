import Quantities

/// Reads tokens one after the other; what values, windows and expressions have in common.
struct TokenReader {
  let source: Source
  let tokens: [Token]
  let end: Int
  private(set) var index = 0

  init(source: Source, tokens: [Token], end: Int) {
    self.source = source
    self.tokens = tokens
    self.end = end
  }

  var current: Token? { index < tokens.count ? tokens[index] : nil }
  var next: Token? { index + 1 < tokens.count ? tokens[index + 1] : nil }
  var isAtEnd: Bool { index >= tokens.count }

  /// Where the next token stands, or the end of the statement.
  var place: Range<Int> { current?.range ?? end..<end }

  mutating func advance() { index += 1 }

  mutating func take(symbol: String) -> Bool {
    guard let current, current.isSymbol(symbol) else { return false }
    index += 1
    return true
  }

  mutating func take(word: String) -> Bool {
    guard let current, current.isWord(word) else { return false }
    index += 1
    return true
  }

  func error(_ code: String, _ message: String, help: String? = nil) -> Diagnostic {
    Diagnostic(code, message, at: source.span(place), help: help)
  }

  /// Joins a number and the unit that stands one space behind it, if the next tokens are such.
  mutating func takeNumber() -> (reading: NumberText.Reading, range: Range<Int>)? {
    guard let token = current, let word = token.word, let reading = NumberText.read(word) else {
      return nil
    }
    index += 1
    guard case .plain(let number) = reading, let unit = current, let symbol = unit.word,
      unit.range.lowerBound == token.range.upperBound + 1,
      !(next?.isSymbol("=") ?? false),
      let joined = NumberText.read(number, unit: symbol)
    else { return (reading, token.range) }
    index += 1
    return (joined, token.range.lowerBound..<unit.range.upperBound)
  }

  /// A moment, quoted or not.
  mutating func takeMoment() throws(Diagnostic) -> (literal: MomentLiteral, range: Range<Int>)? {
    guard let token = current else { return nil }
    let text: String
    switch token.kind {
    case .word(let word): text = word
    case .quoted(let quoted): text = quoted
    case .symbol: return nil
    }
    if let literal = MomentLiteral.read(text) {
      index += 1
      return (literal, token.range)
    }
    if token.word != nil, MomentLiteral.looksLikeClock(text) {
      throw error(
        "no-such-time", "A day has no '\(text)'.", help: "Times run from 00:00 to 23:59.")
    }
    if token.word != nil, MomentLiteral.looksLikeDate(text) {
      throw error(
        "no-such-date", "The calendar has no '\(text)'.",
        help: "A moment is a day like 2005-11-25, with a time like 2005-11-25T09:30, or 14:03.")
    }
    return nil
  }

  /// The window that stands here, or nil if there is none.
  mutating func takeWindow() throws(Diagnostic) -> Window? {
    if take(word: "during") { return .during(try range()) }
    if take(word: "over") { return .over(try span()) }
    if take(word: "since") { return .since(try point()) }
    if take(word: "at") { return .at(try point()) }
    return nil
  }

  private mutating func range() throws(Diagnostic) -> RangeLiteral {
    guard let start = try takeMoment() else {
      throw error(
        "expected-moment", "A day or a range belongs here.",
        help: "For example: during 2005-11-25, or during 2005-11-25..2005-11-28.")
    }
    guard take(symbol: "..") else {
      guard case .day = start.literal else {
        throw Diagnostic(
          "expected-range", "A window needs an end; only a bare day is one by itself.",
          at: source.span(start.range),
          help: "For example: during 2005-11-25T09:00..2005-11-25T10:00.")
      }
      return RangeLiteral(start: start.literal, end: nil)
    }
    guard let last = try takeMoment() else {
      throw error(
        "expected-moment", "A moment belongs after '..'.", help: "For example: ..2005-11-28.")
    }
    return RangeLiteral(start: start.literal, end: last.literal)
  }

  private mutating func span() throws(Diagnostic) -> SpanLiteral {
    let place = self.place
    switch takeNumber()?.reading {
    case .quantity(let quantity) where quantity.dimension == .time && quantity.value > 0:
      guard quantity.value <= SpanLiteral.secondsMax else {
        throw Diagnostic(
          "out-of-range", "A window is at most 69,444 days long.", at: source.span(place))
      }
      return .span(.seconds(quantity.value))
    case .period(let period): return .period(period)
    default:
      throw Diagnostic(
        "expected-span", "An amount of time belongs here.", at: source.span(place),
        help: "For example: over 7 days.")
    }
  }

  private mutating func point() throws(Diagnostic) -> PointLiteral {
    if let moment = try takeMoment() { return .moment(moment.literal) }
    if let word = current?.word {
      index += 1
      return .mark(word)
    }
    throw error(
      "expected-moment", "A moment or the name of a mark belongs here.",
      help: "For example: since 2005-11-25, or since before-the-rush.")
  }
}
