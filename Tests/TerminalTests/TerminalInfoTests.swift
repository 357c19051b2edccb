import Rendering
import Terminal
import Testing

private func depth(
  _ environment: [String: String], _ choice: ColorChoice = .auto, isTerminal: Bool = true
) -> ColorDepth {
  TerminalInfo.colorDepth(choice, environment: environment, isTerminal: isTerminal)
}

@Test func theFirstThatSpeaksDecidesAboutColour() {
  let xterm = ["TERM": "xterm"]
  #expect(depth(xterm) == .sixteen)
  #expect(depth(["TERM": "screen-256color"]) == .twoHundredFiftySix)
  #expect(depth(["TERM": "xterm", "COLORTERM": "truecolor"]) == .trueColor)
  #expect(depth(["TERM": "dumb", "COLORTERM": "truecolor"]) == .none)
  #expect(depth([:]) == .none)
  #expect(depth(xterm, isTerminal: false) == .none)
  #expect(depth(["TERM": "xterm", "CLICOLOR_FORCE": "1"], isTerminal: false) == .sixteen)
  #expect(depth(["TERM": "xterm", "CLICOLOR_FORCE": "0"], isTerminal: false) == .none)
  #expect(depth(["TERM": "dumb", "CLICOLOR_FORCE": "1"]) == .sixteen)
  #expect(depth(["TERM": "xterm", "CLICOLOR_FORCE": "1", "NO_COLOR": "1"]) == .none)
  #expect(depth(["TERM": "xterm", "NO_COLOR": ""]) == .sixteen)
  #expect(depth(["TERM": "xterm", "NO_COLOR": "1"], .always) == .sixteen)
  #expect(depth(["TERM": "xterm", "CLICOLOR_FORCE": "1"], .never) == .none)
}

@Test func theTerminalsWidthCountsBeforeTheEnvironments() {
  #expect(TerminalInfo.width(ofTerminal: 100, environment: ["COLUMNS": "60"]) == 100)
  #expect(TerminalInfo.width(ofTerminal: 0, environment: ["COLUMNS": "60"]) == 60)
  #expect(TerminalInfo.width(ofTerminal: 0, environment: ["COLUMNS": "wide"]) == 80)
  #expect(TerminalInfo.width(ofTerminal: 0, environment: [:]) == 80)
  #expect(TerminalInfo.width(ofTerminal: 12, environment: [:]) == 40)
  #expect(TerminalInfo.width(ofTerminal: 999, environment: [:]) == 200)
}

@Test func theLocaleForCharactersTellsAboutUnicode() {
  #expect(TerminalInfo.isUnicode(["LANG": "en_US.UTF-8"]))
  #expect(TerminalInfo.isUnicode(["LANG": "C", "LC_CTYPE": "C.utf8"]))
  #expect(TerminalInfo.isUnicode(["LANG": "de_DE.UTF-8@euro"]))
  #expect(!TerminalInfo.isUnicode(["LANG": "en_US.UTF-8", "LC_ALL": "C"]))
  #expect(TerminalInfo.isUnicode(["LANG": "en_US.UTF-8", "LC_ALL": ""]))
  #expect(!TerminalInfo.isUnicode(["LANG": "en_US.ISO-8859-1"]))
  #expect(!TerminalInfo.isUnicode([:]))
}

@Test func theStyleOfAnOutputFollowsOptionsThenTheTerminal() {
  var info = TerminalInfo.current()
  info.isOutputTerminal = true
  info.isErrorTerminal = false
  info.isUnicode = false
  info.width = 100
  info.environment = ["TERM": "xterm"]
  #expect(info.style() == TextStyle(width: 100, isAscii: true, usesColor: true))
  #expect(info.style(for: .error) == TextStyle(width: 100, isAscii: true, isScreen: false))
  info.isUnicode = true
  #expect(
    info.style(color: .never, isAscii: true, width: 60)
      == TextStyle(width: 60, isAscii: true, usesColor: false))
}
