import CommandLanguage
import Commands
import Lessons
import Rendering
import Reports

/// A tiny lesson with cheap runs.
enum Fixture {
  static let scene = """
    new shop servers=1
    run until 2004-03-01T10:00
    """

  static let lesson = """
    ---
    format: 1
    id: first-hours
    title: The first hours
    summary: One server, one morning
    start: scenarios/morning.room
    seed: 7
    minutes: 8
    skip: after-hints
    ---
    # The first hours

    Your shop opened at midnight. Until ten o'clock {{shop.visits}} people came.
    The command `run 1 h` lets an hour pass, and `buy server` adds a server.

    ```predict next-hour
    ask: How many people come between ten and eleven?
    answer: shop.visits during 2004-03-01T10:00..2004-03-01T11:00
    naive: shop.visits * 0.1
    full-marks-within: 25%
    low: It was {{answer}}. The day is not even: mornings are busier than nights.
    high: It was {{answer}}. The evening is busier still.
    right: {{answer}}, as you said.
    ```

    ```run
    mark before-eleven
    run 1 h
    ```

    Now the shop has seen a busy hour.

    ```choice which-limit
    ask: What would a second server change now?
    - [ ] Pages come twice as fast :: The server was at most {{servers.utilization.high over 1 h}} busy, so it was not the limit.
    - [x] Next to nothing :: The server was at most {{servers.utilization.high over 1 h}} busy.
    - [ ] More people come :: They do not know how many servers you have.
    ```

    ```task two-servers
    from: before-eleven
    goal: Serve the hour from ten to eleven with two servers, for at most $5,000.
    check: servers.count >= 2
      else: There were {{value}} servers.
    check: shop.visits during 2004-03-01T10:00..2004-03-01T11:00 > 0
    check: ledger.capital since before-eleven <= $5,000
      else: You spent {{value}}, which is too much.
    hint: How many servers are there? `show shop` says so.
    hint: There were {{servers.count}} servers. The verb is `buy`.
    hint: Write `buy server count=…`, then run the hour.
    solution: |
      buy server
      run 1 h
    wrong: |
      run 1 h
      expect: there were 1 servers
    wrong: |
      buy server count=2
      run 1 h
      expect: too much
    on-pass: why-two
      say: {{servers.count}} servers, with {{ledger.capital since before-eleven}} spent.
    ```

    ```reflect why-two
    ask: When would two servers pay?
    model: When one of them is busy most of the time.
    ```

    That was the morning.
    """

  static func parsed(_ text: String = lesson) -> (lesson: Lesson, diagnostics: [Diagnostic]) {
    LessonParser.parse(Source(name: "lessons/first-hours.md", text: text))
  }

  /// The visits between ten and eleven, from a session without any lesson.
  static func visitsOfTheHour() throws -> Int {
    var session = Session(seed: 7)
    _ = try session.run(Source(text: scene + "\nrun 1 h"), context)
    let source = Source(text: "shop.visits during 2004-03-01T10:00..2004-03-01T11:00")
    let outcome = try Evaluator(
      catalog: session.registry.catalog, facts: WorldFacts(session.state), source: source
    ).evaluate(Parser.expression(in: source, source.all))
    guard case .value(.quantity(let visits, _)) = outcome else { return 0 }
    return Int(visits.value)
  }

  static var context: CommandContext { CommandContext(host: NoHost()) }

  static func runner(_ text: String = lesson) -> LessonRunner {
    LessonRunner(
      lesson: parsed(text).lesson,
      scene: LessonScene(script: Source(name: "scenarios/morning.room", text: scene)))
  }
}

/// Plays a lesson and keeps what it shows.
struct Player {
  var runner: LessonRunner
  var shown: [LessonOutput] = []

  init(_ text: String = Fixture.lesson) throws {
    runner = Fixture.runner(text)
    var shown: [LessonOutput] = []
    try runner.start(Fixture.context) { shown.append($0) }
    self.shown = shown
  }

  /// Types lines; `shown` then holds what the last one showed.
  mutating func type(_ lines: String...) throws {
    for line in lines {
      var shown: [LessonOutput] = []
      try runner.take(line, Fixture.context) { shown.append($0) }
      self.shown = shown
    }
  }

  /// What was shown last, as text.
  var text: String {
    let renderer = TextRenderer(style: TextStyle(width: 200))
    return shown.map { $0.text(renderer) }.joined()
  }
}
