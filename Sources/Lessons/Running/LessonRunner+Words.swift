import CommandLanguage
import Commands
import Reports

extension LessonRunner {
  /// The words that belong to the lesson rather than to the session.
  package static let words = wordMeanings.map(\.word)

  /// The same with what each does, in a few words.
  package static let wordMeanings: [(word: String, meaning: String)] = [
    ("next", "go on, as Enter does"), ("back", "go back by a step"),
    ("goal", "say again what is asked"), ("hint", "the next hint"),
    ("why", "the checks of this task, with their values"), ("check", "judge what was done"),
    ("skip", "be shown how it is done"), ("reset", "give back what was tried"),
    ("predict", "say what will come"), ("answer", "choose an answer"),
    ("play", "leave the lesson's path for a while"), ("resume", "come back from playing"),
  ]

  mutating func handle(_ typed: Typed, _ context: CommandContext, show: (LessonOutput) -> Void)
    throws(Cancelled)
  {
    if isPlaying {
      if typed.word == "resume" { return stopPlaying(show: show) }
      if typed.word == "play" { return show(.notice("You are playing already; 'resume' ends it.")) }
      if LessonRunner.words.contains(typed.word), session.registry.command(typed.word) == nil {
        return show(.notice("'\(typed.word)' belongs to the lesson; 'resume' comes back to it."))
      }
      return try play(typed.text, context, show: show)
    }
    if typed.word.isEmpty || (typed.word == "next" && typed.rest.isEmpty) {
      return try enterKey(context, show: show)
    }
    if try handleWord(typed, context, show: show) { return }
    let answer = typed.word == "predict" || typed.word == "answer" ? typed.rest : typed.text
    switch waiting {
    case .prediction:
      if try takePrediction(answer, context, show: show) { return }
    case .choice(let isAgain):
      if try takeChoice(answer, isAgain: isAgain, context, show: show) { return }
    case .reflection: return try takeReflection(answer, context, show: show)
    case .task: return try tryStatements(typed.text, context, show: show)
    case .notStarted, .pause, .over: break
    }
    try aside(typed, context, show: show)
  }

  /// Handles a word of the lesson that stands alone; false if it is none.
  private mutating func handleWord(
    _ typed: Typed, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) -> Bool {
    guard typed.rest.isEmpty else { return false }
    switch typed.word {
    case "back": try goBack(context, show: show)
    case "goal": showQuestion(show: show)
    case "hint": hint(show: show)
    case "why": why(show: show)
    case "check":
      if waiting == .task {
        judge(isAsked: true, show: show)
      } else {
        show(.notice("There is no task here to check."))
      }
    case "skip": try skip(context, show: show)
    case "reset": reset(show: show)
    case "play": startPlaying(show: show)
    case "resume": show(.notice("You are in the lesson already."))
    case "help":
      show(.notice("In a lesson you can also type: \(LessonRunner.words.joined(separator: ", "))."))
      return false
    default: return false
    }
    return true
  }

  private mutating func enterKey(_ context: CommandContext, show: (LessonOutput) -> Void)
    throws(Cancelled)
  {
    guard let step = lesson.step(at: position) else { return }
    switch (waiting, step.kind) {
    case (.pause, .task(let task)):
      let isShown = progress.outcomes.contains {
        $0.step == lesson.name(ofStepAt: position) && $0.mark == .shown
      }
      follow(step, ending: isShown && task.onFail != nil ? task.onFail : task.onPass, show: show)
      try advance(context, show: show)
    case (.choice(isAgain: true), _):
      follow(step, ending: nil, show: show)
      try advance(context, show: show)
    default: showQuestion(show: show)
    }
  }

  /// Runs something that is no answer: looking is free, a change begins free play.
  private mutating func aside(
    _ typed: Typed, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    let isVerb = session.registry.command(typed.word) != nil
    if !isVerb, let expected = expectedAnswer {
      return show(.notice(expected))
    }
    var copy = session
    let source = Source(text: typed.text)
    let before = copy.log.count
    for range in Parser.statementRanges(in: source, source.all) {
      let report = try running.execute(source, range, in: &copy, context)
      show(.report(report))
      if report.isError { break }
    }
    if copy.log.count > before {
      lessonSession = session
      show(.notice("You are playing freely now; 'resume' comes back to the lesson as it was."))
    }
    session = copy
  }

  private var expectedAnswer: String? {
    guard let step = lesson.step(at: position) else { return nil }
    switch (waiting, step.kind) {
    case (.prediction, .predict(let prediction)):
      let unit = prediction.unit.symbol
      return unit.isEmpty
        ? "A number is asked for, such as 8." : "A number is asked for, such as 8 or 8 \(unit)."
    case (.choice, .choice(let choice)):
      let last = Choice.letter(max(choice.options.count - 1, 0))
      return "A letter is asked for, from a to \(last)."
    default: return nil
    }
  }

  // MARK: - Help with a task

