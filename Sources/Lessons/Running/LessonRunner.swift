import CommandLanguage
import Commands
import Quantities
import Reports

/// Plays a lesson: takes the lines that a learner types, and tells what to show.
///
/// It does no input and no output, so that the terminal, tests and `lesson test` drive the same
/// machine. It is a value: a copy is a snapshot of the lesson and its world.
package struct LessonRunner {
  /// What a line would answer.
  package enum Waiting: Hashable, Sendable {
    /// The lesson has not begun.
    case notStarted
    /// A number.
    case prediction
    /// A letter; whether one was chosen already.
    case choice(isAgain: Bool)
    /// Statements towards the goal.
    case task
    /// A thought.
    case reflection
    /// Enter, after a task is done.
    case pause
    /// Nothing: the lesson is over.
    case over
  }

  /// A task while it is worked on.
  struct Attempt {
    /// The session at the start of each try.
    var start: Session
    /// The state that hints and messages read: on entering, then of the last try.
    var lastTry: SessionState
    var misses = 0
    var hintsShown = 0
    var hasTriedSinceHint = true
    /// Whether the lesson itself is at fault, so that nobody is kept here.
    var isBroken = false
  }

  /// The lesson.
  package let lesson: Lesson
  /// What this machine has of what steps may need; more may come while the lesson goes on.
  package var available: Set<Step.Need>
  /// The learner's session.
  package internal(set) var session: Session
  /// How far it has come.
  package internal(set) var progress: LessonProgress
  /// What a line would answer now.
  package internal(set) var waiting = Waiting.notStarted
  /// The index of the present part.
  package internal(set) var position = 0
  /// Mistakes of the lesson that came to light while playing.
  package internal(set) var problems: [Diagnostic] = []
  /// The steps gone from and to, by a branch or to the next, as indices of parts.
  package internal(set) var jumps: [Jump] = []

  /// A way from one part to another that a branch took.
  package struct Jump: Hashable, Sendable {
    /// The step that was left.
    package var from: Int
    /// The part that came next.
    package var to: Int
  }

  let running: any StatementRunning
  let scene: LessonScene
  var attempt: Attempt?
  var pending: [LessonProgress.Pending] = []
  /// The session that free play returns to.
  var lessonSession: Session?
  /// The sessions at `progress.stops`, where they are still known.
  var stopSessions: [Session?] = []
  /// The states that tasks may start from, in the order of marking.
  var marked: [(name: String, state: SessionState)] = []

  /// A lesson that has not begun.
  ///
  /// - Parameters:
  ///   - seed: the seed of its world; nil for the lesson's own.
  ///   - scene: where it begins.
  package init(
    lesson: Lesson, scene: LessonScene = LessonScene(), seed: UInt64? = nil,
    registry: Registry = .standard,
    available: Set<Step.Need> = [], running: any StatementRunning = PlainRunning()
  ) {
    self.lesson = lesson
    self.scene = scene
    self.available = available
    self.running = running
    let seed = seed ?? lesson.frontMatter.fixedSeed
    session = Session(registry: registry, seed: seed, catalog: scene.catalog)
    progress = LessonProgress(lesson: lesson.id, seed: seed)
  }

  /// What somebody asked for that is the program's to do; asked once.
  package mutating func takeWish() -> Session.Wish? {
    defer { session.wish = nil }
    return session.wish
  }

  /// Whether the learner plays freely, and `resume` comes back to the lesson.
  package var isPlaying: Bool { lessonSession != nil }

  /// The number of the present question or task from 1, and how many there are.
  package var place: (number: Int, of: Int) {
    let acts = lesson.steps.filter { $0.step.isAct }
    let before = acts.count { $0.index <= position }
    return (min(max(before, 1), acts.count), acts.count)
  }

  /// Sets the scene and goes to the first question or task.
  package mutating func start(_ context: CommandContext, show: (LessonOutput) -> Void)
    throws(Cancelled)
  {
    var next = self
    try next.setScene(context, show: show)
    show(
      .title(
        lesson.frontMatter.title.text, minutes: lesson.frontMatter.minutes,
        acts: lesson.steps.count { $0.step.isAct }))
    try next.advance(context, show: show)
    self = next
  }

  /// Takes a line that the learner typed.
  ///
  /// If it is cancelled, everything is as it was; `keep` accepts what the learner's own run had done.
  package mutating func take(
    _ line: String, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    var next = self
    do {
      try next.handle(Typed(line), context, show: show)
      self = next
    } catch {
      // A run of the lesson's own is repeated whole, and so is a line of several statements.
      let isOwnRun = waiting == .task || isPlaying
      session.offer =
        isOwnRun && next.session.log.count == session.log.count ? error.prefix : nil
      throw error
    }
  }

  private mutating func setScene(_ context: CommandContext, show: (LessonOutput) -> Void)
    throws(Cancelled)
  {
    guard let script = scene.script else { return session.setFloor() }
    for range in Parser.statementRanges(in: script, script.all) {
      let report = try running.execute(script, range, in: &session, context)
      guard report.isError else { continue }
      for diagnostic in report.diagnostics { fault(diagnostic, show: show) }
      break
    }
    rememberMarks()
    session.setFloor()
  }

  // MARK: - Small parts

  /// Notes a mistake of the lesson and says so.
  mutating func fault(_ diagnostic: Diagnostic, show: (LessonOutput) -> Void) {
    problems.append(diagnostic)
    attempt?.isBroken = true
    show(.authorError(diagnostic))
  }

  /// Keeps the states of marks that were made since the last time.
  mutating func rememberMarks() {
    for mark in session.state.world.marks {
      guard let state = session.state.marked[mark.name] else { continue }
      marked.removeAll { $0.name == mark.name }
      marked.append((mark.name, state))
    }
    progress.marks = marked.map { .init(name: $0.name, script: $0.state.script) }
  }
}

extension FrontMatter {
  /// The seed for everybody; a student's own is the caller's to give.
  package var fixedSeed: UInt64 {
    switch seed {
    case .number(let number): number
    case .student: 1
    }
  }
}

/// A line that a learner typed.
struct Typed {
  /// The line without blanks around it.
  let text: String
  /// Its first word.
  let word: String
  /// What follows the first word.
  let rest: String

  init(_ line: String) {
    let source = Source(text: line)
    text = source.text(LineText.trimmed(source, source.all))
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
    word = parts.first.map(String.init) ?? ""
    rest = parts.count > 1 ? String(parts[1]) : ""
  }
}
