import CommandLanguage
import Quantities
import Testing

/// Parses one statement whose verb is followed by a tail.
private func parsed(_ text: String, _ tail: StatementTail = .arguments) throws -> Statement {
  let source = Source(text: text)
  let ranges = Parser.statementRanges(in: source, source.all)
  return try Parser { _ in tail }.statement(in: source, try #require(ranges.first))
}

/// The diagnostic that parsing a statement ends in.
private func problem(_ text: String, _ tail: StatementTail = .arguments) throws -> Diagnostic {
  try #require(throws: Diagnostic.self) { try parsed(text, tail) }
}

@Suite struct ExpressionLengthTests {
  @Test(arguments: ["1 + ", "1 * ", "not ", "1 > 5 or ", "1 > 5 and "])
  func tooManyOperatorsAreRefusedRatherThanFollowed(part: String) throws {
    let long = "expect " + String(repeating: part, count: 5_000) + "1 > 5"
    #expect(try problem(long, .expression).code == "too-deep")
    _ = try parsed("expect " + String(repeating: part, count: 150) + "1 > 5", .expression)
  }
}

@Suite struct StatementTests {
  @Test func aStatementIsAVerbWithValuesAndNamedValues() throws {
    let statement = try parsed("buy server 1u-2004 count=6")
    #expect(statement.verb == "buy")
    #expect(statement.arguments.map(\.name) == [nil, nil, "count"])
    #expect(statement.arguments[1].value.kind == .word("1u-2004"))
    #expect(statement.arguments[2].value.kind == .number(.plain(6)))
  }

  @Test func aUnitMayStandOneSpaceBehindItsNumber() throws {
    let statement = try parsed("run 3 days")
    #expect(statement.arguments.count == 1)
    #expect(
      statement.arguments[0].value.kind
        == .number(.quantity(Quantity(3 * 86_400, .time))))
    #expect(statement.arguments[0].value.text == "3 days")
  }

  @Test func monthsAndYearsArePeriodsOfTheCalendar() throws {
    #expect(
      try parsed("run 1 year").arguments[0].value.kind == .number(.period(.years(1))))
    #expect(
      try parsed("run 2 months").arguments[0].value.kind == .number(.period(.months(2))))
  }

  @Test(arguments: [
    ("$20,000", Quantity(20_000, .money)), ("$0.10/h", Quantity(0.1 / 3_600, .moneyRate)),
    ("99%", Quantity(0.99)), ("1.544Mbit/s", Quantity(193_000, .dataRate)),
    ("1_000KB", Quantity(1e6, .data)), ("2.5e3W", Quantity(2_500, .power)),
    ("-3C", Quantity(-3, .temperature)), ("8x", Quantity(8)), ("0.8/s", Quantity(0.8, .rate)),
    ("1GiB", Quantity(1_073_741_824, .data)), ("24MWh", Quantity(24 * 3.6e9, .energy)),
  ])
  func numbersCarryTheirUnit(text: String, quantity: Quantity) throws {
    #expect(try parsed("set \(text)").arguments[0].value.kind == .number(.quantity(quantity)))
  }

  @Test(arguments: ["1u-2004", "t3", "3dayz", "2004", "12,34"])
  func aWordIsANumberOnlyIfAllOfItIsOne(text: String) throws {
    let kind = try parsed("set \(text)").arguments[0].value.kind
    #expect(text == "2004" ? kind == .number(.plain(2_004)) : kind == .word(text))
  }

  @Test func momentsAreDaysDaysWithTimesOrClockTimes() throws {
    let date = CivilDate(year: 2005, month: 11, day: 25)
    let exact = MomentLiteral.exact(Moment(year: 2005, month: 11, day: 25, hour: 9, minute: 30))
    #expect(try parsed("at 2005-11-25").arguments[0].value.kind == .moment(.day(date)))
    #expect(try parsed("at 2005-11-25T09:30").arguments[0].value.kind == .moment(exact))
    #expect(try parsed("at \"2005-11-25 09:30\"").arguments[0].value.kind == .moment(exact))
    #expect(try parsed("at noon").arguments[0].value.kind == .moment(.clock(.hours(12))))
    #expect(
      try parsed("at 14:03").arguments[0].value.kind
        == .moment(.clock(.hours(14) + .minutes(3))))
    #expect(
      try parsed("at 2005-11-25..2005-11-28").arguments[0].value.kind
        == .range(
          RangeLiteral(
            start: .day(date), end: .day(CivilDate(year: 2005, month: 11, day: 28)))))
  }

  @Test func statementsAreLinesOrStandBetweenSemicolons() {
    let source = Source(
      text: "new shop # a comment; not two\n\n  run 1 day ; show shop\nsay \"a ; b\" \\\n more\n")
    let texts = Parser.statementRanges(in: source, source.all).map(source.text)
    #expect(
      texts == [
        "new shop # a comment; not two", "run 1 day", "show shop", "say \"a ; b\" \\\n more",
      ])
  }

  @Test func aContinuedLineIsOneStatement() throws {
    let statement = try parsed("buy server \\\n  count=6")
    #expect(statement.arguments.map(\.value.text) == ["server", "6"])
    #expect(statement.span(statement.arguments[1].value.range).line == 2)
  }

  @Test func quotedTextKeepsSpacesAndSigns() throws {
    #expect(
      try parsed("read \"my \\\"first\\\" script.room\"").arguments[0].value.kind
        == .text("my \"first\" script.room"))
  }

  @Test(arguments: [
    "", "two words", "a \"quoted\" one", "back\\slash\\n", "two\nlines\n", "ü ; # =",
  ])
  func aTextIsReadAsItWasWritten(text: String) throws {
    #expect(try parsed("read \(QuotedText.text(text))").arguments[0].value.kind == .text(text))
  }
}

