import Foundation
import Testing

/// What a session on disk survives.
@Suite struct SurvivalTests {
  /// Statements of many kinds, each of which enters the log.
  private static let statements: [String] =
    ["new shop visits=2000/day", "mark opening", "run 10 min", "buy server", "fork lean"]
    + (0..<12).flatMap { index in
      [
        "run \(7 + index) min", "set uplink \(index % 2 == 0 ? "t3" : "t1")", "undo", "redo",
        "switch \(index % 2 == 0 ? "main" : "lean")", "mark m\(index)", "demand \(1 + index)",
      ]
    }

  /// CI asks for more than a developer wants to wait for.
  private static let killCount =
    Int(ProcessInfo.processInfo.environment["MACHINEROOM_KILLS"] ?? "") ?? 10

  /// Runs the program with a limit on the size of the files that it writes, in bytes; its output goes
  /// through a pipe, which has none.
  private static func limited(to size: Int, ignoringSignal: Bool) -> [String] {
    // Whoever runs the tests may ignore it already.
    let signal = ignoringSignal ? "--ignore-signal=XFSZ" : "--default-signal=XFSZ"
    return [
      "bash", "-c",
      "set -o pipefail; env \(signal) prlimit --fsize=\(size): -- \"$@\" | cat", "bash",
    ]
  }

  private static let script = statements.map { $0 + "\nshow world\n" }.joined()

  /// The state hash after each number of statements, by a session that nobody disturbs.
  private func hashes(_ program: Program) throws -> [String] {
    let outcome = try program.run([], input: "show world\n" + Self.script)
    #expect(outcome.status == 0)
    return outcome.output.stateHashes
  }

  private func logLines(_ folder: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder + "/log") else { return [] }
    let text = try String(contentsOfFile: folder + "/log", encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func aKillLosesNoStatementWhoseResultWasShown() throws {
    let program = try Program()
    defer { program.remove() }
    let hashes = try hashes(program)
    #expect(hashes.count == Self.statements.count + 1)
    var random = SystemRandomNumberGenerator()
    var kills = 0
    var session = 0
    let clock = ContinuousClock()
    while kills < Self.killCount {
      session += 1
      let folder = program.home + "/session-\(session)"
      var done = 0
      var isOver = false
      // How long a resume takes here and now, so that kills come before, in and after work.
      var resume = try clock.measure { try program.run(["run", "-c", "show world"]) } / .seconds(1)
      // A machine that is slower from one moment to the next may not even resume in that time.
      var killsWithoutProgress = 0
      while !isOver {
        let rest = Self.statements.dropFirst(done).map { $0 + "\nshow world\n" }.joined()
        let outcome = try program.run(
          ["--session", folder], input: rest,
          killAfter: .random(in: 0...resume * Double(2 + killsWithoutProgress), using: &random))
        isOver = !outcome.wasKilled
        kills += isOver ? 0 : 1
        let shown = done + outcome.output.stateHashes.count
        // The script's hashes came in order as far as they came.
        #expect(Array(hashes[(done + 1)..<(shown + 1)]) == outcome.output.stateHashes)
        var resumed: Program.Outcome?
        resume =
          try clock.measure {
            resumed = try program.run(["run", "--session", folder, "-c", "show world"])
          } / .seconds(1)
        let before = done
        done = try logLines(folder).count
        killsWithoutProgress = done > before ? 0 : killsWithoutProgress + 1
        #expect(done >= shown, "a statement was shown and is not in the log")
        #expect(resumed?.output.stateHashes == [hashes[done]])
      }
      #expect(done == Self.statements.count)
    }
  }

  @Test func aDeathWithinAWriteLosesThatStatementAlone() throws {
    let program = try Program()
    defer { program.remove() }
    let hashes = try hashes(program)
    // A write that goes beyond the limit ends short, and the next one kills the process (SIGXFSZ).
    for limit in stride(from: 60, through: 500, by: 23) {
      let folder = program.home + "/session-\(limit)"
      let outcome = try program.run(
        ["--session", folder], input: Self.script,
        through: Self.limited(to: limit, ignoringSignal: false))
      #expect(outcome.status == 128 + SIGXFSZ, "limit \(limit)")
      let size = try Data(contentsOf: URL(filePath: folder + "/log")).count
      // It dies in the log, or where that took long, in the snapshot.
      #expect(size <= limit)
      let resumed = try program.run(["run", "--session", folder, "-c", "show world"])
      let done = try logLines(folder).count
      #expect(done >= outcome.output.stateHashes.count)
      #expect(resumed.output.stateHashes == [hashes[done]])
      let more = try program.run(["--session", folder], input: "mark more\n")
      #expect(more.status == 0)
      #expect(try logLines(folder).last == "mark more")
    }
  }

  @Test func aFullDiskUndoesTheStatementThatItCannotKeep() throws {
    let program = try Program()
    defer { program.remove() }
    let hashes = try hashes(program)
    let folder = program.home + "/session"
    let outcome = try program.run(
      ["--session", folder], input: Self.script,
      through: Self.limited(to: 300, ignoringSignal: true))
    #expect(outcome.status == 3)
    #expect(outcome.errors.words.contains("error[session-error]: That could not be written down"))
    let done = try logLines(folder).count
    try #require(done > 0)
    #expect(outcome.output.stateHashes == Array(hashes[1...done]))
    #expect(
      try program.run(["run", "--session", folder, "-c", "show world"]).output.stateHashes
        == [hashes[done]])
  }

