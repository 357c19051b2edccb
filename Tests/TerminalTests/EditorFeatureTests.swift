import Glibc
import Quantities
import Testing

@testable import Terminal

@Test func aHistoryHintIsTheNewestLineThatBeginsSo() {
  let entries = ["run 1 day", "show shop", "run 1 week", "run\nshow", "sell server"]
  var hint = HistoryHint()
  #expect(hint.rest(of: "r", in: entries) == "un 1 week")
  #expect(hint.rest(of: "run 1 d", in: entries) == "ay")
  #expect(hint.rest(of: "run 1 day", in: entries) == nil)
  // A shorter line looks at everything again, and so does another one.
  #expect(hint.rest(of: "run 1 ", in: entries) == "week")
  #expect(hint.rest(of: "s", in: entries) == "ell server")
  #expect(hint.rest(of: "sh", in: entries) == "ow shop")
  #expect(hint.rest(of: "", in: entries) == nil)
}

@Test func aHintIsClippedToWholeCharacters() {
  let hint = Hint(completion: "a東b", remark: " [X]")
  #expect(hint.text(columns: 20) == "a東b [X]")
  #expect(hint.text(columns: 2) == "a")
  #expect(hint.text(columns: 0) == "")
}

private func pasted(_ text: String) -> PastedText {
  var paste = PastedText()
  for byte in text.utf8 where !paste.isOver { paste.take(byte) }
  return paste
}

@Test func aPasteKeepsItsLinesAndItsControlCharactersDoNothing() {
  let end = "\u{1B}[201~"
  #expect(pasted("one\r\ntwo\rthree\n\n" + end).text == "one\ntwo\nthree")
  #expect(pasted("a\u{1B}[Ab\u{3}c\td" + end).text == "a␛[Ab␃c  d")
  #expect(pasted("a" + end).isOver)
  #expect(!pasted("a\u{1B}[201").isOver)
}

@Test func aPasteOfTheGreatestLengthIsTakenAndALongerOneIsNot() {
  let end = "\u{1B}[201~"
  let most = String(repeating: "x", count: 65_536)
  #expect(!pasted(most + end).isTooLong)
  #expect(pasted(most + end).text == most)
  let longer = pasted(String(repeating: "x", count: 70_000) + end)
  #expect(longer.isTooLong)
  #expect(longer.isOver)
  #expect(longer.text.count < 100)
}

@Test func aControlCWithinAPasteIsNoInterruption() {
  func index(_ text: String) -> Int? { PastedText.lastIndex(of: 3, in: Array(text.utf8)) }
  #expect(index("abc") == nil)
  #expect(index("a\u{3}b\u{3}c") == 3)
  #expect(index("a\u{3}\u{1B}[200~x\u{3}y\u{1B}[201~") == 1)
  #expect(index("\u{1B}[200~x\u{3}y\u{1B}[201~\u{3}") == 15)
}

@Suite(.serialized) struct HintAndPasteTests {
  private func probe(
    _ environment: [String: String] = [:], columns: Int32 = 60, lines: [String] = []
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      .probe(["", "hints"]), environment: environment,
      columns: columns)
    try terminal.expectPrompt()
    for line in lines {
      terminal.type(line + "\r")
      try terminal.expect("<line ")
      try terminal.expectPrompt()
    }
    return terminal
  }

  @Test func aHintIsShownAndWipedByTheNextKey() throws {
    let terminal = try probe()
    terminal.type("r")
    terminal.type("u")
    try terminal.expect("\u{1B}[2mn [SPAN]\u{1B}[0m\u{1B}[8D")
    terminal.type("x")
    try terminal.expect("\u{1B}[K")
    terminal.type("\r")
    try terminal.expect("<line \"rux\">")
  }

  @Test(arguments: ["\u{1B}[C", "\u{5}", "\u{1B}[F"])
  func rightTakesTheCompletionWithoutTheRemark(key: String) throws {
    let terminal = try probe()
    terminal.type("ru")
    try terminal.expect("[SPAN]")
    terminal.type(key + " 1\r")
    try terminal.expect("<line \"run 1\">")
  }

  @Test func whatWasTypedBeforeComesFirst() throws {
    let terminal = try probe(lines: ["run 2 days"])
    terminal.type("ru")
    try terminal.expect("\u{1B}[2mn 2 days\u{1B}[0m")
    terminal.type("\u{1B}[C\r")
    try terminal.expect("<line \"run 2 days\">")
  }

  @Test func aHintEndsBeforeTheEdgeOfTheScreen() throws {
    let long = "measure " + String(repeating: "z", count: 60)
    let terminal = try probe(columns: 40, lines: [long])
    terminal.type("mea")
    // The prompt takes two columns and the word three; the last column stays free.
    try terminal.expect(
      "\u{1B}[2msure " + String(repeating: "z", count: 29) + "\u{1B}[0m\u{1B}[34D")
  }

  @Test func aPasteOfThreeLinesIsOneInputThatEnterEnds() throws {
    let terminal = try probe()
    terminal.type("\u{1B}[200~one\rtwo\nthree\n\u{1B}[201~")
    try terminal.expect("three")
    terminal.type("\r")
    try terminal.expect("<line \"one\\ntwo\\nthree\">")
  }

  @Test func aPasteEndsNothingAndInterruptsNothing() throws {
    let terminal = try probe()
    terminal.type("\u{1B}[200~a\u{3}b\u{4}c\u{1A}d\u{1B}[A\u{1C}\u{1B}[201~\r")
    try terminal.expect("<line \"a␃b␄c␚d␛[A␜\">")
  }

  @Test func aPasteGoesInWhereTheCursorIs() throws {
    let terminal = try probe()
    terminal.type("ad\u{1B}[D\u{1B}[200~bc\u{1B}[201~\r")
    try terminal.expect("<line \"abcd\">")
  }

  @Test func aHugePasteIsRefusedAndTheLineStays() throws {
    let terminal = try probe()
    terminal.type("kept")
    try terminal.expect("kept")
    terminal.type("\u{1B}[200~" + String(repeating: "xyz ", count: 20_000) + "\u{1B}[201~")
    try terminal.expect("longer than 65536 bytes")
    terminal.type("\r")
    try terminal.expect("<line \"kept\">")
  }

  @Test func pastesAreMarkedOnlyWhileALineIsRead() throws {
    let terminal = try probe()
    try terminal.expect("\u{1B}[?2004h")
    terminal.type("x\r")
    try terminal.expect("\u{1B}[?2004l")
    try terminal.expect("<line")
  }

  @Test func controlCRightBehindEnterStopsTheCommand() throws {
    let terminal = try probe()
    // In one piece: the terminal has the key before it takes it for a signal again.
    terminal.type("spin\r\u{3}")
    try terminal.expect("<stopped after 1>")
    try terminal.expectPrompt()
    terminal.type("next\r")
    try terminal.expect("<line \"next\">")
  }

  @Test func regionsAreMarkedWithTheStatus() throws {
    let terminal = try PseudoTerminal(.probe([]))
    try terminal.expect("\u{1B}]133;A\u{7}")
    try terminal.expectPrompt()
    terminal.type("x\r")
    try terminal.expect("\u{1B}]133;C\u{7}")
    try terminal.expect("<line \"x\">")
    try terminal.expect("\u{1B}]133;D;0\u{7}\u{1B}]133;A\u{7}")
    try terminal.expectPrompt()
    terminal.type("\u{3}")
    try terminal.expect("\u{1B}]133;D;130\u{7}\u{1B}]133;A\u{7}")
  }
}