@Suite struct StatementErrorTests {
  @Test func anUnclosedQuoteIsShownWhereItBegins() throws {
    let diagnostic = try problem("read \"opening")
    #expect(diagnostic.code == "unclosed-quote")
    #expect(diagnostic.span?.column == 6)
  }

  @Test func aDateThatTheCalendarLacksIsSaid() throws {
    let diagnostic = try problem("run until 2005-02-29", .until)
    #expect(diagnostic.code == "no-such-date")
    #expect(diagnostic.message == "The calendar has no '2005-02-29'.")
    #expect(diagnostic.span?.column == 11)
  }

  @Test func aNulByteIsAnErrorWithItsPlace() throws {
    let diagnostic = try problem("show \0shop")
    #expect(diagnostic.code == "control-character")
    #expect(diagnostic.span?.column == 6)
  }

  @Test func aStatementOfTenMegabytesIsRefused() throws {
    let diagnostic = try problem("show " + String(repeating: "x", count: 10_000_000))
    #expect(diagnostic.code == "statement-too-long")
    #expect((diagnostic.span?.lineText.count ?? 0) < 1_000)
  }

  @Test func bytesThatAreNotUTF8AreRefused() throws {
    let source = Source(bytes: Array("show ".utf8) + [0xff, 0xfe])
    let diagnostic = try #require(throws: Diagnostic.self) {
      try Parser { _ in .arguments }.statement(in: source, source.all)
    }
    #expect(diagnostic.code == "not-utf8")
  }

  @Test func aMissingValueIsNamed() throws {
    let diagnostic = try problem("buy server count=")
    #expect(diagnostic.message == "'count=' needs a value.")
  }
}

@Suite struct ExpressionParserTests {
  /// The shape of an expression with brackets around every operation.
  private func shape(_ expression: Expression, _ source: Source) -> String {
    switch expression {
    case .quantity, .text, .moment, .fact: source.text(expression.range)
    case .not(let operand, _): "not \(shape(operand, source))"
    case .binary(let sign, let left, let right, _):
      "(\(shape(left, source)) \(sign.rawValue) \(shape(right, source)))"
    case .within(let left, let right, let tolerance, _):
      "(\(shape(left, source)) ~= \(shape(right, source)) ± \(shape(tolerance, source)))"
    case .call(let function, let arguments, _):
      "\(function.rawValue)[\(arguments.map { shape($0, source) }.joined(separator: "; "))]"
    }
  }

