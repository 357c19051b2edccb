import Glibc
import Testing

/// How soon the program answers a key.
///
/// Few repetitions by default; `MACHINEROOM_TEST_PRESSES=200` gives as many as the promise is about.
@Suite(.serialized) final class ResponseTimeTests {
  private let home = "/tmp/machineroom-response-\(getpid())"
  private let presses =
    getenv("MACHINEROOM_TEST_PRESSES").flatMap { Int(String(cString: $0)) } ?? 40

  init() {
    for folder in ["", "/machineroom"] { mkdir(home + folder, 0o700) }
  }

  deinit {
    unlink(home + "/machineroom/history")
    for folder in ["/machineroom", ""] { rmdir(home + folder) }
  }

  private func program(hints: String = "off") throws -> PseudoTerminal {
    try PseudoTerminal(
      .machineroom(["--no-session"]),
      environment: ["XDG_STATE_HOME": home, "MACHINEROOM_HINTS": hints], columns: 100)
  }

  /// The time that so many of a hundred do not exceed, by nearest rank.
  private func percentile(_ share: Double, of times: [Duration]) -> Duration {
    let sorted = times.sorted()
    return sorted[min(sorted.count - 1, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
  }

  private func stateHash(_ terminal: PseudoTerminal) throws -> String {
    terminal.type("show world\r")
    try terminal.expect("State hash: ")
    try terminal.expectPrompt()
    let text = try #require(terminal.output.split(separator: "State hash: ").last)
    return String(text.prefix { $0.isHexDigit })
  }

  @Test func controlCBringsThePromptBackAtOnceAndChangesNothing() throws {
    let terminal = try program()
    try terminal.expectPrompt()
    terminal.type("new shop ; demand 20\r")
    try terminal.expectPrompt()
    let before = try stateHash(terminal)
    #expect(before.count == 32)
    var seed: UInt64 = 2_004
    let clock = ContinuousClock()
    let p99 = try best(of: 3, below: .milliseconds(100), "Ctrl-C to prompt") {
      var times: [Duration] = []
      for _ in 0..<presses {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        terminal.type("run 1 year\r")
        terminal.read(for: .microseconds(Int64(seed >> 33) % 40_000))
        let start = clock.now
        terminal.type("\u{3}")
        try terminal.expectPrompt()
        times.append(clock.now - start)
      }
      return times
    }
    #expect(p99 < .milliseconds(100))
    #expect(try stateHash(terminal) == before)
  }

  /// The 99th percentile of the first round that keeps the limit, or of the last: other processes may
  /// take the processor away for a while, but not in each round.
  private func best(
    of rounds: Int, below limit: Duration, _ what: String, _ round: () throws -> [Duration]
  ) rethrows -> Duration {
    var p99 = limit
    for _ in 0..<rounds where p99 >= limit {
      let times = try round()
      p99 = percentile(0.99, of: times)
      print("\(what): \(times.count) times, median \(percentile(0.5, of: times)), p99 \(p99)")
    }
    return p99
  }

  @Test(arguments: ["off", "on"])
  func aKeyIsEchoedAtOnceWithFiftyThousandLinesOfHistory(hints: String) throws {
    let file = try #require(fopen(home + "/machineroom/history", "w"))
    for index in 0..<50_000 { fputs("run until shop.orders >= \(index) limit=9 days\n", file) }
    fclose(file)
    let clock = ContinuousClock()
    let begin = clock.now
    let terminal = try program(hints: hints)
    try terminal.expectPrompt()
    print("start with 50,000 lines: \(clock.now - begin)")
    let p99 = try best(of: 3, below: .milliseconds(5), "key to echo, hints \(hints)") {
      var times: [Duration] = []
      for index in 0..<8 {
        for key in "runk until shop.orders >= x\(index)" {
          let start = clock.now
          terminal.type(String(key))
          try terminal.expect(String(key))
          times.append(clock.now - start)
        }
        terminal.type("\u{15}version\r")
        try terminal.expectPrompt()
      }
      return times
    }
    #expect(p99 < .milliseconds(5))
  }
}
