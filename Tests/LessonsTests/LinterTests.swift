import CommandLanguage
import Commands
import Lessons
import Testing

/// Files of a course that live in memory.
struct MemoryFiles: CourseFiles {
  var files: [String: String] = ["scenarios/morning.room": Fixture.scene]

  func read(_ path: String) throws(HostError) -> [UInt8] {
    guard let text = files[path] else { throw .failed("no such file") }
    return Array(text.utf8)
  }
}

@Suite("lesson lint")
struct LinterTests {
  static func lint(_ text: String, files: MemoryFiles = MemoryFiles()) -> [Diagnostic] {
    LessonLinter(files: files).lint([Source(name: "lessons/first-hours.md", text: text)])
  }

  /// `line:column code` of each.
  static func places(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.span?.line ?? 0):\($0.span?.column ?? 0) \($0.code)" }
  }

  @Test("A good lesson has no errors")
  func good() {
    let found = Self.lint(Fixture.lesson)
    #expect(Self.places(found.filter { $0.severity == .error }) == [])
  }

  @Test("Ten planted mistakes are all reported at their places in one go")
  func tenMistakes() {
    let found = Self.lint(Mistakes.ten)
    #expect(Self.places(found.filter { $0.severity == .error }) == Mistakes.places)
  }
}

enum Mistakes {
  /// More than ten mistakes of as many kinds.
  static let ten = """
    ---
    format: 1
    id: first-hours
    title: The first hours
    sumary: One server, one morning
    minutes: 8
    start: scenarios/morning.room
    ---
    # The first hours

    This is simply a shop. {{shop.latency}} people came.

    ```run
    run 1 hours
    ```

    ```predict next-hour
    ask: How many people come between ten and eleven?
    answer: shop.visits
    naive: shop.revenue
    low: It was {{answer}}.
    high: It was {{answer}}.
    right: {{answer}}, as you said.
    ```

    ```choice which-limit
    ask: What is the limit? See `show shop`.
    - [ ] The line
    - [x] Nothing :: It was {{shop.bottleneck}}.
    go: nowhere when shop.lost > 0
    ```

    ```tsk later
    ```

    ```task two-servers
    goal: Serve an hour with two servers.
    check: servers.count >= 2 s
      else: There were {{value}}.
    hint: Look at `show shop`.
    solution: |
      buy sever
      run 1 h
    wrong: |
      run 1 h
      expect: there were 1
    """

  static let places = [
    "1:1 missing-key",  // summary, because it is misspelt
    "5:1 unknown-key",  // 1 sumary
    "11:9 banned-word",  // 2 simply
    "11:26 unknown-fact",  // 3 shop.latency
    "13:1 run-without-question",  // 4
    "14:7 unknown-unit",  // 5 hours
    "20:8 wrong-dimension",  // 6 money for a count
    "28:1 option-without-reply",  // 7
    "30:5 unknown-step",  // 8
    "33:4 unknown-directive",  // 9 tsk
    "36:1 unclosed-fence",  // 10
    "38:8 wrong-dimension",  // 11 a count and a time
    "42:3 untaught-verb",  // 12 nothing has shown 'buy'
    "42:7 unknown-thing",  // 13 sever
  ]
}

extension LinterTests {
  /// A change to the good lesson, the code that is then reported, and the line.
  struct Planted: Sendable, CustomTestStringConvertible {
    var code: String
    var line: Int
    var old: String
    var new: String

    init(_ code: String, _ line: Int, _ old: String, _ new: String) {
      self.code = code
      self.line = line
      self.old = old
      self.new = new
    }

    var testDescription: String { code }
  }

  static let long = Array(repeating: "word", count: 26).joined(separator: " ")
  static let stretch = Array(repeating: "Five words make one sentence.", count: 25)
    .joined(separator: "\n")