  @Test func aFolderThatCannotBeMadeIsAnErrorWithItsReason() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["run", "--session", "/proc/nowhere", "-c", "version"])
    #expect(outcome.status == 3)
    #expect(
      outcome.errors.words.contains(
        "error[session-error]: '/proc/nowhere' cannot be written"))
  }

  @Test func theLogOfAnotherEngineIsLeftAlone() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home + "/session"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = "# machineroom log, semantics 0, seed 1\nnew shop\n"
    try Data(text.utf8).write(to: URL(filePath: folder + "/log"))
    let outcome = try program.run(["run", "--session", folder, "-c", "version"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.words.contains("is of engine semantics 0"))
    #expect(try String(contentsOfFile: folder + "/log", encoding: .utf8) == text)
  }

  @Test func aSnapshotThatIsAlteredIsPassedOver() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home + "/session"
    let first = try program.run(
      ["run", "--session", folder, "-c", "new shop ; run 2 days ; show world"])
    let snapshot = URL(filePath: folder + "/snapshot")
    let bytes = try Data(contentsOf: snapshot)
    for offset in [0, 40, bytes.count / 2, bytes.count - 1] {
      var altered = bytes
      altered[offset] ^= 1
      try altered.write(to: snapshot)
      let again = try program.run(["run", "--session", folder, "-c", "show world"])
      #expect(again.output.stateHashes == first.output.stateHashes)
    }
    try bytes.prefix(1_000).write(to: snapshot)
    let again = try program.run(["run", "--session", folder, "-c", "show world"])
    #expect(again.output.stateHashes == first.output.stateHashes)
  }

  @Test func whatIsKeptIsPrivate() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home + "/deep/session"
    try program.run(["run", "--session", folder, "-c", "new shop ; run 2 days"])
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(folder) == 0o700)
    #expect(try mode(folder + "/log") == 0o600)
    #expect(try mode(folder + "/snapshot") == 0o600)
  }

  @Test func aSecondProgramOnASessionOnlyLooks() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home + "/session"
    try program.run(["run", "--session", folder, "-c", "new shop visits=500/day ; run 1 h"])
    // The first holds the session while it runs a year.
    let first = try program.start(["--session", folder], input: "mark held\nrun 10 years\n")
    defer {
      kill(first.process.processIdentifier, SIGKILL)
      first.process.waitUntilExit()
    }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while try logLines(folder).last != "mark held" {
      try #require(clock.now < deadline, "the first program did not come to its run")
      usleep(2_000)
    }
    let second = try program.run(
      ["run", "--keep-going", "--session", folder, "-c", "show world ; buy server"])
    #expect(second.output.stateHashes.count == 1)
    #expect(second.errors.words.contains("'save NAME' makes a copy"))
    #expect(second.errors.contains("error[read-only]"))
    #expect(second.status == 3)
    #expect(try logLines(folder).count == 3)
  }
}
