import Glibc
import Testing

@Suite(.serialized) struct PromptTests {
  private func prompt(
    historyPath: String? = nil, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(historyPath: historyPath, environment: environment)
    try terminal.expectPrompt()
    return terminal
  }

  @Test func aTypedLineArrives() throws {
    let terminal = try prompt()
    terminal.type("buy 東京 é\r")
    try terminal.expect("<line \"buy 東京 é\">")
    try terminal.expectPrompt()
  }

  @Test func controlCDropsTheLineAndAsksAgain() throws {
    let terminal = try prompt()
    terminal.type("half a li")
    try terminal.expect("half a li")
    terminal.type("\u{3}")
    try terminal.expect("^C\r\n<interrupted>")
    try terminal.expectPrompt()
    terminal.type("next\r")
    try terminal.expect("<line \"next\">")
  }

  @Test func controlCStopsARunningCommandAtItsCheckpoint() throws {
    let terminal = try prompt()
    terminal.type("spin\r")
    try terminal.expect("<spinning after 0>")
    terminal.type("\u{3}")
    try terminal.expect("<stopped after 1>")
    try terminal.expectPrompt()
    // The press was for that command: neither the next one nor the next line knows of it.
    terminal.type("spin\r")
    try terminal.expect("<spinning after 0>")
    terminal.type("\u{3}")
    try terminal.expect("<stopped after 1>")
    try terminal.expectPrompt()
    terminal.type("next\r")
    try terminal.expect("<line \"next\">")
  }

  @Test func theThirdControlCLeavesACommandThatNeverAsks() throws {
    let terminal = try prompt()
    terminal.type("stuck\r")
    try terminal.expect("<stuck>")
    for _ in 0..<2 {
      terminal.type("\u{3}")
      try terminal.expect("^C")
      // Signals of one kind that wait are one; a finger is slower than that.
      terminal.read(for: .milliseconds(200))
    }
    // Two are not enough, and the third counts a second after the first.
    terminal.read(for: .seconds(1))
    terminal.type("\u{3}")
    #expect(terminal.exitStatus() == 130)
  }

  @Test func controlCEndsAScriptWithStatus130() throws {
    let terminal = try prompt()
    terminal.type("script\r")
    try terminal.expect("<running>")
    terminal.type("\u{3}")
    #expect(terminal.exitStatus() == 130)
  }

  @Test func theUsersOwnFileChoosesTheKeys() throws {
    let home = "/tmp/machineroom-home-\(getpid())"
    mkdir(home, 0o700)
    let file = open(home + "/.editrc", O_WRONLY | O_CREAT, 0o600)
    let text = Array("bind -v\n".utf8)
    _ = write(file, text, text.count)
    close(file)
    defer {
      unlink(home + "/.editrc")
      rmdir(home)
    }
    let terminal = try prompt(environment: ["HOME": home])
    // In vi's command mode `0` goes to the start and `x` deletes; completion stays bound.
    terminal.type("ru\t2\u{1B}[D\u{1B}[C")
    terminal.type("\u{1B}0x")
    terminal.type("A1\r")
    try terminal.expect("<line \"un 21\">")
    try terminal.expectPrompt()
    terminal.type("\u{1B}[A\r")
    try terminal.expect("<line \"un 21\">")
  }

