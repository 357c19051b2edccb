import Quantities

/// Parses expressions by recursive descent, loosest binding first: `or`, `and`, `not`, comparison,
/// `+ -`, `* /`, then single values.
struct ExpressionParser {
  var reader: TokenReader
  private var depth = 0
  private var operatorCount = 0

  /// The most operators that an expression may have.
  ///
  /// `Chosen:` far more than anybody reads; each may nest the one before, and nesting is followed by
  /// recursion.
  private static let operatorCountMax = 200

  init(reader: TokenReader) { self.reader = reader }

  mutating func expression() throws(Diagnostic) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64 else {
      throw reader.error("too-deep", "This expression is nested more than 64 deep.")
    }
    var left = try conjunction()
    while reader.take(word: "or") {
      try countOperator()
      let right = try conjunction()
      left = .binary(.or, left, right, joined(left, right))
    }
    return left
  }

  private mutating func conjunction() throws(Diagnostic) -> Expression {
    var left = try negation()
    while reader.take(word: "and") {
      try countOperator()
      let right = try negation()
      left = .binary(.and, left, right, joined(left, right))
    }
    return left
  }

  private mutating func negation() throws(Diagnostic) -> Expression {
    let start = reader.place.lowerBound
    var count = 0
    while reader.take(word: "not") {
      try countOperator()
      count += 1
    }
    var operand = try comparison()
    for _ in 0..<count { operand = .not(operand, start..<operand.range.upperBound) }
    return operand
  }

  private mutating func comparison() throws(Diagnostic) -> Expression {
    let left = try sum()
    if reader.take(symbol: "~=") {
      let right = try sum()
      guard reader.take(word: "within") else {
        throw reader.error(
          "expected-within", "'~=' needs a tolerance.", help: "For example: a ~= b within 5%.")
      }
      let tolerance = try sum()
      return .within(left, right, tolerance: tolerance, joined(left, tolerance))
    }
    guard let comparison = takeOperator(where: \.isComparison) else { return left }
    let right = try sum()
    if let symbol = reader.current, takesComparison(symbol) {
      throw reader.error(
        "chained-comparison", "Two comparisons cannot stand in a row.",
        help: "Join them: a < b and b < c.")
    }
    return .binary(comparison, left, right, joined(left, right))
  }

  private func takesComparison(_ token: Token) -> Bool {
    guard case .symbol(let text) = token.kind else { return false }
    return text == "~=" || Expression.BinaryOperator(rawValue: text)?.isComparison ?? false
  }

  private mutating func sum() throws(Diagnostic) -> Expression {
    var left = try product()
    while let sign = takeOperator(where: { $0 == .plus || $0 == .minus }) {
      try countOperator()
      let right = try product()
      left = .binary(sign, left, right, joined(left, right))
    }
    return left
  }

  private mutating func product() throws(Diagnostic) -> Expression {
    var left = try primary()
    while let sign = takeOperator(where: { $0 == .times || $0 == .divided }) {
      try countOperator()
      let right = try primary()
      left = .binary(sign, left, right, joined(left, right))
    }
    return left
  }

  private mutating func primary() throws(Diagnostic) -> Expression {
    let start = reader.place.lowerBound
    if reader.take(symbol: "(") {
      let inner = try expression()
      let end = reader.place.upperBound
      guard reader.take(symbol: ")") else {
        throw reader.error("expected-bracket", "A ')' is missing here.")
      }
      return inner.placed(at: start..<end)
    }
    guard let token = reader.current else {
      throw reader.error(
        "expected-value", "An expression is missing a value at its end.",
        help: "A value is a fact, a number with its unit, a moment, or quoted text.")
    }
    if case .symbol(let text) = token.kind {
      throw reader.error(
        "expected-value", "A value belongs here, not '\(text)'.",
        help: "A value is a fact, a number with its unit, a moment, or quoted text.")
    }
    if token.word != nil, let moment = try reader.takeMoment() {
      return .moment(moment.literal, moment.range)
    }
    if case .quoted(let text) = token.kind {
      reader.advance()
      return .text(text, token.range)
    }
    if let number = try number() { return number }
    return try callOrFact()
  }

  private mutating func number() throws(Diagnostic) -> Expression? {
    guard let number = reader.takeNumber() else { return nil }
    switch number.reading {
    case .plain(let value): return .quantity(Quantity(value), number.range)
    case .quantity(let quantity): return .quantity(quantity, number.range)
    case .period:
      throw Diagnostic(
        "calendar-period", "Months and years differ in length, so they cannot be compared.",
        at: reader.source.span(number.range), help: "Say it in days: 30 days, 365 days.")
    }
  }

  private mutating func callOrFact() throws(Diagnostic) -> Expression {
    guard let token = reader.current, let word = token.word else {
      throw reader.error("expected-value", "A value belongs here.")
    }
    reader.advance()
    if let function = Expression.Function(rawValue: word), reader.take(symbol: "(") {
      return try call(function, from: token.range.lowerBound)
    }
    guard let first = word.utf8.first, !Ascii.isDigit(first), word.utf8.allSatisfy(isKeyByte) else {
      throw Diagnostic(
        "unknown-unit", "'\(word)' is neither a number with a unit nor the name of a fact.",
        at: reader.source.span(token.range),
        help: NumberText.leadingNumber(word).flatMap {
          NearMiss.question(for: $0.rest, among: NumberText.unitSymbols)
        } ?? "Units are written as s, min, h, days, KB, Mbit/s, %, $.")
    }
    let window = try reader.takeWindow()
    let end = reader.index > 0 ? reader.tokens[reader.index - 1].range.upperBound : reader.end
    return .fact(
      FactReference(
        key: word, keyRange: token.range, window: window, range: token.range.lowerBound..<end))
  }

  private func isKeyByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || Ascii.isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "/")
  }

  private mutating func call(_ function: Expression.Function, from start: Int)
    throws(Diagnostic) -> Expression
  {
    var arguments = [try expression()]
    while reader.take(symbol: ",") { arguments.append(try expression()) }
    let end = reader.place.upperBound
    guard reader.take(symbol: ")") else {
      throw reader.error("expected-bracket", "A ')' is missing here.")
    }
    let isPair = function == .min || function == .max
    guard isPair ? arguments.count >= 2 : arguments.count == 1 else {
      throw Diagnostic(
        "argument-count",
        "'\(function.rawValue)' takes \(isPair ? "two or more values" : "one value"), "
          + "not \(arguments.count).",
        at: reader.source.span(start..<end))
    }
    return .call(function, arguments, start..<end)
  }

  private mutating func countOperator() throws(Diagnostic) {
    operatorCount += 1
    guard operatorCount <= ExpressionParser.operatorCountMax else {
      throw reader.error(
        "too-deep",
        "This expression has more than \(ExpressionParser.operatorCountMax) operators.",
        help: "Write it as several statements.")
    }
  }

  private mutating func takeOperator(where accepts: (Expression.BinaryOperator) -> Bool)
    -> Expression.BinaryOperator?
  {
    guard case .symbol(let text)? = reader.current?.kind,
      let binary = Expression.BinaryOperator(rawValue: text), accepts(binary)
    else { return nil }
    reader.advance()
    return binary
  }

  private func joined(_ left: Expression, _ right: Expression) -> Range<Int> {
    left.range.lowerBound..<right.range.upperBound
  }
}
