import CommandLanguage
import Commands
import Testing

/// What Tab offers at the end of a line, in a session in which a few things exist.
private func offered(_ line: String) throws -> [String] {
  try completer().candidates(for: line).map(\.text)
}

private func completer() throws -> Completer {
  var session = Session()
  let script =
    "new shop start=2004-03-02\nmark opening\nrun 1 min\nmark evening\nfork lean\nfork rich"
  for report in try session.run(Source(text: script), CommandContext(host: NoHost())) {
    #expect(!report.isError)
  }
  var names = session.namesInUse
  names.provide("lesson") { [.init("quilt-shop", "The quilt shop")] }
  return Completer(registry: .standard, names: names, words: [.init("hint", "the next hint")])
}

@Test func tabOffersVerbsAndTheWordsOfALesson() throws {
  #expect(try offered("plo") == ["plot"])
  #expect(try offered("hi") == ["history", "hint"])
  #expect(try offered("run 1 day ; sho") == ["show"])
  #expect(try offered("new shop\nund") == ["undo"])
}

@Test func tabOffersWhatExists() throws {
  #expect(try offered("switch ") == ["main", "lean", "rich"])
  #expect(try offered("compare lean ri") == ["rich"])
  #expect(try offered("replicate 3 against=l") == ["against=lean"])
  #expect(try offered("learn ") == ["quilt-shop"])
  #expect(try offered("plot shop.visits since ").prefix(2) == ["opening", "evening"])
  #expect(try offered("expect shop.visits since op") == ["opening"])
}

@Test func tabOffersDaysOfThisWorldInWindows() throws {
  #expect(try offered("show shop during ") == ["2004-03-02", "2004-03-01"])
  #expect(try offered("run until 2004").contains("2004-03-02"))
  #expect(try offered("plot shop.visits d") == ["during"])
  #expect(try offered("expect shop.visits si") == ["since"])
}

@Test func tabOffersTheUnitsOfWhatTheNumberMeasures() throws {
  #expect(try offered("run 3 d") == ["days"])
  #expect(try offered("run 1 d") == ["day"])
  #expect(try offered("run 3 mo") == ["months"])
  #expect(try offered("run 3w") == ["3weeks"])
  #expect(try offered("run until shop.lost > 0 limit=90 w") == ["weeks"])
  #expect(try offered("new shop visits=100/d") == ["visits=100/day"])
  #expect(try offered("plot shop.visits over 2 ").contains("weeks"))
  // Seconds, because the fact is a time; per second, because it is not.
  #expect(try offered("expect shop.response.p99 < 2 m").prefix(2) == ["min", "ms"])
  #expect(try offered("buy server 1u-2004 count=3 ") == ["feed=", "place="])
}

@Test func tabOffersValuesWithWhatTheyMean() throws {
  let models = try completer().candidates(for: "buy server 1u")
  #expect(models.map(\.text).prefix(3) == ["1u-2000", "1u-2004", "1u-2004-dual"])
  #expect(
    models[1].summary == "one 2.8 GHz core, 1 GB, one disk, from 2003 to 2007, first $3,500")
  let lines = try completer().candidates(for: "set uplink t")
  #expect(
    lines.map(\.summary) == [
      "24 telephone channels on one line, 1.544 Mbit/s, from 1990 to 2018, first $1,200",
      "28 T1 on one line, 44.74 Mbit/s, from 1992 to 2018, first $15,000",
    ])
}

@Test func tabOffersFactsWithTheirSuffixes() throws {
  #expect(
    try offered("plot shop.response.") == [
      "shop.response.mean", "shop.response.p50", "shop.response.p95", "shop.response.p99",
      "shop.response.max",
    ])
  #expect(try offered("help kW").isEmpty)
  #expect(try offered("?util") == ["?utilization"])
}

@Test func everythingThatTabOffersHasADescription() throws {
  let completer = try completer()
  let lines =
    ["", "?", "help ", "learn ", "switch ", "commands "]
    + Registry.standard.verbs.flatMap { ["\($0) ", "\($0) x ", "\($0) 3 "] }
  for line in lines {
    let bare = completer.candidates(for: line).filter(\.summary.isEmpty).map(\.text)
    #expect(bare == [], "behind '\(line)'")
  }
}

@Test func nothingIsOfferedWithinQuotationMarks() throws {
  #expect(try offered("read \"sho") == [])
}

@Test func aHintGoesOnWithTheWordAndThenTellsWhatElseThereIs() throws {
  let completer = try completer()
  func hint(_ line: String) -> [String?] {
    let hint = completer.hint(for: line)
    return [hint?.completion, hint?.remark]
  }
  #expect(hint("buy se") == ["rver", " [MODEL] [count=N] [feed=FEED] [place=PLACE]"])
  #expect(hint("buy server 1u-2004 ") == ["", "[count=N] [feed=FEED] [place=PLACE]"])
  #expect(hint("sw") == ["itch", " NAME"])
  #expect(hint("run 3 d") == ["ays", " [until MOMENT|EXPRESSION] [limit=LIMIT]"])
  #expect(hint("undo") == [nil, nil])
  #expect(hint("xyz") == [nil, nil])
  // A number could have any unit, so none is put into somebody's mouth.
  #expect(hint("run 3")[0] == "")
}

@Test func everyTermOfTheGlossaryLeadsToThingsThatExist() {
  let registry = Registry.standard
  for term in Glossary.terms {
    for word in term.shownBy {
      #expect(
        registry.command(word) != nil || registry.catalog.resolve(word) != nil,
        "\(term.name): \(word)")
    }
    for name in [term.name] + term.aliases {
      #expect(Glossary.term(name)?.name == term.name, "'\(name)' means two things")
    }
  }
}

@Test func aQuestionMarkAnswersFromCommandsFactsUnitsAndTerms() throws {
  func answer(_ line: String) throws -> String {
    var session = Session()
    let report = try session.run(Source(text: line), CommandContext(host: NoHost()))[0]
    return report.blocks.map { "\($0)" }.joined()
      + report.diagnostics.map { $0.help ?? "" }.joined()
  }
  #expect(try answer("?run").contains("Let time pass"))
  #expect(try answer("?shop.response.p99").contains("what 99% do not exceed"))
  // An hour of 1,000 J/s: 3.6 MJ.
  #expect(try answer("?kWh").contains("1 kWh is 3,600,000 J"))
  #expect(try answer("?PUE").contains("power of the whole building"))
  #expect(try answer("?utilisation").contains("Did you mean 'utilization'?"))
  #expect(try answer("?shwo").contains("Did you mean 'show'?"))
}