  private mutating func hint(show: (LessonOutput) -> Void) {
    guard waiting == .task, let task, var attempt else {
      return show(.notice("Hints belong to tasks; there is none here."))
    }
    guard !task.hints.isEmpty else { return show(.notice("This task has no hints.")) }
    let isNew = attempt.hintsShown == 0 || attempt.hasTriedSinceHint
    let number = isNew ? min(attempt.hintsShown + 1, task.hints.count) : attempt.hintsShown
    let isFirstTime = number > attempt.hintsShown
    attempt.hintsShown = number
    attempt.hasTriedSinceHint = attempt.hasTriedSinceHint && !isFirstTime
    self.attempt = attempt
    let words = fill(task.hints[number - 1], attempt.lastTry, show: show)
    show(.hint(words, number: number, of: task.hints.count))
    if !isFirstTime {
      let isLast = number == task.hints.count
      show(
        .notice(isLast ? "That was the last hint." : "Try something; then there is another hint."))
    }
  }

  private mutating func why(show: (LessonOutput) -> Void) {
    guard waiting == .task, let task else {
      return show(.notice("There is no task here whose checks could be shown."))
    }
    let facts = evaluator(session.state)
    var lines: [CheckLine] = []
    for check in task.checks {
      let condition = lesson.source.text(check.condition.range)
      do {
        let verdict = try facts.check(check.condition.expression)
        let value = try facts.leftSide(of: check.condition.expression)
        switch verdict {
        case .pass: lines.append(.init(condition: condition, holds: true, value: value))
        case .fail: lines.append(.init(condition: condition, holds: false, value: value))
        case .notYet(let reason):
          lines.append(.init(condition: condition, holds: nil, value: reason))
        }
      } catch {
        fault(error, show: show)
      }
    }
    show(.checks(lines))
  }

  private mutating func reset(show: (LessonOutput) -> Void) {
    guard waiting == .task, let attempt else {
      return show(.notice("There is no try to begin anew."))
    }
    session = attempt.start
    show(.notice("Your world is as it was before the try."))
  }

  // MARK: - Skipping

  private mutating func skip(_ context: CommandContext, show: (LessonOutput) -> Void)
    throws(Cancelled)
  {
    guard let step = lesson.step(at: position), step.isAct, waiting != .pause, waiting != .over
    else {
      return show(.notice("There is nothing here to skip."))
    }
    if let refusal = skipRefusal { return show(.notice(refusal)) }
    let name = lesson.name(ofStepAt: position)
    switch step.kind {
    case .task(let task): return try showSolution(task, context, show: show)
    case .choice(let choice):
      progress.note(name, .shown)
      if let right = choice.options.firstIndex(where: \.isRight) {
        show(.notice("The answer is \(Choice.letter(right))."))
        reply(choice, right, show: show)
      }
      say(choice.onFail, session.state, show: show)
      follow(step, ending: choice.onFail, show: show)
    default:
      progress.note(name, .shown)
      follow(step, ending: nil, show: show)
    }
    try advance(context, show: show)
  }

  private var skipRefusal: String? {
    if attempt?.isBroken == true { return nil }
    switch lesson.frontMatter.skip {
    case .always: return nil
    case .never: return "This lesson's steps cannot be skipped."
    case .afterHints:
      guard let task, let attempt, attempt.hintsShown < task.hints.count else { return nil }
      let left = task.hints.count - attempt.hintsShown
      return
        "There \(left == 1 ? "is one hint" : "are \(left) hints") left: 'hint'. Then 'skip' works."
    }
  }

  /// Runs the solution from the start of a try; the step is shown, not earned.
  private mutating func showSolution(
    _ task: LessonTask, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    if let attempt { session = attempt.start }
    show(.notice("This is one way to do it."))
    for range in task.solution?.ranges ?? [] {
      show(.statement(lesson.source.text(range)))
      let report = try running.execute(lesson.source, range, in: &session, context)
      show(.report(report))
      if report.isError { break }
    }
    say(task.onFail ?? task.onPass, session.state, show: show)
    finish(task, .shown, show: show)
  }

  // MARK: - Free play

  private mutating func startPlaying(show: (LessonOutput) -> Void) {
    lessonSession = session
    show(.notice("Play freely; 'resume' comes back to the lesson as it was."))
  }

  private mutating func stopPlaying(show: (LessonOutput) -> Void) {
    guard let lessonSession else { return }
    session = lessonSession
    self.lessonSession = nil
    show(.notice("Back in the lesson; your world is as it was before you played."))
    showQuestion(show: show)
  }

  private mutating func play(
    _ text: String, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    let source = Source(text: text)
    for range in Parser.statementRanges(in: source, source.all) {
      let report = try running.execute(source, range, in: &session, context)
      show(.report(report))
      if report.isError { break }
    }
  }
}

extension Evaluator {
  /// The value of the left side of a comparison, or of the first of several, as people read it.
  func leftSide(of expression: Expression) throws(Diagnostic) -> String? {
    switch expression {
    case .binary(let sign, let left, let right, _) where sign == .and || sign == .or:
      return try [leftSide(of: left), leftSide(of: right)].compactMap { $0 }
        .joined(separator: ", ")
    case .binary(_, let left, _, _), .within(let left, _, _, _):
      if case .value(let value) = try evaluate(left) { return value.text }
      return nil
    default: return nil
    }
  }
}
