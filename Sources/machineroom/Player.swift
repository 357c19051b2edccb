import CommandLanguage
import Commands
import Rendering
import Reports
import Terminal

/// Plays statements through a session, shows their reports, and remembers how it went.
struct Player {
  private(set) var session: Session
  private(set) var status = ExitStatus.success
  let console: Console
  let context: CommandContext
  let progress: RunProgress
  private(set) var keeper: SessionKeeper
  /// How long the run took that `keep` would accept.
  private var stoppedSeconds = 0.0
  private let keepsGoing: Bool
  private let isAtPrompt: Bool

  init(
    _ options: GlobalOptions, _ terminal: TerminalInfo, keepsGoing: Bool = false,
    isAtPrompt: Bool = false
  ) throws {
    console = Console(options, terminal)
    progress = RunProgress(
      isEnabled: terminal.isErrorTerminal, { options.errorStyle(terminal.resized()) })
    context = CommandContext.of(options, progress, stream: console.stream)
    self.keepsGoing = keepsGoing
    self.isAtPrompt = isAtPrompt
    keeper = SessionKeeper(options, terminal.environment)
    let seed = options.seed ?? 1
    let opened = try keeper.begin(seed: seed, isAtPrompt: isAtPrompt, context)
    progress.stop()
    session = opened.session
    opened.notes.forEach(console.say)
    if let asked = options.seed, asked != session.seed {
      console.say("This session began with seed \(session.seed); --seed \(asked) is not used.")
    }
  }

  /// Whether no further statement should be played.
  var isOver: Bool { session.wish == .quit || (status == .scriptError && !keepsGoing) }

  /// What somebody asked for outside of the session; asked once.
  mutating func takeWish() -> Session.Wish? {
    guard session.wish != .quit else { return nil }
    defer { session.wish = nil }
    return session.wish
  }

  /// How it went since this was asked last: at a prompt, each line is a script of its own.
  mutating func takeStatus() -> ExitStatus {
    defer { status = .success }
    return status
  }

  /// Leaves, as 'quit' does.
  mutating func leave() { session.wish = .quit }

  /// Plays all statements of a source.
  mutating func play(_ source: Source) throws(Cancelled) {
    for range in Parser.statementRanges(in: source, source.all) {
      try play(source, range)
      if isOver { return }
      if session.wish != nil, !isAtPrompt {
        session.wish = nil
        fail(
          Diagnostic(
            "not-at-a-prompt", "'\(source.text(range))' belongs to the prompt, not to a script.",
            at: source.span(range), help: "Start 'machineroom', and type it there."))
        if isOver { return }
      }
    }
  }

  /// Plays one statement.
  ///
  /// It is on disk before its result is shown; if it cannot be written down, it was not done.
  mutating func play(_ source: Source, _ range: Range<Int>) throws(Cancelled) {
    let before = session
    let start = context.host.monotonicSeconds
    progress.start()
    defer { progress.stop() }
    var seconds: Double { context.host.monotonicSeconds - start }
    let report: Report
    do {
      report = try session.execute(source, range, context)
    } catch {
      stoppedSeconds = seconds
      throw error
    }
    progress.stop()
    do {
      try keeper.append(session.log[before.log.count...])
    } catch {
      session = before
      fail(error)
      return
    }
    console.show(report)
    if session.showsTiming {
      console.say("Took \(QuantityText.significant(seconds * 1_000)) ms.")
    }
    if session.log.count > before.log.count {
      keeper.note(session, seconds: seconds + (before.offer == nil ? 0 : stoppedSeconds))
    }
    if report.isError {
      status = status.combined(with: .scriptError)
    } else if !report.ok {
      status = status.combined(with: .failed)
    }
  }

  /// Leaves the session to whoever opens it next.
  mutating func close() { keeper.close(session) }

  /// Keeps a copy of the session under a name, and goes on in it.
  mutating func save(as name: String) throws(Diagnostic) {
    try keeper.save(session, as: name)
    session.isReadOnly = false
    console.say("A copy of this session is kept as '\(name)', and you are in it now.")
  }

  /// Goes on in the session of a name.
  mutating func open(_ name: String) throws {
    guard name != keeper.name else {
      console.say("You are in '\(name)'.")
      return
    }
    let opened = try keeper.open(name, leaving: session, context)
    progress.stop()
    session = opened.session
    console.say("You are in '\(name)' now. It is \(session.state.world.now).")
    opened.notes.forEach(console.say)
  }

  /// Notes what is wrong outside of any statement.
  mutating func fail(_ diagnostic: Diagnostic) {
    console.show(diagnostic)
    status = status.combined(with: .scriptError)
  }
}

extension CommandContext {
  /// What commands may use in this process: Ctrl-C stops them, and a person who waits sees where
  /// they are.
  static func of(
    _ options: GlobalOptions, _ progress: RunProgress, stream: ((String) -> Void)?
  ) -> CommandContext {
    CommandContext(
      host: options.host,
      checkpoint: { if Interrupts.isRequested { throw Cancelled() } },
      progress: { progress.show($0) }, stream: stream,
      rendered: { report, form in
        switch form {
        case .csv: CSV.text(report.series)
        case .json: JSONLines.line(report) + "\n"
        case .svg: SVG.text(report)
        case .txt:
          TextRenderer(style: TextStyle(isAscii: options.ascii, dots: options.canvas)).text(report)
        }
      })
  }
}

/// The line that shows how far a command is, for a person who waits at a terminal.
///
/// A class, because a command's context is copied and all copies show the same line.
final class RunProgress {
  private let isEnabled: Bool
  private let style: () -> TextStyle
  private var line: ProgressLine

  init(isEnabled: Bool, _ style: @escaping () -> TextStyle) {
    self.isEnabled = isEnabled
    self.style = style
    line = ProgressLine(isEnabled: isEnabled, style: style())
  }

  /// A command begins.
  func start() { line = ProgressLine(isEnabled: isEnabled, style: self.style()) }

  /// A command is so far.
  func show(_ progress: CommandContext.Progress) {
    line.update(
      Progress(
        share: progress.share, moment: progress.moment,
        rate: progress.note
          ?? progress.events.map { "\(QuantityText.grouped($0)) events" } ?? ""))
  }

  /// A command has ended.
  func stop() { line.clear() }
}
