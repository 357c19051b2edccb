import Quantities
import Rendering
import Testing

@testable import Terminal

@Test func tabInsertsWhatAllCandidatesShare() {
  func step(_ line: String, _ candidates: [String]) -> CompletionStep {
    CompletionStep.step(line, candidates.map { Completion($0) })
  }
  #expect(step("buy ser", ["server"]) == .insert("ver "))
  #expect(step("buy ", ["server"]) == .insert("server "))
  #expect(step("buy server cou", ["count="]) == .insert("nt="))
  #expect(step("s", ["show", "show", "shop"]) == .insert("ho"))
  #expect(
    step("buy s", ["server", "switch"]) == .list([Completion("server"), Completion("switch")]))
  #expect(step("x", []) == .nothing)
  #expect(step("run", ["run"]) == .insert(" "))
  #expect(step("é", ["été"]) == .insert("té "))
}

@Test func aListOfCompletionsIsAlignedAndBounded() {
  let style = TextStyle(width: 40)
  let list = CompletionList(
    [Completion("buy", "buys a thing that the shop needs now and later"), Completion("replicate")],
    style: style)
  #expect(list.lines == ["  buy        buys a thing that the shop ", "  replicate"])
  let many = CompletionList((1...50).map { Completion("name-\($0)") }, style: style)
  #expect(many.lines.count == 20)
  #expect(many.lines.last == "  … and 31 more")
}

@Test func keysAreDecodedFromUTF8() {
  var decoder = KeyDecoder()
  func keys(_ bytes: [UInt8]) -> [Unicode.Scalar] { bytes.flatMap { decoder.feed($0) } }
  #expect(keys(Array("aé東😀".utf8)) == ["a", "é", "東", "😀"])
  // A broken sequence, an overlong one, a surrogate (three bytes that are no character).
  #expect(keys([0xC3, 0x61, 0xC0, 0x80]) == ["\u{FFFD}", "a", "\u{FFFD}", "\u{FFFD}"])
  #expect(keys([0xED, 0xA0, 0x80, 0x62]) == ["\u{FFFD}", "b"])
}

@Test @MainActor func aPromptsColoursTakeNoRoom() {
  #expect(
    LineEditor.markingEscapes("a\u{1B}[1mb\u{1B}[0m› ")
      == "a\u{1}\u{1B}[1m\u{1}b\u{1}\u{1B}[0m\u{1}› ")
}

@Test func historyThatHoldsOneLineOftenIsWrittenAnew() throws {
  let path = "/tmp/machineroom-compaction-test"
  let file = HistoryFile(path: path)
  try file.append("old")
  for _ in 0..<10 { try file.append("again") }
  try file.append("two\nlines")
  #expect(try file.load() == ["old", "again", "two\nlines"])
  #expect(try file.load() == ["old", "again", "two\nlines"])
  #expect(throws: TerminalFailure.self) { try HistoryFile(path: "/proc/none/x").append("a") }
  #expect(try HistoryFile(path: "/proc/none/x").load() == [])
}

// Who makes the screen narrower in the middle of a run gets lines that fit from then on.
@Test func progressFollowsTheWidthOfTheScreen() {
  final class Screen {
    var time: Duration = .zero
    var width = 80
    var text = ""
  }
  let screen = Screen()
  var line = ProgressLine(
    isEnabled: true, style: TextStyle(width: screen.width, isAscii: true), now: { screen.time },
    write: { screen.text += $0 })
  for (time, width) in [(2, 80), (3, 60)] {
    (screen.time, screen.width, screen.text) = (.seconds(time), width, "")
    line.update(Progress(share: 0.5, rate: "step 981/4000  loss 0.972  108,836 tokens/s"))
    #expect(screen.text.count > 40 && screen.text.dropFirst().count < width, "\(screen.text)")
  }
}

@Test func progressAppearsAfterASecondAndThenInSteps() {
  final class Screen {
    var time: Duration = .zero
    var text = ""
  }
  let screen = Screen()
  var line = ProgressLine(
    isEnabled: true, style: TextStyle(width: 80, isAscii: true), now: { screen.time },
    write: { screen.text += $0 })
  line.update(Progress(share: 0.1))
  screen.time = .milliseconds(999)
  line.update(Progress(share: 0.2))
  #expect(screen.text == "")
  screen.time = .seconds(2)
  let moment = Moment(year: 2004, month: 7, day: 3)
  line.update(Progress(share: 0.5, moment: moment, rate: "18.2 M events/s"))
  // Two seconds for one half leave two (and the one that is never promised away).
  let words = " 50%   2004-07-03   18.2 M events/s   3 s left"
  let bar = "[" + String(repeating: "#", count: 12) + String(repeating: ".", count: 12) + "]"
  #expect(screen.text == "\r  \(bar) \(words)")
  screen.time = .milliseconds(2_050)
  line.update(Progress(share: 0.6))
  #expect(screen.text == "\r  \(bar) \(words)")
  screen.text = ""
  line.clear()
  line.clear()
  #expect(screen.text == "\r" + String(repeating: " ", count: 31 + words.count) + "\r")
}

@Test(arguments: [40, 60, 80, 120]) func progressLeavesTheLastColumnsFreeForWhatIsTyped(width: Int)
{
  for isAscii in [false, true] {
    let text = ProgressLine.text(
      Progress(share: 0.345, moment: .origin, rate: "18.2 M events/s"), elapsed: .seconds(9),
      style: TextStyle(width: width, isAscii: isAscii))
    #expect(text.displayWidth <= width - 3)
    #expect(text.contains(" 34%"))
  }
}

@Test func aSearchStaysWithWhatTheLineBeganWith() {
  var search = HistorySearch()
  for line in ["run 1 day", "show shop", "run 2 days", "rerun 3", "show shop"] { search.add(line) }
  #expect(search.entries == ["run 1 day", "run 2 days", "rerun 3", "show shop"])
  #expect(search.older(line: "run x", upToCursor: "run") == "run 2 days")
  #expect(search.older(line: "run 2 days", upToCursor: "run 2 days") == "run 1 day")
  #expect(search.older(line: "run 1 day", upToCursor: "run 1 day") == nil)
  #expect(search.newer(line: "run 1 day") == "run 2 days")
  #expect(search.newer(line: "run 2 days") == "run x")
  #expect(search.newer(line: "run x") == nil)
  // An edited line begins a new search.
  #expect(search.older(line: "sh", upToCursor: "sh") == "show shop")
  #expect(search.newer(line: "show shop edited") == nil)
  #expect(search.older(line: "", upToCursor: "") == "show shop")
}
