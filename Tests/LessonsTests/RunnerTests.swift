import CommandLanguage
import Commands
import Lessons
import Reports
import Testing

@Suite("Playing a lesson")
struct RunnerTests {
  /// The fixture up to its task.
  static func atTask() throws -> Player {
    var player = try Player()
    try player.type("300", "b")
    #expect(player.runner.waiting == .task)
    return player
  }

  @Test("The right way through reaches the end, and its words carry measured values")
  func rightWay() throws {
    var player = try Player()
    #expect(player.text.contains("PREDICT: How many people come between ten and eleven?"))
    #expect(player.runner.waiting == .prediction)
    try player.type("300")
    #expect(player.text.contains("Noted: 300. Let us see."))
    #expect(player.text.contains("› run 1 h"))
    #expect(player.text.contains("You said 300. \(try Fixture.visitsOfTheHour()), as you said."))
    #expect(player.runner.waiting == .choice(isAgain: false))
    try player.type("b")
    #expect(player.text.contains("RIGHT: The server was at most "))
    try player.type("buy server", "run 1 h")
    #expect(player.text.contains("PASS: 2 servers, with $3,500 spent."))
    try player.type("", "When they are busy.")
    #expect(player.text.contains("When one of them is busy most of the time."))
    #expect(player.runner.waiting == .over)
    #expect(player.runner.problems.map(\.message) == [])
    #expect(player.runner.progress.outcomes.map(\.mark) == [.earned, .earned, .earned, .earned])
  }

  @Test("A prediction is committed before the run, and its reply depends on the side")
  func sides() throws {
    for (guess, side) in [
      ("10", "low"), ("\(try Fixture.visitsOfTheHour())", "right"), ("9,000", "high"),
    ] {
      var player = try Player()
      try player.type(guess)
      #expect(player.runner.progress.guesses.map { $0.side?.rawValue } == [side])
    }
  }

  @Test("Scores are full within the tolerance and half within twice of it")
  func scores() {
    let share = Prediction.Tolerance.share(0.25)
    #expect(share.grade(125, against: 100) == (.right, 1))
    #expect(share.grade(140, against: 100) == (.high, 0.5))
    #expect(share.grade(40, against: 100) == (.low, 0))
    let factor = Prediction.Tolerance.factor(2)
    #expect(factor.grade(50, against: 100) == (.right, 1))
    #expect(factor.grade(30, against: 100) == (.low, 0.5))
    #expect(factor.grade(0, against: 100) == (.low, 0))
  }

  @Test("What is no number is answered, and the question stays")
  func noNumber() throws {
    var player = try Player()
    try player.type("many")
    #expect(player.text.contains("A number is asked for"))
    try player.type("8 s")
    #expect(player.text.contains("That is a time"))
    #expect(player.runner.waiting == .prediction)
    try player.type("predict 300")
    #expect(player.runner.waiting == .choice(isAgain: false))
  }

  @Test("A wrong choice is answered and may be made again; the first one counts")
  func wrongChoice() throws {
    var player = try Player()
    try player.type("300", "1")
    #expect(player.text.contains("NOT QUITE: The server was at most"))
    #expect(player.runner.waiting == .choice(isAgain: true))
    try player.type("answer B")
    #expect(player.text.contains("RIGHT"))
    #expect(player.runner.progress.outcomes.last?.mark == .answered)
    #expect(player.runner.waiting == .task)
  }

  @Test("Looking is free while a question is open; a change begins free play")
  func aside() throws {
    var player = try Player()
    let hash = player.runner.session.stateHash
    try player.type("show world")
    #expect(!player.runner.isPlaying)
    try player.type("buy server count=2")
    #expect(player.runner.isPlaying)
    #expect(player.runner.session.stateHash != hash)
    try player.type("hint")
    #expect(player.text.contains("'resume' comes back"))
    try player.type("resume")
    #expect(!player.runner.isPlaying)
    #expect(player.runner.session.stateHash == hash)
    #expect(player.text.contains("PREDICT"))
  }

  @Test("A task begins at its mark")
  func fromMark() throws {
    let player = try Self.atTask()
    #expect("\(player.runner.session.state.world.now)" == "2004-03-01 10:00")
  }

