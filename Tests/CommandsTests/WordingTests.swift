import CommandLanguage
import Commands
import Quantities
import Reports
import Testing

/// All that a report says, in one line.
private func words(_ report: Report) -> String {
  (report.blocks.flatMap { block -> [String] in
    switch block {
    case .heading(let title, let remark): [title, remark]
    case .paragraph(let text): [text]
    case .lines(let lines): lines
    default: []
    }
  } + report.diagnostics.flatMap { [$0.message, $0.help ?? ""] }).joined(separator: " ")
}

/// What newcomers stumbled over: each sentence was once wrong, or missing.
struct WordingTests {
  @Test func anExpectationIsQuotedWithItsBrackets() throws {
    #expect(words(try lastReport("expect (1 + 2) * 3 == 9")).contains("(1 + 2) * 3 == 9"))
    #expect(words(try lastReport("expect not (1 > 2)")).contains("not (1 > 2)"))
  }

  @Test func aSemicolonNeedsNoSpaceInFrontOfIt() throws {
    #expect(words(try lastReport("new shop; run 1 h; show ledger;")).contains("money"))
  }

  @Test func aSpanIsNamedInTheUnitThatPeopleUse() throws {
    #expect(words(try lastReport("new shop\nrun 1 h")).hasPrefix("1 h · "))
    #expect(words(try lastReport("new shop\nrun 60 s")).hasPrefix("1 min · "))
    #expect(words(try lastReport("new shop\nrun 90 s")).hasPrefix("90 s · "))
  }

  @Test(arguments: [
    ("new shop\nrun 1 day until noon", "two-ends", 5),
    ("new shop\nrun 1 day until shop.orders > 0", "two-ends", 5),
    ("new shop\nrun until 25:03", "no-such-time", 11),
    ("new shop\nmark noon", "bad-name", 6),
    ("new shop\nrun 5", "wrong-unit", 5),
    ("new shop\ncompare main", "nothing-to-compare", 9),
    ("queue customers=1e18", "out-of-range", 17),
    ("queue distribution=normal", "unknown-thing", 20),
  ])
  func mistakesAreNamed(script: String, code: String, column: Int) throws {
    let diagnostic = try problem(script)
    #expect(diagnostic.code == code)
    #expect(diagnostic.span?.column == column)
  }

  @Test func aMarkBetweenTwoMinutesSaysThatNoWindowBeginsThere() throws {
    let text = words(try lastReport("new shop\nrun 90 s\nmark odd"))
    #expect(text.contains("Windows begin at whole minutes"))
    #expect(!words(try lastReport("new shop\nrun 2 min\nmark even")).contains("Windows"))
  }

  @Test func oneOfAThingIsNoPlural() throws {
    let text = words(try lastReport("new shop\nrun until shop.visits >= 1"))
    #expect(text.contains("of 1 visit lost") || !text.contains("of 1 "))
    #expect(words(try lastReport("new shop visits=0/day\nrun 1 h")).contains("0 of 0 visits lost"))
  }

  @Test func aConditionThatHoldsAlreadySaysSo() throws {
    let report = try lastReport("new shop\nrun until shop.orders >= 0")
    #expect(words(report).hasPrefix("That holds already"))
  }

  @Test func sentencesReadAsSentences() throws {
    #expect(
      words(try lastReport("timing maybe")).contains("'state' cannot be 'maybe'. It can be: on"))
    #expect(words(try lastReport("queue arrivals=1/s")).contains("comes in just as fast as"))
    #expect(words(try lastReport("queue cv=2")).contains("has a cv of 1, not 2"))
    #expect(words(try lastReport("new shop servers=2")).contains("2 servers (each: one 2.8 GHz"))
    #expect(words(try lastReport("new shop servers=0")).contains("changes that) and a line of"))
    #expect(
      words(try lastReport("new shop\nrun 1 h\nshow network")).contains(" pages a second, at"))
    let causes = words(try lastReport("new shop\ndemand 20\nrun 1 h\nexplain shop.lost"))
    #expect(causes.contains(" page views a second of "))
  }

  @Test func aShopWithoutVisitorsIsExplainedInOneSentence() throws {
    let report = try lastReport("new shop\ndemand 0\nrun 1 h\nexplain shop.lost")
    #expect(words(report).hasSuffix("Nobody came in this time."))
  }

  @Test func whatIsKnownForNowOnlyCanBeExplained() throws {
    #expect(words(try lastReport("new shop\nrun 1 h\nexplain servers.count")).contains(": 1."))
    #expect(words(try lastReport("new shop\nrun 1 h\nexplain ledger.cash")).contains("$12,"))
  }

  @Test func theSourceOfAFactIsItsOwn() throws {
    let queue = words(try lastReport("source queue.wait.mean"))
    #expect(queue.contains("no value yet") && !queue.contains("page view"))
    #expect(!words(try lastReport("source demand.peak")).contains("disk"))
  }

  @Test func aWholeNumberMayHaveAnExponent() throws {
    #expect(!(try lastReport("queue customers=2e3")).isError)
  }
}

@Suite struct QuestionTests {
  @Test func aQuestionMarkAsksForHelpOnWhatFollowsIt() throws {
    #expect(try lastReport("?run").blocks.count == lastReport("help run").blocks.count)
    #expect(try lastReport("?run").statement == "help run")
    #expect(try lastReport("?shop.lost").ok)
    #expect(try problem("?shwo").span?.column == 2)
  }

  @Test func sharesDifferByPointsAndDifferencesHaveASign() throws {
    let change = Table.Cell.difference(.share(0.5), .share(0.25))
    #expect(change == .change(.share(0.25)))
    #expect(Table.Cell.difference(.text("a"), .share(0.25)) == .none)
  }

  // 7,560 visits a day are 0.0875 a second; eight campaigns of ten times would be 8.75 million.
  @Test func campaignsThatMultiplyPastAllBoundsAreRefused() throws {
    let campaign = "demand 10 during 2004-03-02\n"
    let diagnostic = try problem("new shop\n" + String(repeating: campaign, count: 8))
    #expect(diagnostic.code == "too-many-visits")
    #expect(diagnostic.span?.column == 8)
  }
}
