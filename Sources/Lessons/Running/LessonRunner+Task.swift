import CommandLanguage
import Commands
import Quantities
import Reports

extension LessonRunner {
  /// Begins a task: goes to its mark, and remembers where each try starts.
  mutating func begin(_ task: LessonTask, show: (LessonOutput) -> Void) {
    let entering = session.state
    if let from = task.from {
      if let state = marked.first(where: { $0.name == from.text })?.state {
        session.restore(state)
      } else {
        fault(
          Diagnostic(
            "unknown-mark", "No statement before this task made the mark '\(from.text)'.",
            at: lesson.source.span(from.range),
            help: "Write 'mark \(from.text)' in a run or setup before it."), show: show)
      }
    }
    session.setFloor()
    attempt = Attempt(start: session, lastTry: entering)
  }

  /// The present task, or nil.
  var task: LessonTask? {
    guard let step = lesson.step(at: position), case .task(let task) = step.kind else { return nil }
    return task
  }

  /// Runs what was typed as a try; ends the try when it can be told how it went.
  mutating func tryStatements(
    _ text: String, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    let source = Source(text: text)
    let ranges = Parser.statementRanges(in: source, source.all)
    for range in ranges {
      if let refusal = refusal(source, range) {
        show(.notice(refusal))
        return
      }
      let before = session.log.count
      let report = try running.execute(source, range, in: &session, context)
      show(.report(report))
      if report.isError { return }
      // What was asked and found counts as well as what was done.
      guard session.log.count > before || report.subject != nil else { continue }
      attempt?.hasTriedSinceHint = true
      if judge(isAsked: false, experiment: report.subject, show: show) { return }
    }
  }

  /// A new world would answer another question than the task's.
  private func refusal(_ source: Source, _ range: Range<Int>) -> String? {
    let verb = source.text(range).prefix { $0 != " " && $0 != "\t" }
    guard verb == "new" || verb == "seed" || verb == "read", let task else { return nil }
    let solution = task.solution?.ranges.map { lesson.source.text($0) } ?? []
    guard !solution.contains(where: { $0.hasPrefix(verb) }) else { return nil }
    return
      "'\(verb)' would leave this task's world. 'play' lets you do so, and 'resume' comes back."
  }

  /// Judges the try; returns whether it is over.
  ///
  /// - Parameters:
  ///   - isAsked: whether the learner typed `check`. If not, a try ends when all checks hold, or when
  ///     the windows of all checks are simulated.
  ///   - experiment: the subject of the report that was just made, such as `queue`: a task that asks
  ///     for nothing else ends a try with each such report.
  @discardableResult
  mutating func judge(
    isAsked: Bool, experiment: String? = nil, show: (LessonOutput) -> Void
  ) -> Bool {
    guard let task else { return false }
    var verdicts: [Verdict] = []
    for check in task.checks {
      do {
        verdicts.append(try evaluator(session.state).check(check.condition.expression))
      } catch {
        fault(error, show: show)
        return false
      }
    }
    if verdicts.allSatisfy({ $0 == .pass }) {
      let words = task.onPass?.say.map { fill($0, session.state, show: show) }
      show(.verdict(.pass(say: words)))
      finish(task, .earned, show: show)
      return true
    }
    let isSimulated =
      task.isSimulated(at: session.state.world.now)
      || experiment.map(task.asksOnly(about:)) ?? false
    guard isAsked || isSimulated else { return false }
    let isOver = isSimulated || verdicts.contains { if case .fail = $0 { true } else { false } }
    var reasons: [String] = []
    for (check, verdict) in zip(task.checks, verdicts) {
      if let reason = reason(check, verdict, show: show) { reasons.append(reason) }
    }
    fail(task, reasons, isOver: isOver, show: show)
    return isOver
  }

  /// Why a check does not hold, in words; nil if it does.
  private mutating func reason(
    _ check: LessonTask.Check, _ verdict: Verdict, show: (LessonOutput) -> Void
  ) -> String? {
    let condition = lesson.source.text(check.condition.range)
    switch verdict {
    case .pass: return nil
    case .notYet(let reason): return "\(condition): not yet, \(reason)."
    case .fail(let value):
      guard let words = check.otherwise else {
        return condition + (value.map { ": it is \($0.text)." } ?? ": it is not so.")
      }
      let variables = value.map { ["value": $0] } ?? [:]
      return fill(words, session.state, variables, show: show)
    }
  }

  private mutating func fail(
    _ task: LessonTask, _ reasons: [String], isOver: Bool, show: (LessonOutput) -> Void
  ) {
    guard var attempt else { return }
    attempt.hasTriedSinceHint = true
    if isOver {
      attempt.lastTry = session.state
      attempt.misses += 1
      session = attempt.start
    }
    self.attempt = attempt
    show(
      .verdict(
        .notYet(
          reasons: reasons, isGivenBack: isOver,
          hintsLeft: task.hints.count - attempt.hintsShown)))
    if isOver, attempt.misses % 3 == 0 { showQuestion(show: show) }
  }

  /// Ends the task, keeps its world, and waits for Enter.
  mutating func finish(
    _ task: LessonTask, _ mark: LessonProgress.Mark, show: (LessonOutput) -> Void
  ) {
    progress.note(lesson.name(ofStepAt: position), mark)
    rememberMarks()
    session.setFloor()
    settle(isLast: false, show: show)
    pause()
    show(
      .notice(
        mark == .shown
          ? "Shown, not earned. Press Enter to go on."
          : "Press Enter to go on, or look around first."))
  }
}

extension LessonTask {
  /// Whether its checks ask for facts of one subject only, without windows.
  func asksOnly(about subject: String) -> Bool {
    checks.flatMap { $0.condition.expression.facts }.allSatisfy { reference in
      reference.window == nil && reference.key.hasPrefix(subject + ".")
    }
  }

  /// Whether its checks ask for windows with a fixed end, and all of these lie before a moment: a try
  /// is then over.
  func isSimulated(at now: Moment) -> Bool {
    let ends = checks.flatMap { $0.condition.expression.facts }.compactMap { reference in
      reference.window?.fixedEnd(at: now)
    }
    return !ends.isEmpty && ends.allSatisfy { $0 <= now }
  }
}

extension Window {
  /// Where it ends, if that does not move with the present.
  func fixedEnd(at now: Moment) -> Moment? {
    switch self {
    case .during(let range):
      let start = range.start.last(before: now)
      return range.end?.last(before: now) ?? start + .days(1)
    case .at(.moment(let literal)): return literal.last(before: now)
    case .at(.mark), .over, .since: return nil
    }
  }
}