  @Test("A wrong try ends by itself, says why, and gives the world back")
  func wrongTry() throws {
    var player = try Self.atTask()
    let hash = player.runner.session.stateHash
    try player.type("buy server count=2", "run 1 h")
    #expect(player.text.contains("NOT YET: You spent $7,000, which is too much."))
    #expect(player.text.contains("Your world is as it was before the try. 3 hints left"))
    #expect(player.runner.session.stateHash == hash)
    #expect(player.runner.waiting == .task)
  }

  @Test("'check' before the window is over says so, and takes nothing away")
  func checkTooEarly() throws {
    var player = try Self.atTask()
    try player.type("buy server")
    let hash = player.runner.session.stateHash
    try player.type("check")
    #expect(player.text.contains("not yet, "))
    #expect(!player.text.contains("as it was before"))
    #expect(player.runner.session.stateHash == hash)
  }

  @Test("The goal is said again after three misses, and on Enter")
  func goalAgain() throws {
    var player = try Self.atTask()
    try player.type("run 1 h", "run 1 h")
    #expect(!player.text.contains("YOUR TURN"))
    try player.type("run 1 h")
    #expect(player.text.contains("YOUR TURN"))
    try player.type("")
    #expect(player.text.contains("YOUR TURN"))
    try player.type("goal")
    #expect(player.text.contains("YOUR TURN"))
  }

  @Test("Hints come in order with a try between two, and read the last try's world")
  func hints() throws {
    var player = try Self.atTask()
    try player.type("hint")
    #expect(player.text.contains("hint 1 of 3"))
    try player.type("hint")
    #expect(player.text.contains("hint 1 of 3"))
    #expect(player.text.contains("Try something"))
    try player.type("buy server count=2", "run 1 h", "hint")
    #expect(player.text.contains("hint 2 of 3: There were 3 servers."))
    try player.type("run 1 h", "hint", "hint")
    #expect(player.text.contains("hint 3 of 3"))
  }

  @Test("'why' has every check with its value now")
  func why() throws {
    var player = try Self.atTask()
    try player.type("why")
    #expect(player.text.contains("NOT YET: servers.count >= 2 — 1"))
    #expect(player.text.contains("PASS: ledger.capital since before-eleven <= $5,000 — $0"))
    #expect(player.text.contains("CANNOT BE TOLD YET: shop.visits during"))
  }

  @Test("'undo' takes back one action, and nothing of the lesson's own")
  func undo() throws {
    var player = try Self.atTask()
    let hash = player.runner.session.stateHash
    try player.type("undo")
    #expect(player.text.contains("nothing-to-undo"))
    try player.type("buy server", "undo")
    #expect(player.runner.session.stateHash == hash)
    try player.type("buy server", "buy server", "reset")
    #expect(player.runner.session.stateHash == hash)
  }

  @Test("A new world would not answer the task, so it is for free play")
  func newWorld() throws {
    var player = try Self.atTask()
    try player.type("new shop servers=9")
    #expect(player.text.contains("'play'"))
    #expect(player.runner.session.state.world.shop?.servers.count == 1)
  }

  @Test("Skipping waits for the hints; then the solution is shown, not earned")
  func skip() throws {
    var player = try Self.atTask()
    try player.type("skip")
    #expect(player.text.contains("There are 3 hints left"))
    try player.type("hint", "run 1 h", "hint", "run 1 h", "hint", "skip")
    #expect(player.text.contains("› buy server"))
    #expect(player.text.contains("Shown, not earned"))
    #expect(player.runner.progress.outcomes.last?.mark == .shown)
    try player.type("")
    #expect(player.runner.waiting == .reflection)
  }

  @Test("'back' returns to the question before, with its world")
  func back() throws {
    var player = try Player()
    try player.type("back")
    #expect(player.text.contains("nothing before it"))
    let hash = player.runner.session.stateHash
    try player.type("300", "b", "buy server", "run 1 h")
    #expect(player.runner.waiting == .pause)
    try player.type("back")
    #expect(player.runner.waiting == .task)
    #expect(player.runner.session.state.world.shop?.servers.count == 1)
    try player.type("back", "back")
    #expect(player.runner.waiting == .prediction)
    #expect(player.runner.session.stateHash == hash)
    try player.type("9000")
    #expect(player.text.contains("You said 9,000"))
    #expect(player.runner.progress.guesses.map { $0.side } == [.right])
  }

