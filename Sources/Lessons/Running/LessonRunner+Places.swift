import CommandLanguage
import Commands
import Reports

extension LessonRunner {
  /// Goes back to the last question or task before the present one, with the world that it had.
  mutating func goBack(_ context: CommandContext, show: (LessonOutput) -> Void) throws(Cancelled) {
    guard progress.stops.count > 1 else {
      return show(.notice("This is the first step; there is nothing before it."))
    }
    progress.stops.removeLast()
    stopSessions.removeLast()
    try returnToLastStop(context, show: show)
    askAgain(show: show)
  }

  private mutating func askAgain(show: (LessonOutput) -> Void) {
    guard progress.stops.last?.isDone == true else { return ask(show: show) }
    waiting = .pause
    show(.notice("This task is done. Press Enter to go on."))
  }

  /// A lesson that goes on where an earlier session left it.
  ///
  /// - Returns: nil if the progress does not belong to this lesson as it is now; its caller then
  ///   starts anew.
  package static func resumed(
    _ progress: LessonProgress, lesson: Lesson, scene: LessonScene = LessonScene(),
    registry: Registry = .standard,
    available: Set<Step.Need> = [], running: any StatementRunning = PlainRunning(),
    _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) -> LessonRunner? {
    let steps = progress.stops.map { lesson.index(ofName: $0.step).flatMap(lesson.step) }
    guard progress.lesson == lesson.id, !steps.isEmpty, steps.allSatisfy({ $0?.isAct == true })
    else { return nil }
    var runner = LessonRunner(
      lesson: lesson, scene: scene, seed: progress.seed, registry: registry, available: available,
      running: running)
    runner.progress = progress
    runner.stopSessions = progress.stops.map { _ in nil }
    guard try runner.replayMarks(context) else { return nil }
    try runner.returnToLastStop(context, show: show)
    guard runner.stopSessions.last.flatMap({ $0 }) != nil else { return nil }
    show(
      .title(
        lesson.frontMatter.title.text, minutes: lesson.frontMatter.minutes,
        acts: lesson.steps.count { $0.step.isAct }))
    runner.askAgain(show: show)
    return runner
  }

  /// Goes to where the last stop stands, by the session if it is known, else by its script.
  private mutating func returnToLastStop(
    _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    guard let stop = progress.stops.last, let index = stopSessions.indices.last,
      let stepIndex = lesson.index(ofName: stop.step)
    else { return }
    if let known = stopSessions[index] {
      session = known
    } else if let replayed = try replayed(stop.script, context) {
      session = replayed
      session.setFloor()
      stopSessions[index] = session
    } else {
      show(.notice("That step's world cannot be found again; the lesson begins anew with 'learn'."))
      return
    }
    position = stepIndex
    pending = stop.pending
    attempt = nil
  }

  /// The session that a script leads to, or nil if a statement of it fails.
  private func replayed(_ script: [String], _ context: CommandContext) throws(Cancelled) -> Session?
  {
    var session = Session(
      registry: self.session.registry, seed: progress.seed, catalog: scene.catalog)
    let source = Source(name: "log", text: script.joined(separator: "\n"))
    for range in Parser.statementRanges(in: source, source.all) {
      if try running.execute(source, range, in: &session, context).isError { return nil }
    }
    return session
  }

  private mutating func replayMarks(_ context: CommandContext) throws(Cancelled) -> Bool {
    marked = []
    for mark in progress.marks {
      guard let session = try replayed(mark.script, context) else { return false }
      marked.append((mark.name, session.state.marked[mark.name] ?? session.state))
    }
    return true
  }
}
