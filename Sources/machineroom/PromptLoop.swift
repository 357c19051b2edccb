import CommandLanguage
import Commands
import Lessons
import Quantities
import Rendering
import Reports
import Terminal

/// The prompt: reads lines and plays them until somebody leaves; in a lesson, the lesson takes them.
@MainActor struct PromptLoop {
  private var player: Player
  private var play: LessonPlay?
  private let editor: LineEditor
  private let suggestions: PromptSuggestions
  private let terminal: TerminalInfo
  private let store: ProgressStore
  private let style: TextStyle
  private var lineNumber = 0
  private var isHistoryMentioned = false
  /// Whether lines are questions to the language model.
  private var isChatting = false

  init(_ options: GlobalOptions, _ terminal: TerminalInfo) throws {
    try Interrupts.install(.note)
    self.terminal = terminal
    player = try Player(options, terminal, isAtPrompt: true)
    style = options.style(terminal)
    store = ProgressStore(terminal.environment, isSafe: options.safe)
    var settings = LineEditor.Settings()
    settings.style = style
    settings.sendsEscapes = !terminal.isDumb
    settings.historyPath =
      options.safe ? nil : StateFolder.path(terminal.environment).map { $0 + "/history" }
    settings.isIncomplete = Parser.isIncomplete
    suggestions = PromptSuggestions(terminal.environment)
    suggestions.configure(&settings, terminal)
    editor = try LineEditor(program: "machineroom", settings: settings)
  }

  /// Greets, and plays line after line.
  /// - Parameter first: what to do before the first line.
  mutating func run(first wish: Session.Wish? = nil) throws {
    if let wish {
      fulfil(wish)
    } else {
      player.console.show(Greeting.report(player.session))
    }
    defer { player.close() }
    while player.session.wish != .quit {
      suggestions.offer(
        play?.runner.session ?? player.session, isInLesson: play != nil,
        sessions: player.keeper.names, to: editor)
      mentionHistory()
      let status = player.takeStatus().rawValue
      switch editor.readLine(
        prompt: style.visible(isChatting ? "you › " : play?.prompt ?? prompt), after: status)
      {
      case .endOfFile:
        if isChatting {
          leaveChat()
        } else if play != nil {
          leaveLesson()
        } else {
          return
        }
      case .interrupted: continue
      case .line(let text): try isChatting ? chat(text) : take(text)
      }
    }
  }

  private mutating func take(_ text: String) throws {
    lineNumber += 1
    do {
      if play == nil, text.filter({ !$0.isWhitespace }) == "chat" {
        beginChat()
      } else if play == nil {
        try player.play(Source(text: text, firstLine: lineNumber))
        if let wish = player.takeWish() { fulfil(wish) }
      } else if ["quit", "exit"].contains(text.filter { $0 != " " }) {
        leaveLesson()
      } else {
        for line in Parser.typedLines(text) {
          try play?.take(line)
          if let wish = play?.takeWish() { fulfilInLesson(wish) }
        }
        if play?.isOver ?? false { endLesson() }
      }
    } catch {
      if Interrupts.pressCount >= 3 { throw ExitStatus.interrupted }
      let session = play?.runner.session ?? player.session
      player.console.say(PromptLoop.stopped(session))
    }
    Interrupts.clear()
  }

  /// What to say after Ctrl-C.
  private static func stopped(_ session: Session) -> String {
    let now = session.state.world.now
    switch session.offer {
    case nil: return "Stopped. Your world is still at \(now)."
    case .statement: return "Stopped. 'keep' keeps what was learned so far."
    case .reached(let world, _):
      return "Stopped at \(world.now). Your world is still at \(now). "
        + "'keep' accepts the part that ran."
    }
  }

  // MARK: - A mode in which lines are questions

  private mutating func beginChat() {
    guard let entry = player.session.state.models.entry(nil) else {
      player.console.say("There is no language model yet. Train one: train shop-talk")
      return
    }
    isChatting = true
    player.console.say("What you type is asked of '\(entry.name)'; an empty line ends it.")
  }

  private mutating func leaveChat() {
    isChatting = false
    player.console.say("You are back at the prompt.")
  }

  /// Asks what was typed, as the statement that a script would have.
  private mutating func chat(_ text: String) throws {
    guard text.contains(where: { !$0.isWhitespace }) else { return leaveChat() }
    try take("chat \(QuotedText.text(text))")
  }

  private mutating func fulfil(_ wish: Session.Wish) {
    do {
      switch wish {
      case .quit: player.leave()
      case .learn(let id):
        play = try LessonPlay(
          id, course: CourseFolder.find(terminal.environment), console: player.console,
          context: player.context, progress: player.progress, store: store)
      case .save(let name): try player.save(as: name)
      case .open(let name?): try player.open(name)
      case .open(nil): player.console.show(try player.keeper.list())
      case .listLessons:
        player.console.show(
          try CourseFolder.find(terminal.environment).map(store).report)
      }
    } catch let diagnostics as Diagnostics {
      diagnostics.list.forEach(player.console.show)
    } catch let diagnostic as Diagnostic {
      player.console.show(diagnostic)
    } catch {
      player.console.say("Stopped.")
    }
  }

  private mutating func fulfilInLesson(_ wish: Session.Wish) {
    switch wish {
    case .listLessons: fulfil(wish)
    case .quit: leaveLesson()
    case .learn(let id):
      if let id, id != play?.runner.lesson.id {
        fulfil(wish)
      } else {
        player.console.say("You are in it.")
      }
    case .save, .open:
      player.console.say(
        "That is about the session outside of the lesson; 'quit' leaves the lesson, which waits for "
          + "you.")
    }
  }

  /// Says once that lines are not kept, and why.
  private mutating func mentionHistory() {
    guard let failure = editor.historyFailure, !isHistoryMentioned else { return }
    isHistoryMentioned = true
    player.console.say("Lines that you type are not kept: \(failure.message).")
  }

  private mutating func leaveLesson() {
    play = nil
    player.console.say("The lesson waits for you; 'learn' goes on with it.")
  }

  private mutating func endLesson() {
    play = nil
    player.console.say("You are back at the prompt; 'lessons' shows the course.")
  }

  /// `2004-03-01 · $12,000 › `, with the branch where there are several.
  private var prompt: String {
    let state = player.session.state
    var parts = ["\(state.world.now)", FactValue.money(state.world.cash).text]
    if player.session.branches.count > 1 { parts.insert(player.session.currentName, at: 0) }
    if let name = player.keeper.name, name != SessionKeeper.usualName { parts.insert(name, at: 0) }
    return parts.joined(separator: " · ") + " › "
  }
}

/// What the prompt says first.
enum Greeting {
  static func report(_ session: Session) -> Report {
    let world = session.state.world
    guard session.log.isEmpty else {
      return Report([
        .paragraph(
          "Machineroom \(Version.program). Welcome back: it is \(world.now), and you have "
            + "\(FactValue.money(world.cash).text). 'history' tells what led here, 'new shop' begins "
            + "afresh.")
      ])
    }
    return Report([
      .paragraph(
        "Machineroom \(Version.program). You make quilts. It is March 2004, and you want to sell "
          + "them on the web."),
      .lines([
        "",
        "  learn        the course, lesson by lesson",
        "  new shop     or start building at once",
        "  help         every command, with an example that runs",
        "",
      ]),
    ])
  }
}