  @Test(arguments: [
    ("a.b < 1 and c.d > 2 or not e.f == 3", "(((a.b < 1) and (c.d > 2)) or not (e.f == 3))"),
    ("1 + 2 * 3 - 4 / 2", "((1 + (2 * 3)) - (4 / 2))"),
    ("(1 + 2) * 3", "((1 + 2) * 3)"),
    (
      "shop.lost during 2005-11-25..2005-11-28 <= 3",
      "(shop.lost during 2005-11-25..2005-11-28 <= 3)"
    ),
    ("a.b ~= 4 s within 5%", "(a.b ~= 4 s ± 5%)"),
    ("max(a.b, 2 s, 3 s) < 1 min", "(max[a.b; 2 s; 3 s] < 1 min)"),
    (
      "ledger.capital since before-the-rush <= $20,000",
      "(ledger.capital since before-the-rush <= $20,000)"
    ),
  ])
  func operatorsBindAsUsual(text: String, expected: String) throws {
    let source = Source(text: text)
    #expect(shape(try Parser.expression(in: source, source.all), source) == expected)
  }

  @Test(arguments: [
    ("a.b <", "expected-value", 6), ("a.b < 1 2", "unexpected-text", 9),
    ("a.b < 1 < 2", "chained-comparison", 9), ("a.b ~= 1", "expected-within", 9),
    ("(a.b", "expected-bracket", 5), ("a.b < 5 sec", "unexpected-text", 9),
    ("a.b < 5sec", "unknown-unit", 7), ("abs(1, 2)", "argument-count", 1),
    ("a.b during", "expected-moment", 11), ("a.b > 1 month", "calendar-period", 7),
    ("a.b over 3", "expected-span", 10),
  ])
  func mistakesAreShownWhereTheyAre(text: String, code: String, column: Int) throws {
    let source = Source(text: text)
    let diagnostic = try #require(throws: Diagnostic.self) {
      try Parser.expression(in: source, source.all)
    }
    #expect(diagnostic.code == code)
    #expect(diagnostic.span?.column == column)
  }

  @Test func nestingIsBounded() throws {
    let text = String(repeating: "(", count: 1_000) + "1"
    let source = Source(text: text)
    let diagnostic = try #require(throws: Diagnostic.self) {
      try Parser.expression(in: source, source.all)
    }
    #expect(diagnostic.code == "too-deep")
  }
}

@Suite struct SourceTests {
  @Test func columnsCountCharactersNotBytes() {
    let source = Source(name: "a.room", text: "first\nnaïve café wrong")
    let span = source.span(source.bytes.count - 5..<source.bytes.count)
    #expect(span.line == 2)
    #expect(span.column == 12)
    #expect(span.length == 5)
    #expect(span.lineText == "naïve café wrong")
  }

  @Test func nearMissesAreFound() {
    #expect(NearMiss.best(for: "sever", among: ["server", "rack"]) == "server")
    #expect(NearMiss.best(for: "shwo", among: ["show", "run"]) == "show")
    #expect(NearMiss.best(for: "xyzzy", among: ["show", "run"]) == nil)
  }
}

@Suite struct MomentLiteralTests {
  private let now = Moment(year: 2005, month: 11, day: 25, hour: 10)

  @Test func aClockTimeIsTheNextOneAfterUntilAndTheLastOneInWindows() {
    let noon = MomentLiteral.clock(.hours(12))
    #expect(noon.next(after: now) == Moment(year: 2005, month: 11, day: 25, hour: 12))
    #expect(noon.last(before: now) == Moment(year: 2005, month: 11, day: 24, hour: 12))
    let nine = MomentLiteral.clock(.hours(9))
    #expect(nine.next(after: now) == Moment(year: 2005, month: 11, day: 26, hour: 9))
    #expect(nine.last(before: now) == Moment(year: 2005, month: 11, day: 25, hour: 9))
  }
}

@Suite struct ByteOrderMarkTests {
  @Test func theMarkThatSomeEditorsPutInFrontIsNoText() throws {
    let source = Source(bytes: [0xef, 0xbb, 0xbf] + Array("new shop".utf8))
    #expect(source.text(source.all) == "new shop")
  }
}
