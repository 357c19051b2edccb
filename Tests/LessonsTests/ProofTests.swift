import CommandLanguage
import Commands
import Lessons
import Testing

@Suite("lesson test")
struct ProofTests {
  static func prove(
    _ text: String = Fixture.lesson, _ change: (inout LessonProof.Options) -> Void = { _ in }
  ) throws -> ProofReport {
    var options = LessonProof.Options()
    options.extraSeeds = 0
    change(&options)
    return try LessonProof(files: MemoryFiles(), options: options).prove(
      [Source(name: "lessons/first-hours.md", text: text)], Fixture.context)
  }

  @Test("A good lesson is proved in full")
  func good() throws {
    let report = try Self.prove {
      $0.mutates = true
      $0.extraSeeds = 2
    }
    #expect(report.failures.map(\.title) == [])
    // Every kind of claim that the format promises is among them.
    for claim in [
      "the start state fails", "the solution passes from the step",
      "the way through comes to its end", "the wrong way fails as expected",
      "two runs give the same state hash", "undo of the solution gives the start hash",
      "skip gives the solution's hash", "resuming here gives the same state hash",
      "the branch to 'why-two' is taken", "the naive guess misses under seed 9",
      "the way through comes to its end under seed 8", "no line is wider than 40 columns",
      "a weaker solution fails: without 'buy server'", "it stays within its budget of events",
    ] {
      #expect(report.results.contains { $0.claim == claim }, "no claim '\(claim)'")
    }
  }

  /// A change to the good lesson, and the claim that then fails.
  static let breaks: [(String, String, String)] = [
    (
      "check: servers.count >= 2\n", "check: servers.count >= 1\n",
      "the wrong way fails as expected"
    ),
    ("  buy server\n", "  buy server count=2\n", "the solution passes from the step"),
    ("expect: too much", "expect: too little", "the wrong way fails as expected"),
    ("naive: shop.visits * 0.1", "naive: 360", "the naive guess misses under seed 7"),
    (
      "There were {{servers.count}} servers. The verb",
      "It was {{shop.visits during 2004-03-02}}. The verb",
      "every hint has its values"
    ),
    ("skip: after-hints", "budget: 1 thousand events", "it stays within its budget of events"),
    (
      "Now the shop has seen", "{{shop.visits during 2004-03-09}} have seen",
      "what it says has a value"
    ),
    ("  buy server\n", "  sell server count=5\n", "the solution passes from the step"),
  ]

  @Test("A broken lesson is caught", arguments: breaks)
  func broken(old: String, new: String, claim: String) throws {
    let text = Fixture.lesson.replacing(old, with: new)
    #expect(text != Fixture.lesson)
    let report = try Self.prove(text)
    #expect(report.failures.contains { $0.claim == claim }, "\(report.failures.map(\.title))")
    #expect(report.failures.allSatisfy { $0.span != nil || $0.step == nil })
  }

  @Test("A task that passes before anything is done is caught")
  func startPasses() throws {
    let text = Fixture.lesson.replacing(
      "check: servers.count >= 2\n", with: "check: servers.count >= 1\n"
    )
    .replacing("check: shop.visits during 2004-03-01T10:00..2004-03-01T11:00 > 0\n", with: "")
    let report = try Self.prove(text)
    #expect(report.failures.contains { $0.claim == "the start state fails" })
  }

  @Test("A weak check is caught when solutions are weakened")
  func weakCheck() throws {
    let text = Fixture.lesson.replacing(
      "  buy server\n  run 1 h\n", with: "  buy server\n  set uplink t3\n  run 1 h\n")
    #expect(try Self.prove(text).failures.isEmpty)
    let report = try Self.prove(text) { $0.mutates = true }
    #expect(report.failures.map(\.claim) == ["a weaker solution fails: without 'set uplink t3'"])
  }

  @Test("A branch that no way takes is caught, and one that is taken is not")
  func branches() throws {
    let taken = Fixture.lesson.replacing(
      "ask: What would", with: "on-fail: why-two\nask: What would")
    #expect(try Self.prove(taken).failures.map(\.title) == [])
    let never = Fixture.lesson.replacing(
      "ask: What would", with: "go: why-two when shop.visits > 1,000,000\nask: What would")
    #expect(
      try Self.prove(never).failures.map(\.claim) == ["the branch to 'why-two' is taken"])
  }

  @Test("What this machine lacks is reported as not run, never as passed")
  func notRun() throws {
    let text = Fixture.lesson.replacing(
      "ask: When would", with: "needs: model\nask: When would")
    let report = try Self.prove(text)
    let notRun = report.results.filter { if case .notRun = $0.outcome { true } else { false } }
    #expect(notRun.map(\.step) == ["why-two"])
    #expect(ProofFormat.text.text(report).contains("NOT RUN first-hours · why-two"))
    #expect(ProofFormat.tap.text(report).contains("# SKIP it needs a model"))
  }

  @Test("A run that needs what is not here is not run, and neither are words about it shown")
  func notRunStatements() throws {
    let text = Fixture.lesson.replacing(
      "Now the shop has seen a busy hour.",
      with: """
        ```run
        needs: measurement
        probe
        ```

        Memory took {{probe.latency.memory}}. Now the shop has seen a busy hour.

        It was eleven o'clock.
        """)
    let report = try Self.prove(text)
    #expect(report.failures.map(\.title) == [])
    let notRun = report.results.filter { if case .notRun = $0.outcome { true } else { false } }
    #expect(notRun.map(\.step) == ["run-at-line-31"])
    var player = try Player(text)
    try player.type("100")
    #expect(player.text.contains("NOT RUN: this part needs a measurement"))
    #expect(player.text.contains("It was eleven o'clock."))
    #expect(!player.text.contains("Memory took"))
    #expect(player.runner.problems == [])
  }

  @Test("What a run needs is read like the needs of any step")
  func needsOfStatements() throws {
    let text = Fixture.lesson.replacing("```run\n", with: "```run\nneeds: electricity\n")
    #expect(Fixture.parsed(text).diagnostics.map(\.code) == ["bad-value"])
  }

  @Test("A line that is too wide is caught")
  func wideLines() throws {
    let report = try Self.prove { $0.render = { _, _ in [String(repeating: "x", count: 60)] } }
    #expect(report.failures.map(\.claim) == ["no line is wider than 40 columns"])
  }

  @Test("A lesson that cannot be read, or has no scene, fails rather than passes")
  func unreadable() throws {
    #expect(!(try Self.prove("```run\n")).failures.isEmpty)
    let report = try Self.prove(Fixture.lesson.replacing("morning.room", with: "evening.room"))
    #expect(report.failures.map(\.claim) == ["its scene can be read"])
    #expect(report.failures.first?.span?.line == 6)
  }

  @Test("A proof is written as text, TAP, JUnit and JSON")
  func formats() throws {
    let report = try Self.prove(
      Fixture.lesson.replacing("naive: shop.visits * 0.1", with: "naive: 360"))
    let text = ProofFormat.text.text(report)
    #expect(
      text.contains("lessons/first-hours.md:19:8: FAIL first-hours · next-hour · the naive guess"))
    #expect(ProofFormat.tap.text(report).contains("not ok "))
    #expect(ProofFormat.junit.text(report).contains("failures=\"1\""))
    #expect(ProofFormat.json.text(report).contains("\"outcome\":\"failed\""))
  }
}
