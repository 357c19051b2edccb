import CommandLanguage
import Commands
import Glibc
import Lessons
import Rendering
import Reports
import Terminal

/// A lesson being played: its runner, what it shows, and where its progress is kept.
struct LessonPlay {
  private(set) var runner: LessonRunner
  private let console: Console
  private let context: CommandContext
  private let progress: RunProgress
  private let store: ProgressStore

  /// A lesson, begun or gone on with.
  ///
  /// - Parameter id: the lesson; nil for the one played last, or else the first.
  init(
    _ id: String?, course: CourseFolder, console: Console, context: CommandContext,
    progress: RunProgress, store: ProgressStore
  ) throws {
    let id = try id ?? store.lastLesson ?? course.lessonIDs().first ?? ""
    let source = try course.source(ofLesson: id)
    let (lesson, diagnostics) = LessonParser.parse(source)
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Diagnostics(errors) }
    let scene = try lesson.scene(from: course)
    self.console = console
    self.context = context
    self.progress = progress
    self.store = store
    if let kept = store.progress(of: id), kept.isOngoing,
      let resumed = try LessonRunner.resumed(
        kept, lesson: lesson, scene: scene, available: context.host.available, context,
        show: { console.show($0, progress) })
    {
      runner = resumed
    } else {
      runner = LessonRunner(lesson: lesson, scene: scene, available: context.host.available)
      try runner.start(context) { console.show($0, progress) }
    }
    progress.stop()
    store.save(runner.progress)
  }

  /// Whether the lesson is over.
  var isOver: Bool { runner.waiting == .over }

  /// Takes a line, and keeps how far it has come.
  mutating func take(_ line: String) throws(Cancelled) {
    progress.start()
    defer { progress.stop() }
    runner.available = context.host.available
    try runner.take(line, context) { [console, progress] in console.show($0, progress) }
    store.save(runner.progress)
  }

  /// What somebody asked for that lies outside of the lesson; asked once.
  mutating func takeWish() -> Session.Wish? { runner.takeWish() }

  /// The prompt with lesson, step, date and cash: `quilt-shop 3/9 · 2004-11-25 · $8,140 ›`.
  var prompt: String {
    let world = runner.session.state.world
    let place = runner.isPlaying ? "free play" : "\(runner.place.number)/\(runner.place.of)"
    return "\(runner.lesson.id) \(place) · \(world.now) · \(FactValue.money(world.cash).text) › "
  }
}

extension Host {
  /// What this machine has of what steps may need: whether it may be measured, and a model that was fetched.
  var available: Set<Step.Need> {
    var needs: Set<Step.Need> = allowsMeasurement ? [.measurement] : []
    if ModelSource.all.contains(where: { shelf.holds($0.digest) }) { needs.insert(.model) }
    return needs
  }
}

extension LessonProgress {
  /// Whether there is something to go on with.
  fileprivate var isOngoing: Bool { !stops.isEmpty && !isOver }
}

extension Console {
  /// Shows what a lesson says, all of it on stdout: it is what the learner came for.
  ///
  /// The line of progress makes way for it, and begins anew for what follows.
  func show(_ output: LessonOutput, _ progress: RunProgress) {
    progress.stop()
    defer { progress.start() }
    if case .report(let report) = output { show(report) } else { show(output) }
  }
}
