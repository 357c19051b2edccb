import Quantities

/// Turns a source into statements.
package struct Parser: Sendable {
  /// The longest statement, in bytes.
  ///
  /// `Chosen:` a thousand times what a person types, and far below what would make a mistake slow.
  package static let statementLengthMax = 65_536

  /// What may follow each verb; nil for a verb that does not exist.
  package let tail: @Sendable (String) -> StatementTail?

  /// A parser for verbs with these tails.
  package init(tail: @escaping @Sendable (String) -> StatementTail?) { self.tail = tail }

  /// The ranges of the statements in a range of a source: one a line, longer where lines end in
  /// `\`, several where `;` and a space stand between them.
  ///
  /// Blank lines and comments are nothing.
  package static func statementRanges(in source: Source, _ range: Range<Int>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = endOfStatement(in: source, from: start, limit: range.upperBound)
      let trimmed = trim(source, start..<end)
      if !trimmed.isEmpty, source.bytes[trimmed.lowerBound] != Ascii.hash { ranges.append(trimmed) }
      start = end + 1
    }
    return ranges
  }

  /// Whether a text ends in the middle of a statement: in `\`.
  package static func isIncomplete(_ text: String) -> Bool {
    var trimmed = Substring(text)
    while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
    return trimmed.last == "\\"
  }

  /// The lines of a text, as if each were typed by itself: one that ends in `\` goes on in the next.
  package static func typedLines(_ text: String) -> [String] {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let last = lines.last, isIncomplete(last) {
        lines[lines.count - 1] = last + "\n" + line
      } else {
        lines.append(String(line))
      }
    }
    return lines
  }

  private static func endOfStatement(in source: Source, from start: Int, limit: Int) -> Int {
    var offset = start
    var isQuoted = false
    var isComment = false
    var lastInk: UInt8 = Ascii.newline
    while offset < limit {
      let byte = source.bytes[offset]
      if byte == Ascii.newline {
        if isComment || lastInk != Ascii.backslash { return offset }
        isQuoted = false
      } else if byte == Ascii.quote, lastInk != Ascii.backslash || !isQuoted {
        isQuoted.toggle()
      } else if byte == Ascii.hash, !isQuoted, offset == start || isBlank(source, offset - 1) {
        isComment = true
      } else if byte == UInt8(ascii: ";"), !isQuoted, !isComment, isSeparator(source, offset, limit)
      {
        return offset
      }
      if !Ascii.isBlank(byte) { lastInk = byte }
      offset += 1
    }
    return limit
  }

  private static func isBlank(_ source: Source, _ offset: Int) -> Bool {
    Ascii.isBlank(source.bytes[offset]) || source.bytes[offset] == Ascii.newline
  }

  private static func isSeparator(_ source: Source, _ offset: Int, _ limit: Int) -> Bool {
    offset + 1 >= limit || isBlank(source, offset + 1)
  }

  private static func trim(_ source: Source, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(source, start) { start += 1 }
    while end > start, isBlank(source, end - 1) { end -= 1 }
    return start..<end
  }

  /// Parses one statement that stands in a range of a source.
  package func statement(in source: Source, _ range: Range<Int>) throws(Diagnostic) -> Statement {
    guard range.count <= Parser.statementLengthMax else {
      throw Diagnostic(
        "statement-too-long",
        "This statement has \(range.count) bytes; the longest that is read has "
          + "\(Parser.statementLengthMax).",
        at: source.span(range.lowerBound..<range.lowerBound + 1),
        help: "Put one statement on each line.")
    }
    if String(validating: source.bytes[range], as: UTF8.self) == nil {
      throw Diagnostic(
        "not-utf8", "This statement is not UTF-8 text.",
        at: source.span(range.lowerBound..<range.lowerBound + 1),
        help: "Save the file as UTF-8.")
    }
    let tokens = try Lexer(source: source, range: range).tokens()
    guard let first = tokens.first else {
      throw Diagnostic("empty-statement", "There is no statement here.", at: source.span(range))
    }
    guard let verb = first.word else {
      throw Diagnostic(
        "expected-verb", "A statement begins with a verb, such as 'show' or 'run'.",
        at: source.span(first.range), help: "Type 'help' for the verbs.")
    }
    if let asked = Parser.questioned(verb), tokens.count == 1 {
      return question(about: asked, at: first.range, in: source)
    }
    var statement = Statement(
      verb: verb, verbRange: first.range, range: range, source: source)
    var reader = TokenReader(source: source, tokens: tokens, end: range.upperBound)
    reader.advance()
    try readTail(tail(verb) ?? .arguments, of: &statement, from: &reader)
    return statement
  }

  /// The word behind a question mark: `?run` asks for help on `run`.
  private static func questioned(_ verb: String) -> String? {
    verb.hasPrefix("?") && verb.count > 1 ? String(verb.dropFirst()) : nil
  }

  private func question(about word: String, at range: Range<Int>, in source: Source) -> Statement {
    let place = range.lowerBound + 1..<range.upperBound
    let value = Value(kind: .word(word), text: word, range: place)
    return Statement(
      verb: "help", verbRange: range,
      arguments: [Argument(name: nil, nameRange: nil, value: value)], range: range, source: source)
  }

  /// Parses an expression that stands alone in a range of a source, such as a lesson's check.
  package static func expression(in source: Source, _ range: Range<Int>)
    throws(Diagnostic) -> Expression
  {
    let tokens = try Lexer(source: source, range: range).tokens()
    let reader = TokenReader(source: source, tokens: tokens, end: range.upperBound)
    var parser = ExpressionParser(reader: reader)
    let expression = try parser.expression()
    guard parser.reader.isAtEnd else { throw unexpected(parser.reader) }
    return expression
  }

  private func readTail(
    _ tail: StatementTail, of statement: inout Statement, from reader: inout TokenReader
  ) throws(Diagnostic) {
    if tail == .expression, !reader.isAtEnd {
      try readExpression(of: &statement, from: &reader)
    }
    while !reader.isAtEnd {
      if tail == .window, let window = try reader.takeWindow() {
        statement.window = window
        continue
      }
      if tail == .until, statement.expression == nil, reader.current?.isWord("until") ?? false {
        try readUntil(of: &statement, from: &reader)
        continue
      }
      statement.arguments.append(try argument(from: &reader))
    }
  }

  /// `until MOMENT` becomes the argument `until=MOMENT`; anything else there is an expression.
  private func readUntil(of statement: inout Statement, from reader: inout TokenReader)
    throws(Diagnostic)
  {
    let word = reader.place
    reader.advance()
    if let moment = try reader.takeMoment() {
      let value = Value(
        kind: .moment(moment.literal), text: statement.source.text(moment.range),
        range: moment.range)
      statement.arguments.append(Argument(name: "until", nameRange: word, value: value))
    } else {
      try readExpression(of: &statement, from: &reader)
    }
  }

  private func readExpression(of statement: inout Statement, from reader: inout TokenReader)
    throws(Diagnostic)
  {
    let start = reader.place.lowerBound
    var parser = ExpressionParser(reader: reader)
    statement.expression = try parser.expression()
    reader = parser.reader
    statement.expressionRange = start..<reader.tokens[reader.index - 1].range.upperBound
    guard reader.isAtEnd || reader.next?.isSymbol("=") ?? false else {
      throw Parser.unexpected(reader)
    }
  }

  private static func unexpected(_ reader: TokenReader) -> Diagnostic {
    let text = reader.source.text(reader.place)
    return reader.error(
      "unexpected-text", "'\(text)' does not belong here.",
      help: "Join conditions with 'and' or 'or'; '-' and '/' need a space on both sides.")
  }

  private func argument(from reader: inout TokenReader) throws(Diagnostic) -> Argument {
    guard let token = reader.current else {
      throw reader.error("expected-value", "A value is missing here.")
    }
    if let name = token.word, reader.next?.isSymbol("=") ?? false {
      reader.advance()
      reader.advance()
      return Argument(name: name, nameRange: token.range, value: try value(from: &reader, of: name))
    }
    return Argument(name: nil, nameRange: nil, value: try value(from: &reader, of: nil))
  }

  private func value(from reader: inout TokenReader, of name: String?) throws(Diagnostic) -> Value {
    if let moment = try reader.takeMoment() {
      return try momentOrRange(moment.literal, moment.range, from: &reader)
    }
    if let number = reader.takeNumber() {
      return Value(
        kind: .number(number.reading), text: reader.source.text(number.range), range: number.range)
    }
    guard let token = reader.current else {
      throw reader.error(
        "expected-value", name.map { "'\($0)=' needs a value." } ?? "A value is missing here.")
    }
    switch token.kind {
    case .word(let word):
      reader.advance()
      return Value(kind: .word(word), text: word, range: token.range)
    case .quoted(let text):
      reader.advance()
      return Value(kind: .text(text), text: reader.source.text(token.range), range: token.range)
    case .symbol(let text):
      throw reader.error(
        "expected-value", "A value belongs here, not '\(text)'.",
        help: text == "=" ? "Write NAME=VALUE without spaces in front of the name." : nil)
    }
  }

  private func momentOrRange(
    _ start: MomentLiteral, _ startRange: Range<Int>, from reader: inout TokenReader
  ) throws(Diagnostic) -> Value {
    guard reader.take(symbol: "..") else {
      return Value(
        kind: .moment(start), text: reader.source.text(startRange), range: startRange)
    }
    guard let end = try reader.takeMoment() else {
      throw reader.error("expected-moment", "A moment belongs after '..'.")
    }
    let range = startRange.lowerBound..<end.range.upperBound
    return Value(
      kind: .range(RangeLiteral(start: start, end: end.literal)), text: reader.source.text(range),
      range: range)
  }
}