  @Test func controlDOnAnEmptyLineEnds() throws {
    let terminal = try prompt()
    terminal.type("ab\u{4}")
    terminal.type("\u{1}\u{4}\r")
    try terminal.expect("<line \"b\">")
    try terminal.expectPrompt()
    terminal.type("\u{4}")
    try terminal.expect("<end>")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func upFindsTheLastLineThatBeginsAsTyped() throws {
    let terminal = try prompt()
    for line in ["run 1 day", "show shop", " secret"] {
      terminal.type(line + "\r")
      try terminal.expect("<line \"\(line)\">")
      try terminal.expectPrompt()
    }
    terminal.type("ru\u{1B}[A\r")
    try terminal.expect("<line \"run 1 day\">")
    try terminal.expectPrompt()
    terminal.type("\u{1B}[A\u{1B}[A\r")
    try terminal.expect("<line \"show shop\">")
    try terminal.expectPrompt()
    // Up from `show` and down again gives back what was typed.
    terminal.type("show\u{1B}[A\u{1B}[B it\r")
    try terminal.expect("<line \"show it\">")
    try terminal.expectPrompt()
    terminal.type("\u{1B}[A")
    try terminal.expect("show it")
    terminal.type("\u{1B}[Bz")
    try terminal.expect("z")
    terminal.type("\r")
    try terminal.expect("<line \"z\">")
  }

  @Test func controlRSearchesBackward() throws {
    let terminal = try prompt()
    for line in ["queue servers=2", "show shop"] {
      terminal.type(line + "\r")
      try terminal.expect("<line \"\(line)\">")
      try terminal.expectPrompt()
    }
    terminal.type("\u{12}serv")
    terminal.type("\r")
    try terminal.expect("<line \"queue servers=2\">")
  }

  @Test func tabCompletesOneAndListsSeveral() throws {
    let terminal = try prompt()
    terminal.type("ru\t3\r")
    try terminal.expect("<line \"run 3\">")
    try terminal.expectPrompt()
    terminal.type("sh\t")
    try terminal.expect("show ")
    terminal.type("\t")
    try terminal.expect("  show network  the verb show network\r\n")
    try terminal.expect("  show shop     the verb show shop\r\n")
    terminal.type("s\t\r")
    try terminal.expect("<line \"show shop \">")
  }

  @Test func anIncompleteLineIsContinued() throws {
    let terminal = try prompt()
    terminal.type("one\\\r")
    terminal.type("two\r")
    try terminal.expect("<line \"one\\\\\\ntwo\">")
  }

  @Test func whatIsTypedAheadIsKept() throws {
    let terminal = try prompt()
    terminal.type("first\rsecond\r\u{4}")
    try terminal.expect("<line \"first\">")
    try terminal.expect("<line \"second\">")
    try terminal.expect("<end>")
  }

  @Test func aResizeKeepsTheLine() throws {
    let terminal = try prompt()
    terminal.type("half")
    try terminal.expect("half")
    terminal.resize(columns: 44)
    try terminal.expect("half")
    terminal.type(" whole\r")
    try terminal.expect("<line \"half whole\">")
  }

  @Test func theLineIsShownAgainWhenTheProcessContinues() throws {
    let terminal = try prompt()
    terminal.type("half")
    try terminal.expect("half")
    terminal.signal(SIGCONT)
    try terminal.expect("half")
    terminal.type("\r")
    try terminal.expect("<line \"half\">")
  }

  @Test(arguments: [["LC_ALL": "C"], ["TERM": "dumb"], ["TERM": "no-such-terminal"], ["LANG": ""]])
  func aPoorEnvironmentStillEdits(environment: [String: String]) throws {
    let terminal = try prompt(environment: environment)
    terminal.type("ac\u{2}b\r")
    try terminal.expect("<line \"abc\">")
  }

  @Test func historyIsPrivateAndOutlivesTheProgram() throws {
    let path = "/tmp/machineroom-history-\(getpid())"
    unlink(path)
    defer { unlink(path) }
    let first = try prompt(historyPath: path)
    #expect(access(path, F_OK) != 0)
    for line in ["one", "two \\ three", "one", " four"] {
      first.type(line + "\r")
      try first.expect("<line ")
      try first.expectPrompt()
    }
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    first.type("\u{4}")
    #expect(first.exitStatus() == 0)

    let second = try prompt(historyPath: path)
    second.type("\u{1B}[A\u{1B}[A\r")
    try second.expect("<line \"two \\\\ three\">")
    try second.expectPrompt()
    // Each line is kept once: below `two` there is only `one`, and above it nothing.
    second.type("\u{1B}[A\u{1B}[A\u{1B}[A\r")
    try second.expect("<line \"one\">")
  }
}
