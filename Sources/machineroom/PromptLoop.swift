import CommandLanguage
import Commands
import Quantities
import Rendering
import Reports
import Terminal

/// The prompt: reads lines and plays them until somebody leaves.
@MainActor struct PromptLoop {
  private var player: Player
  private let editor: LineEditor
  private let style: TextStyle
  private var lineNumber = 0

  init(_ options: GlobalOptions, _ terminal: TerminalInfo) throws {
    try Interrupts.install(.note)
    player = try Player(options, terminal)
    style = options.style(terminal)
    var settings = LineEditor.Settings()
    settings.style = style
    settings.sendsEscapes = !terminal.isDumb
    settings.historyPath = options.safe ? nil : HistoryPlace.path(terminal.environment)
    settings.isIncomplete = Parser.isIncomplete
    let completer = Completer(registry: .standard)
    settings.completions = { line in
      completer.candidates(for: line).map { Completion($0.text, $0.summary) }
    }
    editor = try LineEditor(program: "machineroom", settings: settings)
  }

  /// Greets, and plays line after line.
  mutating func run() throws {
    player.console.show(Greeting.report(isFresh: player.session.log.isEmpty))
    while !player.session.isOver {
      switch editor.readLine(prompt: prompt) {
      case .endOfFile: return
      case .interrupted: continue
      case .line(let text): try play(text)
      }
    }
  }

  private mutating func play(_ text: String) throws {
    lineNumber += 1
    Interrupts.clear()
    do {
      try player.play(Source(text: text, firstLine: lineNumber))
    } catch {
      if Interrupts.pressCount >= 3 { throw ExitStatus.interrupted }
      player.console.say(
        "Stopped. Your world is still at \(player.session.state.world.now).")
    }
    Interrupts.clear()
  }

  /// `2004-03-01 · $12,000 › `, with the branch where there are several.
  private var prompt: String {
    let state = player.session.state
    var parts = ["\(state.world.now)", FactValue.money(state.world.cash).text]
    if player.session.branches.count > 1 { parts.insert(player.session.currentName, at: 0) }
    return style.visible(parts.joined(separator: " · ") + " › ")
  }
}

/// What the prompt says first.
enum Greeting {
  static func report(isFresh: Bool) -> Report {
    guard isFresh else {
      return Report([
        .paragraph("Machineroom \(Version.program). Welcome back; 'history' tells what led here.")
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

/// Where the lines of the prompt are kept between sessions.
enum HistoryPlace {
  /// The path by the XDG rules, or nil if there is no home.
  static func path(_ environment: [String: String]) -> String? {
    let state =
      environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.local/state" }
    return state.map { $0 + "/machineroom/history" }
  }
}