  static let planted: [Planted] = [
    .init("duplicate-id", 33, "choice which-limit", "choice next-hour"),
    .init("unknown-step", 61, "on-pass: why-two", "on-pass: why-tow"),
    .init("cycle", 61, "on-pass: why-two", "on-pass: next-hour"),
    .init("unreachable-step", 41, "ask: What would", "go: why-two\nask: What would"),
    .init("missing-id", 33, "choice which-limit", "choice"),
    .init("bad-id", 33, "choice which-limit", "choice Which_Limit"),
    .init("unknown-verb", 28, "run 1 h\n```", "ran 1 h\n```"),
    .init("unknown-argument", 58, "buy server count=2", "buy server cuont=2"),
    .init("unknown-fact", 45, "shop.visits during", "shop.visitors during"),
    .init("needs-suffix", 36, "servers.utilization.high over", "servers.utilization over"),
    .init(
      "needs-window", 35, "utilization.high over 1 h}} busy, so", "utilization.high}} busy, so"),
    .init("wrong-dimension", 46, "<= $5,000\n", "<= 5,000\n"),
    .init("wrong-dimension", 19, "answer: shop.visits", "unit: s\nanswer: shop.visits"),
    .init("not-a-number", 19, "naive: shop.visits * 0.1", "naive: shop.bottleneck"),
    .init("not-a-condition", 43, "check: servers.count >= 2\n", "check: servers.count\n"),
    .init("unknown-mark", 41, "from: before-eleven", "from: before-elven"),
    .init("unknown-mark", 46, "since before-eleven <=", "since before-ten <="),
    .init("task-without-hint", 40, "hint: ", "on-fail: why-two\nhant: "),
    .init("task-without-wrong", 40, "wrong: |", "solution: |"),
    .init(
      "hint-is-solution", 50, "`buy server count=…`, then run the hour.",
      "`buy server`, then `run 1 h`."),
    .init(
      "hint-is-goal", 49, "There were {{servers.count}} servers. The verb is `buy`.",
      "Serve the hour from ten to eleven with two servers, for at most $5,000."),
    .init("untaught-verb", 52, "buy server\n  run 1 h", "set uplink t3\n  run 1 h"),
    .init(
      "option-without-reply", 36,
      "thing :: The server was at most {{servers.utilization.high over 1 h}} busy.", "thing"),
    .init("no-right-option", 33, "- [x]", "- [ ]"),
    .init("no-wrong-option", 33, "- [ ]", "- [x]"),
    .init("long-sentence", 31, "Now the shop has seen a busy hour.", long + "."),
    .init("long-stretch", 31, "Now the shop has seen a busy hour.", stretch),
    .init("banned-word", 31, "Now the", "Just now the"),
    .init("exclamation", 31, "busy hour.", "busy hour!"),
    .init("colour-alone", 31, "busy hour.", "busy hour; see the red line."),
    .init("picture-alone", 31, "busy hour.", "busy hour. ![](x.png)"),
    .init("blaming-word", 21, "The day is", "Wrong. The day is"),
    .init("missing-expect", 57, "\n  expect: too much", ""),
    .init("over-budget", 9, "skip: after-hints", "budget: 2 thousand events"),
    .init("over-budget", 6, "run 1 h\n```\n\nNow", "train shop-talk\n```\n\nNow"),
    .init("no-scene", 6, "morning.room", "evening.room"),
    .init("unknown-lesson", 9, "skip: after-hints", "needs: nothing-before"),
    .init("too-many-arguments", 14, "`run 1 h` lets", "`run 1 h now please` lets"),
    .init("unclosed-expression", 13, "{{shop.visits}} people", "{{shop.visits people"),
  ]

