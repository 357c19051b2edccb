import CommandLanguage
import Lessons
import Testing

@Suite("Reading a lesson's file")
struct ParserTests {
  /// A lesson whose body is given, with sound front matter of seven lines.
  static func lesson(_ body: String) -> (lesson: Lesson, diagnostics: [Diagnostic]) {
    Fixture.parsed(
      """
      ---
      format: 1
      id: small
      title: Small
      summary: A small one
      minutes: 5
      ---

      """ + body)
  }

  static func places(_ diagnostics: [Diagnostic]) -> [String] { LinterTests.places(diagnostics) }

  @Test("Every part of a lesson knows where it stands")
  func positions() throws {
    let lesson = Fixture.parsed().lesson
    #expect(
      lesson.steps.map { $0.step.kindName } == ["predict", "run", "choice", "task", "reflect"])
    #expect(lesson.steps.map { lesson.source.span($0.step.range).line } == [16, 26, 33, 40, 65])
    guard
      case .task(let task) = try #require(lesson.step(at: lesson.index(of: "two-servers") ?? 0))
        .kind
    else {
      Issue.record("no task")
      return
    }
    let spend = lesson.source.span(task.checks[2].condition.range)
    #expect(spend.line == 46)
    #expect(spend.column == 8)
    #expect(
      lesson.source.text(task.checks[2].condition.range)
        == "ledger.capital since before-eleven <= $5,000")
    #expect(task.solution?.ranges.map { lesson.source.text($0) } == ["buy server", "run 1 h"])
    #expect(task.wrongs.map { $0.expect?.text } == ["there were 1 servers", "too much"])
    #expect(task.hints.count == 3)
    #expect(task.onPass?.target?.text == "why-two")
  }

  @Test("Front matter types its values and keeps words as words")
  func frontMatter() {
    let matter = Fixture.parsed(
      """
      ---
      format: 1
      id: no
      title: y
      summary: on: off
      needs: first, second
      seed: student
      minutes: 12
      budget: 4 million events
      skip: never
      introduces: peak , lead-time
      ---
      """
    ).lesson.frontMatter
    #expect(matter.id.text == "no")
    #expect(matter.title.text == "y")
    #expect(matter.summary.text == "on: off")
    #expect(matter.needs.map(\.text) == ["first", "second"])
    #expect(matter.seed == .student)
    #expect(matter.budget == 4_000_000)
    #expect(matter.skip == .never)
    #expect(matter.introduces.map(\.text) == ["peak", "lead-time"])
  }

  @Test(
    "Front matter that is wrong is reported at its place",
    arguments: [
      ("minutes: soon", "bad-value"), ("minutes: 0", "bad-value"), ("seed: -1", "bad-value"),
      ("budget: much", "bad-value"), ("skip: allways", "bad-value"), ("colour: red", "unknown-key"),
      ("title: again", "duplicate-key"), ("start: /etc/passwd", "bad-value"),
      ("start: ../x.room", "bad-value"), ("needs:", "empty-value"), ("nothing", "expected-key"),
    ])
  func wrongFrontMatter(line: String, code: String) {
    let found = Fixture.parsed(
      "---\nformat: 1\nid: a\ntitle: A\nsummary: A\nminutes: 5\n\(line)\n---\n"
    ).diagnostics
    // A second 'minutes' is a repetition before it is anything else.
    let expected = line.hasPrefix("minutes") ? "duplicate-key" : code
    #expect(found.map(\.code) == [expected])
    #expect(found.first?.span?.line == 7)
  }

  @Test("A misspelt word is answered with the right one")
  func nearMisses() {
    let found = Self.lesson(
      "```chioce a\nask: What?\n- [x] A :: B\n```\n```predict p\nansver: 1\n```\n"
    )
    .diagnostics
    #expect(found.map(\.code) == ["unknown-directive", "missing-key", "unknown-key"])
    #expect(found[0].help?.hasPrefix("Did you mean 'choice'?") == true)
    #expect(found[2].help?.hasPrefix("Did you mean 'answer'?") == true)
  }

  @Test("A fence that is never closed names its opening line, and the next one is still read")
  func unclosedFence() {
    let (lesson, found) = Self.lesson(
      "```run\nrun 1 h\n\n```reflect r\nask: Why?\nmodel: So.\n```\n")
    #expect(Self.places(found) == ["8:1 unclosed-fence"])
    #expect(lesson.steps.map { $0.step.kindName } == ["run", "reflect"])
  }

  @Test("Braces can be escaped, and must be closed")
  func braces() {
    let (lesson, found) = Self.lesson("Write \\{{ and {{ 1 + 1 }}.\n\nOpen {{shop.lost here\n")
    #expect(Self.places(found) == ["10:6 unclosed-expression"])
    guard case .prose(let prose)? = lesson.parts.first else {
      Issue.record("no prose")
      return
    }
    #expect(prose.blocks[0].text.words(standIn: "2") == "Write {{ and 2.")
  }

  @Test("A mistake in an expression is reported inside its braces")
  func badExpression() {
    let found = Self.lesson("One {{1 +}} two.\n").diagnostics
    #expect(found.count == 1)
    #expect(found.first?.span?.line == 8)
    #expect((8...11).contains(found.first?.span?.column ?? 0))
  }

  @Test("Indented lines go on with the entry or the reply above them")
  func continuations() {
    let (lesson, found) = Self.lesson(
      """
      ```choice c
      ask: What is
        the limit?
      - [ ] The line
        to the world :: It was
        idle.
      - [X] Nothing :: So it was.
      ```
      """)
    #expect(found.isEmpty)
    guard case .choice(let choice)? = lesson.step(at: 0)?.kind else {
      Issue.record("no choice")
      return
    }
    #expect(choice.ask.words() == "What is the limit?")
    #expect(choice.options.map { $0.text.words() } == ["The line to the world", "Nothing"])
    #expect(choice.options.map { $0.reply?.words() } == ["It was idle.", "So it was."])
    #expect(choice.options.map(\.isRight) == [false, true])
  }

  @Test("Prose has headings, paragraphs, items and lines of code")
  func prose() {
    let (lesson, _) = Self.lesson(
      "## Two\n\nOne\nline.\n\n- first\n  more\n2. second\n\n```text\n  a b\n```\n")
    guard case .prose(let prose)? = lesson.parts.first else {
      Issue.record("no prose")
      return
    }
    #expect(
      prose.blocks.map(\.kind) == [.heading(2), .paragraph, .item("-"), .item("2."), .code])
    #expect(
      prose.blocks.map { $0.text.words() } == ["Two", "One line.", "first more", "second", "  a b"])
  }

  @Test("Lines that end as on Windows are read the same")
  func carriageReturns() {
    let text = Fixture.lesson.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(Fixture.parsed(text).diagnostics.map(\.message) == [])
    #expect(Fixture.parsed(text).lesson.steps.count == 5)
  }

  @Test(
    "Files that are no lesson give errors, not crashes",
    arguments: [
      "", "---", "---\n---", "```", "\0\0\n```run\n\0", "---\n---\n```task\n- [", "- [ ] x :: y",
    ])
  func garbage(text: String) {
    #expect(!Fixture.parsed(text).diagnostics.isEmpty)
    #expect(!LinterTests.lint(text).isEmpty)
  }

  @Test("Bytes that are no text are an error")
  func notText() {
    let source = Source(name: "x.md", bytes: [0xff, 0xfe, 0x0a, 0x60])
    #expect(LessonParser.parse(source).diagnostics.contains { $0.code == "not-utf8" })
  }
}
