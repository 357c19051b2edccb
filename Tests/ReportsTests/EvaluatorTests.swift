import CommandLanguage
import Quantities
import Reports
import Testing

/// Facts for tests: a fixed value for each key.
private struct FixedFacts: FactSource {
  let now = Moment(year: 2004, month: 3, day: 2)

  func value(of fact: FactCatalog.Resolved, window: Window?) throws(FactUnavailable) -> FactValue {
    switch fact.key {
    case "shop.lost": .count(12)
    case "shop.answered-in-2s": .share(0.984)
    case "shop.response.p99": .span(.seconds(1.9))
    case "shop.response.p50": .undefined("no page was answered")
    case "shop.bottleneck": .text("uplink")
    case "shop.open": .flag(true)
    case "ledger.total": .money(.dollars(250))
    case "shop.worst-day": .moment(Moment(year: 2004, month: 3, day: 1))
    default: throw .notYet("it is too early")
    }
  }
}

private let catalog = FactCatalog([
  FactDeclaration("shop.lost", .counter, .none, ""),
  FactDeclaration("shop.answered-in-2s", .share, .percent, ""),
  FactDeclaration("shop.response", .distribution, .second, ""),
  FactDeclaration("shop.bottleneck", .text, .none, ""),
  FactDeclaration("shop.open", .flag, .none, ""),
  FactDeclaration("shop.early", .counter, .none, ""),
  FactDeclaration("shop.worst-day", .moment, .none, ""),
  FactDeclaration("ledger.total", .counter, .dollar, ""),
  FactDeclaration("uplink.utilization", .gauge, .percent, ""),
])

private func evaluated(_ text: String) throws -> Outcome {
  let source = Source(text: text)
  return try Evaluator(catalog: catalog, facts: FixedFacts(), source: source)
    .evaluate(Parser.expression(in: source, source.all))
}

private func checked(_ text: String) throws -> Verdict {
  let source = Source(text: text)
  return try Evaluator(catalog: catalog, facts: FixedFacts(), source: source)
    .check(Parser.expression(in: source, source.all))
}

private func found(_ text: String) throws -> [Diagnostic] {
  let source = Source(text: text)
  var checker = ExpressionChecker(catalog: catalog, source: source)
  checker.requireCondition(try Parser.expression(in: source, source.all))
  return checker.diagnostics
}

@Suite struct EvaluatorTests {
  @Test(arguments: [
    "1e300 * 1e300", "1e300 * 1e300 - 1e300 * 1e300", "1e300 / 1e-300", "1e308 GW",
    "-1e308 - 1e308",
  ])
  func whatIsTooLargeForANumberHasNoValue(text: String) throws {
    #expect(try evaluated(text) == .value(.undefined("too large a number")))
  }

  @Test(arguments: [
    "shop.lost == 12", "shop.lost + 3 == 15", "shop.answered-in-2s >= 98.4%",
    "shop.response.p99 < 2 s", "shop.response.p99 * 2 > 3.7 s", "shop.bottleneck == \"uplink\"",
    "shop.open", "not shop.lost > 12", "ledger.total / shop.lost < $21", "ledger.total <= $250",
    "shop.lost ~= 12.5 within 5%", "shop.response.p99 ~= 2 s within 0.2 s",
    "max(shop.lost, 40) == 40", "round(2.5) == 3", "abs(0 - 3) == 3",
    "shop.worst-day == 2004-03-01", "shop.early > 0 or shop.open",
  ])
  func conditionsThatHold(text: String) throws {
    #expect(try checked(text) == .pass)
  }

  @Test func aFailedCheckSaysWhatItWas() throws {
    #expect(try checked("shop.open and shop.lost < 10") == .fail(.count(12)))
    #expect(try checked("shop.answered-in-2s >= 99%") == .fail(.share(0.984)))
    #expect(try checked("not shop.open") == .fail(nil))
  }

  @Test func whatHasNoValueYetIsNeitherTrueNorFalse() throws {
    #expect(try checked("shop.early > 0") == .notYet("it is too early"))
    #expect(try checked("shop.response.p50 < 1 s") == .notYet("no page was answered"))
    #expect(try checked("shop.early > 0 and shop.lost > 100") == .fail(.count(12)))
  }

  @Test func arithmeticCarriesUnits() throws {
    #expect(
      try evaluated("ledger.total / 5") == .value(.quantity(Quantity(50, .money), .dollar)))
    #expect(try evaluated("1 / 0") == .value(.undefined("division by zero")))
    #expect(
      try evaluated("shop.worst-day - 2004-02-29")
        == .value(.quantity(Quantity(86_400, .time), .second)))
  }

  @Test func aValueIsNoCondition() throws {
    let diagnostic = try #require(throws: Diagnostic.self) { try checked("shop.lost + 1") }
    #expect(diagnostic.code == "not-a-condition")
  }
}

@Suite struct ExpressionCheckerTests {
  @Test(arguments: [
    ("shop.latency.p9 < 2 s", "unknown-fact"), ("shop.response < 2 s", "needs-suffix"),
    ("shop.lost < 2 s", "wrong-dimension"), ("uplink.utilization.high > 90%", "needs-window"),
    ("uplink.utilization during 2004-03-01 > 90%", "needs-suffix"),
    ("shop.lost", "not-a-condition"), ("shop.bottleneck > 3", "wrong-dimension"),
    ("shop.lost and shop.open", "not-a-condition"),
  ])
  func mistakesAreFoundWithoutAWorld(text: String, code: String) throws {
    #expect(try found(text).map(\.code) == [code])
  }

  @Test func allMistakesAreFoundAtOnce() throws {
    let codes = try found("shop.lots > 1 and shop.response < 2 s or shop.lost < $3").map(\.code)
    #expect(codes == ["unknown-fact", "needs-suffix", "wrong-dimension"])
  }

  @Test func anUnknownFactSuggestsTheNearest() throws {
    let diagnostic = try #require(try found("shop.response.p9 < 2 s").first)
    #expect(diagnostic.message == "There is no fact 'shop.response.p9'.")
    #expect(diagnostic.help?.contains("Did you mean 'shop.response.p") ?? false)
  }
}

@Suite struct QuantityTextTests {
  // Written down by hand: three digits that matter, grouped thousands, the unit people use.
  @Test(arguments: [
    (Quantity(1.9, .time), Unit.second, "1.90 s"), (Quantity(0.0123, .time), .second, "12.3 ms"),
    (Quantity(90, .time), .second, "90 s"), (Quantity(5_400, .time), .second, "90 min"),
    (Quantity(86_400, .time), .second, "1 day"), (Quantity(864_000, .time), .second, "10 days"),
    (Quantity(31_204), .none, "31,204"), (Quantity(0.2838), .percent, "28.4%"),
    (Quantity(1), .percent, "100%"), (Quantity(9_798, .money), .dollar, "$9,798"),
    (Quantity(-3.5, .money), .dollar, "−$3.50"),
    (Quantity(193_000, .dataRate), .none, "1.544 Mbit/s"),
    (Quantity(0.25), .none, "0.2500"),
  ])
  func quantitiesReadWell(quantity: Quantity, unit: Unit, text: String) {
    #expect(QuantityText.text(quantity, unit: unit) == text)
  }
}