  @Test("A mistake of the lesson is the lesson's, and opens the way on")
  func authorError() throws {
    let broken = Fixture.lesson.replacing(
      "servers.count >= 2\n", with: "servers.count over 1 h >= 2\n")
    var player = try Player(broken)
    try player.type("300", "b", "check")
    #expect(player.text.contains("AUTHOR'S ERROR"))
    try player.type("skip")
    #expect(player.text.contains("Shown, not earned"))
  }

  @Test("A saved lesson goes on in the same world")
  func resume() throws {
    var player = try Self.atTask()
    let saved = player.runner.progress
    let resumed = try #require(
      try LessonRunner.resumed(
        saved, lesson: player.runner.lesson, Fixture.context, show: { _ in }))
    #expect(resumed.waiting == .task)
    #expect(resumed.session.stateHash == player.runner.session.stateHash)
    try player.type("buy server", "run 1 h")
    let done = try #require(
      try LessonRunner.resumed(
        player.runner.progress, lesson: player.runner.lesson, Fixture.context,
        show: { _ in }))
    #expect(done.waiting == .pause)
    #expect(done.session.stateHash == player.runner.session.stateHash)
  }

  @Test("Progress of another lesson is not taken")
  func foreignProgress() throws {
    let player = try Player()
    var saved = player.runner.progress
    saved.lesson = "other"
    #expect(
      try LessonRunner.resumed(
        saved, lesson: player.runner.lesson, Fixture.context, show: { _ in }) == nil)
  }

  @Test("A cancelled statement leaves the lesson as it was")
  func cancelled() throws {
    var player = try Self.atTask()
    let hash = player.runner.session.stateHash
    let context = CommandContext(host: NoHost(), checkpoint: { throw Cancelled() })
    #expect(throws: Cancelled.self) {
      try player.runner.take("buy server ; run 1 h", context) { _ in }
    }
    #expect(player.runner.session.stateHash == hash)
    #expect(player.runner.waiting == .task)
  }

  @Test("A choice right before a run is answered after it")
  func deferredChoice() throws {
    let text = Fixture.lesson.replacing(
      "```run\n",
      with: """
        ```choice busier
        ask: Will it be busier than at night?
        - [x] Yes :: There were {{shop.visits over 1 h}} visits.
        - [ ] No :: There were {{shop.visits over 1 h}} visits.
        ```

        ```run

        """)
    var player = try Player(text)
    try player.type("300")
    #expect(player.runner.waiting == .choice(isAgain: false))
    try player.type("b")
    #expect(player.text.contains("Noted: b."))
    #expect(player.text.contains("NOT QUITE: There were \(try Fixture.visitsOfTheHour()) visits."))
    #expect(player.runner.progress.outcomes.map(\.mark) == [.answered, .earned])
  }

  @Test("Where a task asks about an experiment only, each experiment is a try")
  func experiments() throws {
    var player = try Player(
      Fixture.lesson.replacing(
        "check: servers.count >= 2\n", with: "check: queue.lost.share == 0%\n"
      )
      .replacing(
        "check: shop.visits during 2004-03-01T10:00..2004-03-01T11:00 > 0\n", with: ""
      )
      .replacing(
        "check: ledger.capital since before-eleven <= $5,000\n",
        with: "check: queue.wait.mean < 1 s\n"))
    try player.type("300", "b", "buy server")
    #expect(!player.text.contains("NOT YET"))
    try player.type("queue arrivals=0.95/s service=1/s customers=1000")
    #expect(player.text.contains("NOT YET: You spent"))
    try player.type("queue arrivals=0.5/s service=2/s customers=1000")
    #expect(player.text.contains("PASS"))
  }

  @Test("A branch comes down at the words and the setup that lead up to its step")
  func landing() throws {
    let text = Fixture.lesson.replacing(
      "```reflect why-two",
      with: """
        ```reflect left-out
        ask: Is this seen?
        model: No.
        ```

        These words lead up to it.

        ```setup
        mark seen
        ```

        ```reflect why-two

        """)
    var player = try Player(text)
    try player.type("300", "b", "buy server", "run 1 h", "")
    #expect(player.text.contains("These words lead up to it."))
    #expect(!player.text.contains("Is this seen?"))
    #expect(player.runner.session.state.world.marks.contains { $0.name == "seen" })
  }
}
