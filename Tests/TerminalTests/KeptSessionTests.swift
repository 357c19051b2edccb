import Foundation
import Testing

/// The session that the prompt keeps by itself, with a home of its own for each test.
@Suite(.serialized)
final class KeptSessionTests {
  private let home = NSTemporaryDirectory() + "machineroom-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  private var folder: String { home + "/.local/state/machineroom/sessions/main" }

  private func program(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
    var variables = ["HOME": home, "MACHINEROOM_HINTS": "off"]
    variables.merge(environment) { _, new in new }
    return try PseudoTerminal(.machineroom([]), environment: variables, columns: 100)
  }

  private func started(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try program(environment)
    try terminal.expectPrompt()
    return terminal
  }

  private func say(_ line: String, to terminal: PseudoTerminal) throws {
    terminal.type(line + "\r")
    try terminal.expectPrompt()
  }

  private func leave(_ terminal: PseudoTerminal) {
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func thePromptGoesOnWhereItWasLeft() throws {
    let first = try started()
    try say("new shop visits=100/day", to: first)
    try say("run 1 h", to: first)
    leave(first)
    let second = try program()
    try second.expect("Welcome back: it is 2004-03-01 01:00")
    try second.expectPrompt()
    try say("undo", to: second)
    second.type("history\r")
    try second.expect("new shop servers=1")
    try second.expectPrompt()
    leave(second)
  }

  @Test func aSecondPromptOnlyLooksAndMayTakeACopy() throws {
    let first = try started()
    try say("new shop visits=100/day", to: first)
    let second = try program()
    try second.expect("Another prompt has this session open")
    try second.expectPrompt()
    second.type("run 1 h\r")
    try second.expect("error[read-only]")
    try second.expectPrompt()
    second.type("save mine\r")
    try second.expect("A copy of this session is kept as 'mine'")
    try second.expectPrompt()
    second.type("run 1 h\r")
    try second.expect("It is 2004-03-01 01:00")
    try second.expectPrompt()
    // The first is as it was, and goes on.
    first.type("run 2 h\r")
    try first.expect("It is 2004-03-01 02:00")
    try first.expectPrompt()
    first.type("open mine\r")
    try first.expect("Another prompt has this session open")
    try first.expectPrompt()
    leave(first)
    leave(second)
  }

  @Test func aStoppedRunIsKeptAndOutlivesThePrompt() throws {
    let terminal = try started()
    try say("new shop visits=20000/day", to: terminal)
    terminal.type("run 5 years\r")
    try terminal.expect("run 5 years\r\n")
    terminal.read(for: .milliseconds(300))
    terminal.type("\u{3}")
    try terminal.expect("'keep' accepts the part that ran.")
    try terminal.expectPrompt()
    try say("keep", to: terminal)
    leave(terminal)
    let log = try String(contentsOfFile: folder + "/log", encoding: .utf8)
    #expect(log.contains(#/\nrun until 20\d\d-\d\d-\d\dT\d\d:\d\d\n$/#))
    let again = try program()
    try again.expect("Welcome back")
  }

  @Test func withoutAHomeNothingIsKeptAndThatIsSaid() throws {
    let terminal = try program(["HOME": ""])
    try terminal.expect("This session is not kept: HOME is not set")
    try terminal.expectPrompt()
    try say("new shop visits=100/day", to: terminal)
    leave(terminal)
  }

  @Test func whereNothingCanBeWrittenThePromptWorksAllTheSame() throws {
    let terminal = try program(["XDG_STATE_HOME": "/proc/nowhere"])
    try terminal.expect("This session is not kept")
    try terminal.expectPrompt()
    terminal.type("new shop visits=100/day ; run 1 h\r")
    try terminal.expect("It is 2004-03-01 01:00")
    try terminal.expectPrompt()
    leave(terminal)
  }

  @Test(
    arguments: [
      ("# machineroom log, semantics 0, seed 1\nnew shop\n", "is of engine semantics 0"),
      ("my shopping list\n", "begins with 'my shopping list'"),
    ])
  func aLogThatIsNotOursIsSetAside(log: String, words: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(log.utf8).write(to: URL(filePath: folder + "/log"))
    let terminal = try program()
    try terminal.expect(words)
    try terminal.expectPrompt()
    try say("new shop visits=100/day", to: terminal)
    leave(terminal)
    #expect(try String(contentsOfFile: folder + "/log.1", encoding: .utf8) == log)
    #expect(
      try String(contentsOfFile: folder + "/log", encoding: .utf8).contains("visits=100/day"))
  }

  @Test func aDamagedLogGivesBackWhatCameBeforeTheDamage() throws {
    let first = try started()
    try say("new shop visits=100/day", to: first)
    try say("run 1 h", to: first)
    try say("run 2 h", to: first)
    leave(first)
    let path = folder + "/log"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let damaged = text.replacing("run 2 h", with: "rnu 2 h")
    try Data(damaged.utf8).write(to: URL(filePath: path))
    let second = try program()
    try second.expect("There is no command 'rnu'")
    try second.expect("Welcome back: it is 2004-03-01 01:00")
    try second.expectPrompt()
    leave(second)
    #expect(try String(contentsOfFile: folder + "/log.1", encoding: .utf8) == damaged)
  }
}
