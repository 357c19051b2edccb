import Glibc
import Testing

/// The program itself, as a newcomer finds it: with an empty home.
@Suite(.serialized) final class ProgramTests {
  private let home = "/tmp/machineroom-program-\(getpid())"

  init() { mkdir(home, 0o700) }

  deinit {
    unlink(historyPath)
    for folder in [
      "/.local/state/machineroom/lessons", "/.local/state/machineroom", "/.local/state", "/.local",
      "",
    ] {
      rmdir(home + folder)
    }
  }

  private var historyPath: String { home + "/.local/state/machineroom/history" }

  private func program(
    _ environment: [String: String] = [:], isAwaited: Bool = true
  ) throws -> PseudoTerminal {
    var variables = ["HOME": home, "MACHINEROOM_HINTS": "off"]
    variables.merge(environment) { _, new in new }
    let terminal = try PseudoTerminal(
      .machineroom(["--no-session"]), environment: variables, columns: 100)
    if isAwaited { try terminal.expectPrompt() }
    return terminal
  }

  private func say(_ line: String, to terminal: PseudoTerminal) throws {
    terminal.type(line + "\r")
    try terminal.expectPrompt()
  }

  @Test func whatWasTypedIsKeptForTheNextTimeFromTheFirstStartOn() throws {
    let first = try program()
    try say("help quit", to: first)
    first.type("\u{4}")
    #expect(first.exitStatus() == 0)
    var status = stat()
    #expect(stat(historyPath, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let second = try program()
    second.type("\u{12}elp q\r")
    try second.expect("Leave; Ctrl-D")
  }

  @Test func aPasteOfThreeLinesRunsAsThreeStatements() throws {
    let terminal = try program()
    terminal.type("\u{1B}[200~new shop\nmark opening\nfork lean\n\u{1B}[201~")
    try terminal.expect("fork lean")
    terminal.type("\r")
    try terminal.expect("is marked 'opening'")
    try terminal.expect("You are in 'lean' now")
    try terminal.expect("\u{1B}]133;D;0\u{7}")
    try terminal.expectPrompt()
  }

  @Test func anErrorIsInTheMarkAndDoesNotStopTheLineThatFollows() throws {
    let terminal = try program()
    terminal.type("shwo\r")
    try terminal.expect("Did you mean 'show'?")
    try terminal.expect("\u{1B}]133;D;3\u{7}")
    try terminal.expectPrompt()
    terminal.type("new shop ; mark opening\r")
    try terminal.expect("is marked 'opening'")
    try terminal.expect("\u{1B}]133;D;0\u{7}")
    terminal.type("expect shop.visits > 5\r")
    try terminal.expect("\u{1B}]133;D;1\u{7}")
  }

  @Test func aHintOfTheProgramTellsArguments() throws {
    let terminal = try program(["MACHINEROOM_HINTS": ""])
    terminal.type("sw")
    try terminal.expect("itch NAME")
    terminal.type("\u{1B}[C\u{15}")
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
  func withoutColourNothingOfOursIsSent(environment: [String: String]) throws {
    let terminal = try program(
      environment.merging(["MACHINEROOM_HINTS": ""]) { a, _ in a }, isAwaited: false)
    try terminal.expect("2004-03-01")
    terminal.type("help sw\u{15}help run\r")
    try terminal.expect("Let time pass")
    terminal.type("quit\r")
    #expect(terminal.exitStatus() == 0)
    for sequence in ["\u{1B}]", "\u{1B}[2m", "\u{1B}[1m", "\u{1B}[0m"] {
      #expect(!terminal.output.contains(sequence))
    }
    if environment["TERM"] == "dumb" { #expect(!terminal.output.contains("\u{1B}")) }
  }

  @Test func tabOffersBranchesAndLessons() throws {
    let terminal = try program()
    try say("new shop ; fork lean", to: terminal)
    terminal.type("switch \t")
    try terminal.expect("lean  you are here, at 2004-03-01\r\n")
    terminal.type("\u{15}learn \t")
    try terminal.expect("quilt-shop")
  }

  @Test func controlZGoesToTheShellAndFgComesBackToTheLine() throws {
    let path = try TestedProgram.machineroom([]).words()[0]
    let terminal = try PseudoTerminal(
      .shell, environment: ["HOME": home, "PS1": "shell> ", "MACHINEROOM_HINTS": "off"],
      columns: 100)
    try terminal.expect("shell> ")
    terminal.type("\(path) --no-session\n")
    try terminal.expectPrompt()
    terminal.type("help qu")
    try terminal.expect("help qu")
    terminal.type("\u{1A}")
    try terminal.expect("shell> ")
    terminal.type("echo in-$((40+2))\n")
    try terminal.expect("in-42")
    try terminal.expect("shell> ")
    terminal.type("fg\n")
    try terminal.expectPrompt()
    try terminal.expect("help qu")
    terminal.type("it\r")
    try terminal.expect("Leave; Ctrl-D")
  }

  @Test func controlDLeaves() throws {
    let terminal = try program()
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func whatIsTypedWhileACommandRunsComesAtTheNextPrompt() throws {
    let terminal = try program()
    try say("new shop", to: terminal)
    terminal.type("run 1 h\r")
    terminal.type("mark later\rhelp qu")
    try terminal.expect("is marked 'later'")
    try terminal.expectPrompt()
    terminal.type("it\r")
    try terminal.expect("Leave; Ctrl-D")
  }

  @Test func aLocaleWithoutUnicodeGetsAscii() throws {
    let terminal = try program(["LANG": "C", "LC_ALL": "C"])
    terminal.type("help run\r")
    try terminal.expect("Let time pass")
    try terminal.expectPrompt()
    #expect(terminal.output.utf8.allSatisfy { $0 < 0x80 })
  }
}
