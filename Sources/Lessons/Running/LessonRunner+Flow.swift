import CommandLanguage
import Commands
import Quantities
import Reports

extension LessonRunner {
  /// Shows and runs part after part until something is asked of the learner.
  mutating func advance(_ context: CommandContext, show: (LessonOutput) -> Void) throws(Cancelled) {
    while position < lesson.parts.count {
      switch lesson.parts[position] {
      case .prose(let prose):
        showProse(prose, show: show)
        position += 1
      case .step(let step):
        if try enter(step, context, show: show) { return }
      }
    }
    settle(isLast: true, show: show)
    waiting = .over
    attempt = nil
    progress.isOver = true
    progress.stops = []
    stopSessions = []
    show(.finished(summary))
  }

  /// Begins a step; returns whether it waits for the learner.
  private mutating func enter(
    _ step: Step, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) -> Bool {
    if let need = step.needs.first(where: { !available.contains($0) }) {
      progress.note(lesson.name(ofStepAt: position), .notRun)
      show(.notice("NOT RUN: this part needs a \(need.rawValue), which is not here."))
      position += 1
      return false
    }
    switch step.kind {
    case .run(let statements):
      try run(statements, context, isShown: true, show: show)
      settle(isLast: false, show: show)
    case .setup(let statements):
      try run(statements, context, isShown: false, show: show)
      if !revealIsAhead(of: position) { settle(isLast: false, show: show) }
    case .note: break
    case .predict, .choice, .task, .reflect:
      stop(at: position)
      ask(show: show)
      return true
    }
    follow(step, ending: nil, show: show)
    return false
  }

  private mutating func run(
    _ statements: Statements, _ context: CommandContext, isShown: Bool,
    show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    for range in statements.ranges {
      if isShown { show(.statement(lesson.source.text(range))) }
      let report = try running.execute(lesson.source, range, in: &session, context)
      if report.isError {
        for diagnostic in report.diagnostics { fault(diagnostic, show: show) }
        break
      }
      if isShown { show(.report(report)) }
    }
    rememberMarks()
    session.setFloor()
  }

  /// Remembers where the learner is asked, so that `back` and a later session find it.
  mutating func stop(at index: Int) {
    progress.stops.append(
      .init(step: lesson.name(ofStepAt: index), script: session.state.script, pending: pending))
    stopSessions.append(session)
  }

  /// Waits for Enter after a task, and remembers its world.
  mutating func pause() {
    waiting = .pause
    stop(at: position)
    progress.stops[progress.stops.count - 1].isDone = true
  }

  /// Asks what the present step asks.
  mutating func ask(show: (LessonOutput) -> Void) {
    guard let step = lesson.step(at: position) else { return }
    switch step.kind {
    case .predict: waiting = .prediction
    case .choice: waiting = .choice(isAgain: false)
    case .reflect: waiting = .reflection
    case .task(let task):
      waiting = .task
      begin(task, show: show)
    case .run, .setup, .note: return
    }
    showQuestion(show: show)
  }

  /// Shows what the present step asks for.
  mutating func showQuestion(show: (LessonOutput) -> Void) {
    guard let step = lesson.step(at: position) else { return }
    let state = attempt?.lastTry ?? session.state
    switch step.kind {
    case .predict(let prediction):
      show(.predict(ask: fill(prediction.ask, state, show: show), unit: prediction.unit))
    case .choice(let choice):
      var options: [String] = []
      for option in choice.options { options.append(fill(option.text, state, show: show)) }
      show(.choice(ask: fill(choice.ask, state, show: show), options: options))
    case .task(let task): show(.task(goal: fill(task.goal, state, show: show)))
    case .reflect(let reflection): show(.reflect(ask: fill(reflection.ask, state, show: show)))
    case .run, .setup, .note: break
    }
  }

  private mutating func showProse(_ prose: Prose, show: (LessonOutput) -> Void) {
    var texts: [ProseText] = []
    for block in prose.blocks where !isTitle(block) && !speaksOfWhatWasNotRun(block) {
      texts.append(ProseText(kind: block.kind, text: fill(block.text, session.state, show: show)))
    }
    if !texts.isEmpty { show(.prose(texts)) }
  }

  /// Whether a step was not run, and the words have no value without it.
  private func speaksOfWhatWasNotRun(_ block: Prose.Block) -> Bool {
    guard progress.outcomes.contains(where: { $0.mark == .notRun }) else { return false }
    let evaluator = evaluator(session.state)
    return block.text.expressions.contains { expression in
      do {
        if case .notYet = try evaluator.evaluate(expression) { return true }
      } catch {
        return false
      }
      return false
    }
  }

  private func isTitle(_ block: Prose.Block) -> Bool {
    block.kind == .heading(1) && block.text.words() == lesson.frontMatter.title.text
  }

  // MARK: - Where to go

  /// Goes on to the part after a step: where its ending says, else its first branch that holds, else
  /// the next.
  mutating func follow(_ step: Step, ending: Ending?, show: (LessonOutput) -> Void) {
    let from = position
    attempt = nil
    if progress.stops.last?.isDone == true {
      progress.stops.removeLast()
      stopSessions.removeLast()
    }
    position = destination(step, ending, show: show)
    if position != from + 1 || ending?.target != nil || !step.branches.isEmpty {
      jumps.append(Jump(from: from, to: position))
    }
  }

  private mutating func destination(
    _ step: Step, _ ending: Ending?, show: (LessonOutput) -> Void
  ) -> Int {
    if let target = ending?.target,
      let index = lesson.landing(of: target.text, from: position)
    {
      return index
    }
    for branch in step.branches {
      guard let index = lesson.landing(of: branch.target.text, from: position) else { continue }
      guard let condition = branch.condition else { return index }
      do {
        if try evaluator(session.state).check(condition) == .pass { return index }
      } catch {
        fault(error, show: show)
      }
    }
    return position + 1
  }

  /// Whether a `run` or `setup` comes before the next task: what was foretold is then revealed there.
  func revealIsAhead(of index: Int) -> Bool {
    for part in lesson.parts.dropFirst(index + 1) {
      guard case .step(let step) = part else { continue }
      switch step.kind {
      case .run, .setup: return true
      case .task: return false
      case .predict, .choice, .reflect, .note: continue
      }
    }
    return false
  }

  /// Whether nothing but prose stands between a step and the next `run`.
  func runFollows(_ index: Int) -> Bool {
    for part in lesson.parts.dropFirst(index + 1) {
      guard case .step(let step) = part else { continue }
      switch step.kind {
      case .run, .setup: return true
      case .note: continue
      case .predict, .choice, .reflect, .task: return false
      }
    }
    return false
  }

  var summary: Summary {
    Summary(
      title: lesson.frontMatter.title.text,
      earned: progress.outcomes.count { $0.mark == .earned },
      shown: progress.outcomes.count { $0.mark == .shown }, calibration: progress.calibration)
  }
}