  @Test("Each kind of mistake is reported at its line", arguments: planted)
  func plantedMistake(_ mistake: Planted) {
    let text = Fixture.lesson.replacing(mistake.old, with: mistake.new)
    let found = Self.lint(text).filter { $0.code == mistake.code }
    #expect(text != Fixture.lesson)
    #expect(
      found.contains { $0.span?.line == mistake.line },
      "\(Self.places(Self.lint(text)))")
  }

  // 6 operations for each of 0.27 million numbers and 384 symbols a step: 1,000 steps are 0.6 · 10¹².
  @Test("A training of ten seconds is within the usual budget")
  func shortTraining() {
    let text = Fixture.lesson.replacing(
      "run 1 h\n```\n\nNow", with: "train shop-talk steps=1000\n```\n\nNow")
    #expect(!Self.lint(text).contains { $0.code == "over-budget" })
  }

  @Test("Two runs without a question between are an error")
  func twoRuns() {
    let text = Fixture.lesson.replacing(
      "run 1 h\n```\n\nNow", with: "run 1 h\n```\n\n```run\nrun 1 h\n```\n\nNow")
    #expect(Self.places(Self.lint(text)).contains("31:1 run-without-question"))
  }

  @Test("A lesson of too many words is reported at its title")
  func tooManyWords() {
    let text =
      Fixture.lesson + "\n" + Array(repeating: Self.stretch, count: 6).joined(separator: "\n\n")
    #expect(Self.places(Self.lint(text)).contains("4:8 too-many-words"))
  }

  @Test("A mistake in the scene is reported in the scene's file")
  func scene() {
    var files = MemoryFiles()
    files.files["scenarios/morning.room"] = "new shop\nrun 10 houres\n"
    let found = Self.lint(Fixture.lesson, files: files)
    #expect(found.first { $0.span?.file == "scenarios/morning.room" }?.span?.line == 2)
  }

  private static let catalog = """
    - id: town-line
      kind: uplink
      summary: a line of the town
      sold: 2002..
      price:
        2002: $90
      rate: 2 Mbit/s
      sources:
        - for: price rate
          is: "Chosen: for a test"
    """

  @Test("A lesson's own catalog is read, and what it sells is known")
  func ownCatalog() {
    let text = Fixture.lesson.replacing("seed: 7", with: "catalog: ours.yaml\nseed: 7")
      .replacing("  buy server\n", with: "  buy server\n  set uplink town-line\n")
    var files = MemoryFiles()
    files.files["ours.yaml"] = Self.catalog
    let errors = Self.lint(text, files: files).filter { $0.severity == .error }
    #expect(Self.places(errors) == ["54:3 untaught-verb"])
    files.files["ours.yaml"] = Self.catalog.replacing("2 Mbit/s", with: "2 kg")
    let broken = Self.lint(text, files: files).first { $0.code == "bad-figure" }
    #expect(broken?.span?.file == "ours.yaml")
    #expect(broken?.span?.line == 7)
    files.files["ours.yaml"] = nil
    let missing = Self.lint(text, files: files).first { $0.code == "no-scene" }
    #expect(missing?.span?.line == 7)
  }

  @Test("A guess that would be held against the last of two runs is warned of")
  func whichRun() {
    let two = Fixture.lesson.replacing(
      "mark before-eleven\nrun 1 h", with: "run 30 min\nrun 30 min"
    )
    .replacing(
      "answer: shop.visits during 2004-03-01T10:00..2004-03-01T11:00", with: "answer: run.events")
    #expect(Self.places(Self.lint(two)).contains("18:9 which-run"))
    let one = two.replacing("run 30 min\nrun 30 min", with: "run 1 h")
    #expect(!Self.lint(one).contains { $0.code == "which-run" })
  }

  @Test("Concepts are held against the map")
  func concepts() {
    var files = MemoryFiles()
    files.files["concepts.yaml"] = """
      - name: request
        lesson: first-hours
        needs: [latency]
        due: [later]
      - name: no
        lesson: first-hours
      - name: latency
        lesson: the-metal
      """
    let text = Fixture.lesson.replacing(
      "skip: after-hints", with: "introduces: request, reqest\nretrieves: latency")
    let found = Self.lint(text, files: files)
    #expect(
      Self.places(found).filter { $0.hasPrefix("9:") || $0.hasPrefix("10:") || $0.hasPrefix("3:") }
        == [
          "3:5 missing-concept", "9:13 concept-too-early", "9:13 retrieval-to-come",
          "9:22 unknown-concept", "10:12 concept-too-early",
        ])
    let errors = found.filter { $0.severity == .error }
    #expect(errors.map(\.code) == ["missing-concept", "unknown-concept"])
  }

  @Test("A mistake in the map is reported at its place")
  func badMap() {
    var files = MemoryFiles()
    files.files["concepts.yaml"] = "- name: request\n  lesson: first-hours\n  neds: []\n"
    let found = Self.lint(Fixture.lesson, files: files)
    #expect(Self.places(found).contains("3:3 unknown-key"))
    files.files["concepts.yaml"] = "- name: [\n"
    #expect(Self.lint(Fixture.lesson, files: files).contains { $0.code == "bad-yaml" })
  }

  @Test("Diagnostics are written as text, JSON and for GitHub")
  func formats() {
    let found = Self.lint(Mistakes.ten)
    let text = DiagnosticFormat.text.text(found)
    #expect(text.contains("lessons/first-hours.md:11:26: error[unknown-fact]: There is no fact"))
    #expect(text.contains("                          ^^^^^^^^^^^^"))
    #expect(
      DiagnosticFormat.github.text(found).contains(
        "::error file=lessons/first-hours.md,line=11,col=26,endColumn=38,title=unknown-fact::"))
    #expect(DiagnosticFormat.json.text(found).contains("\"line\":11,\"column\":26"))
  }

  @Test("The order of a course is read from its file, and mistakes have their place")
  func course() {
    let good = Course.parse(
      Source(name: "course.yaml", text: "title: On\nlessons: [no, quilt-shop]\n"))
    #expect(good.diagnostics.isEmpty)
    #expect(good.course.title == "On")
    #expect(good.course.lessons == ["no", "quilt-shop"])
    let bad = Course.parse(Source(name: "course.yaml", text: "title: On\nlesons: []\n"))
    #expect(Self.places(bad.diagnostics) == ["2:1 unknown-key"])
  }
}
