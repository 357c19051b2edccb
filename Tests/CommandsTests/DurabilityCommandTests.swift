import CommandLanguage
import Quantities
import Reports
import Testing

@testable import Commands

@Suite struct DurabilityCommandTests {
  /// AFR 1.57 % and 24 h, by hand from the chain; 17 + 3 as Backblaze published it in 2018.
  @Test(arguments: [
    ("replicas=2", 7.29e5, 5.9), ("replicas=3", 1.12e10, 10.1),
    ("data=6 parity=3", 1.54e12, 12.2),
    ("data=17 parity=3 afr=0.41% repair=6.5d", 3.2e10, 10.5),
  ])
  func itReportsThePublishedRows(scheme: String, years: Double, nines: Double) throws {
    let session = try played("durability \(scheme)")
    #expect(abs(try number("durability.mttdl.theory", in: session) / years - 1) < 0.02)
    #expect(abs(try number("durability.mttdl.years", in: session) / years - 1) < 0.04)
    #expect(abs(try number("durability.nines.theory", in: session) - nines) < 0.05)
    #expect(abs(try number("durability.nines", in: session) - nines) < 0.07)
  }

  @Test func itsIntervalHoldsTheChain() throws {
    let report = try lastReport("durability data=17 parity=3 rebuild=serial")
    let fact = try #require(report.facts.first { $0.key == "durability.mttdl.years" })
    let theory = try #require(report.facts.first { $0.key == "durability.mttdl.theory" })
    guard case .quantity(let chain, _) = theory.value else { return }
    #expect(try #require(fact.low) < chain.value && chain.value < #require(fact.high))
    // Losses and years run opposite ways; their intervals still begin with the lower end.
    let loss = try #require(report.facts.first { $0.key == "durability.loss" })
    #expect(try #require(loss.low) < #require(loss.high))
    #expect(report.words.contains("its interval holds that value"))
  }

  @Test func itSaysHowItWasSimulated() throws {
    #expect(try lastReport("durability").words.contains("came before the repair in"))
    let bad = try lastReport("durability replicas=2 afr=90% repair=600h trials=2000").words
    #expect(bad.contains("2,000 lives") && bad.contains("Every device was followed"))
    #expect(bad.contains("deletion reaches all copies at once"))
  }

  @Test func theFirstYearIsALittleSafer() throws {
    let session = try played("durability replicas=1")
    #expect(abs(try number("durability.loss.theory", in: session) - 0.0157) < 1e-9)
    let vault = try played("durability data=17 parity=3 repair=6.5d")
    #expect(
      try value("durability.loss.first-year < durability.loss.theory", in: vault) == .flag(true))
    #expect(try value("durability.overhead", in: vault) == .quantity(Quantity(20.0 / 17), .none))
  }

  @Test(arguments: [
    ("durability replicas=50", "out-of-range", 21),
    ("durability replicas=2 data=4 parity=2", "durability-parameter", 21),
    ("durability data=6", "durability-parameter", 17),
    ("durability parity=2", "durability-parameter", 19),
    ("durability data=39 parity=2", "durability-parameter", 17),
    ("durability afr=0%", "durability-parameter", 16),
    ("durability afr=2 days", "wrong-unit", 16),
    ("durability repair=0s", "durability-parameter", 19),
    ("durability trials=10", "durability-parameter", 19),
    ("durability rebuild=never", "unknown-thing", 20),
    ("durability replicas=40 afr=99% repair=1900h", "durability-parameter", 1),
  ])
  func mistakesAreNamedWithTheirPlace(script: String, code: String, column: Int) throws {
    let diagnostic = try problem(script)
    #expect(diagnostic.code == code)
    #expect(diagnostic.span?.column == column)
  }

  @Test func mistakesAreSentences() throws {
    #expect(
      try problem("durability data=6").message
        == "6 parts of data need to be told how many of parity there are.")
    #expect(
      try problem("durability data=39 parity=2").message
        == "39 + 2 parts are 41 devices, and 1 to 40 are allowed.")
    #expect(
      try problem("durability repair=0s").message == "A repair takes 1 s to 365 days, not 0 s.")
  }

  @Test(arguments: [
    (999_400.0, "999,000"), (999_600, "1.00 million"), (1.122e10, "11.2 billion"),
    (9.999e11, "1.00 trillion"), (1.542e12, "1.54 trillion"), (1.7e104, "1.70 · 10^104"),
    (63.2, "63.2"),
  ])
  func largeNumbersAreWords(value: Double, text: String) {
    #expect(MagnitudeText.number(value) == text)
  }

  @Test func rangesSayTheirWordsOnce() {
    #expect(
      MagnitudeText.range("11.2 billion years", "11.3 billion years")
        == "11.2 to 11.3 billion years")
    #expect(
      MagnitudeText.range("1 in 999 million", "1 in 1.01 billion")
        == "1 in 999 million to 1.01 billion")
    #expect(MagnitudeText.range("38.6%", "41.3%") == "38.6% to 41.3%")
    #expect(MagnitudeText.range("2 years", "2 years") == "2 to 2 years")
  }
}

@Suite struct ValidateCommandTests {
  @Test func thisBuildAgreesWithAllThatIsPublished() throws {
    let session = try played("validate")
    #expect(try value("validate.off == 0", in: session) == .flag(true))
    #expect(try number("validate.numbers", in: session) >= 25)
  }

  @Test func aSubjectCanBePicked() throws {
    let session = try played("validate network")
    // Hosts and switches of the fat-tree.
    #expect(try number("validate.numbers", in: session) == 2)
  }

  @Test func whatDiffersIsNamed() {
    var numbers = PublishedNumber.all
    numbers[0].value *= 1.2
    let report = ValidationPage(numbers: numbers).report
    #expect(report.words.contains("1 differ"))
    #expect(report.words.contains(numbers[0].label))
    #expect(report.facts.contains { $0.key == "validate.off" && $0.value == .count(1) })
  }
}
