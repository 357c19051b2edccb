import CLibEdit
import CTerminal
import Glibc
import Rendering

/// The prompt: a line with editing, history and completion, on libedit.
///
/// A class because libedit keeps a pointer to it. Keys are read by the editor's own reader, which
/// waits for the keyboard and for signals at once; `Interrupts.install(.note)` must come first, or
/// Ctrl-C ends the process.
@MainActor package final class LineEditor {
  /// What became of a prompt.
  package enum Reading: Hashable, Sendable {
    /// A line, without its newline; several with newlines between them where lines were continued.
    case line(String)
    /// Ctrl-C: the line was dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfFile
  }

  /// What the editor asks and keeps.
  package struct Settings {
    /// Where lines are kept from session to session, or nil for nowhere.
    package var historyPath: String?
    /// What the terminal shows: for the list of completions.
    package var style = TextStyle()
    /// Whether escape sequences of the editor's own may be sent: not on a dumb terminal.
    package var sendsEscapes = true
    /// Whether prompt, input and output are marked for the terminal (OSC 133).
    package var marksRegions = false
    /// Whether what may come is shown behind the cursor; only where dim letters set it apart.
    package var showsHints = false
    /// What may come behind this line, if no earlier line begins so.
    package var hint: (_ line: String) -> Hint? = { _ in nil }
    /// What could stand at the end of this line.
    package var completions: (_ lineUpToCursor: String) -> [Completion] = { _ in [] }
    /// Whether Enter should open another line rather than end the input.
    package var isIncomplete: (_ text: String) -> Bool = { _ in false }

    /// Settings without history, completion and continuation.
    package init() {}
  }

  /// What the editor asks and keeps; `historyPath` counts when the editor is made.
  package var settings: Settings
  /// Why lines are not kept, if that failed: worth one line to the user.
  package internal(set) var historyFailure: TerminalFailure?

  let editor: OpaquePointer
  let history: OpaquePointer
  let historyFile: HistoryFile?
  private let isUnicode: Bool
  var search = HistorySearch()
  var historyHint = HistoryHint()
  /// What is shown behind the cursor now.
  var hint: Hint?
  /// What Right takes over.
  var accepted = ""
  var pasted = PastedText()
  /// Bytes that were read and are no keys yet.
  var input: ArraySlice<UInt8> = []
  var decoder = KeyDecoder()
  var keys: [Unicode.Scalar] = []
  var controlKeys = ControlKeys()
  var wasInterrupted = false
  /// Whether the terminal knows that input has begun.
  var isReading = false
  private(set) var promptWidth = 0
  private var prompt: UnsafeMutablePointer<CChar>?
  private var last: Reading?

  /// Begins each stretch of a prompt that takes no room on the screen, and ends it.
  private static let escapeMark: Character = "\u{1}"

  /// An editor on stdin and stdout, which reads `~/.editrc`.
  ///
  /// - Throws: `TerminalFailure` if the terminal cannot be used.
  package init(program: String, settings: Settings = Settings()) throws(TerminalFailure) {
    // First, since libedit reads the locale when it starts.
    isUnicode = terminal_use_unicode()
    guard let editor = terminal_editor_open(program) else {
      throw TerminalFailure(action: "use the terminal")
    }
    guard let history = history_init() else {
      el_end(editor)
      throw TerminalFailure(action: "keep a history")
    }
    self.editor = editor
    self.history = history
    self.settings = settings
    historyFile = settings.historyPath.map(HistoryFile.init)
    connect()
    loadHistory()
  }

  isolated deinit {
    el_end(editor)
    history_end(history)
    free(prompt)
  }

  /// Shows a prompt and reads a line.
  ///
  /// The prompt may hold colour (SGR) sequences.
  ///
  /// - Parameter status: how the command of the line before ended, as an exit status.
  package func readLine(prompt text: String, after status: Int32 = 0) -> Reading {
    drainSignals()
    Interrupts.clear()
    setPrompt(text)
    if let last { mark(.commandEnded(status: last == .interrupted ? 130 : status)) }
    mark(.promptBegins)
    let reading = edit()
    if case .line = reading { mark(.outputBegins) }
    last = reading
    return reading
  }

  private func edit() -> Reading {
    el_resize(editor)
    controlKeys = .current()
    wasInterrupted = false
    search.reset()
    historyHint.reset()
    var count: Int32 = 0
    let line = el_gets(editor, &count)
    endInput()
    if wasInterrupted {
      el_reset(editor)
      terminal_put("^C\n")
      Interrupts.clear()
      return .interrupted
    }
    guard let line, count > 0 else {
      terminal_put("\n")
      return .endOfFile
    }
    var typed = String(cString: line)
    if typed.last == "\n" || typed.last == "\r" { typed.removeLast() }
    keepWhatWasTypedAhead()
    remember(typed)
    return .line(typed)
  }

  private func mark(_ mark: ShellMark) {
    if settings.marksRegions { terminal_put(mark.sequence) }
  }
}

// MARK: - Setting up

extension LineEditor {
  private func connect() {
    terminal_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    terminal_set_prompt(
      editor,
      { editor in
        let address = UInt(bitPattern: editor)
        let prompt = MainActor.assumeIsolated {
          UInt(bitPattern: LineEditor.of(address)?.prompt)
        }
        return UnsafeMutablePointer(bitPattern: prompt)
      }, 1)
    terminal_set_key_reader(editor) { editor, key in
      let address = UInt(bitPattern: editor)
      let next: (status: Int32, key: Unicode.Scalar) = MainActor.assumeIsolated {
        LineEditor.of(address)?.nextKey() ?? (0, "\0")
      }
      key?.pointee = Int32(bitPattern: next.key.value)
      return next.status
    }
    addFunctions()
    terminal_set_history(editor, history)
    // Some systems build libedit with vi's keys as the default.
    terminal_use_emacs_keys(editor)
    // The user's own file before the bindings: `bind -v` in it would undo them.
    el_source(editor, nil)
    terminal_read_control_keys(editor)
    terminal_bind(editor, "^I", "complete")
    terminal_bind(editor, "^R", "em-inc-search-prev")
    for key in PrivateKey.allCases { terminal_bind(editor, key.name, key.command) }
  }

  private func addFunctions() {
    add("complete", "Complete the word") { editor, _ in LineEditor.at(editor) { $0.complete() } }
    add("insert-newline", "Continue on a new line") { editor, _ in
      LineEditor.at(editor) { $0.insert("\n", atEnd: true) }
    }
    add("older-line", "Show an older line that begins so") { editor, _ in
      LineEditor.at(editor) { $0.showOlder() }
    }
    add("newer-line", "Show a newer line that begins so") { editor, _ in
      LineEditor.at(editor) { $0.showNewer() }
    }
    add("accept-hint", "Take over what is shown behind the cursor") { editor, _ in
      LineEditor.at(editor) { $0.acceptHint() }
    }
    add("insert-paste", "Insert what was pasted") { editor, _ in
      LineEditor.at(editor) { $0.insertPaste() }
    }
  }

  private func add(_ name: String, _ help: String, _ function: terminal_edit_function) {
    terminal_add_function(editor, name, help, function)
  }

  /// Lets the editor of a libedit handle do something; its functions are called where it is read.
  nonisolated private static func at(
    _ editor: OpaquePointer?, _ action: @MainActor (LineEditor) -> UInt8
  ) -> UInt8 {
    let address = UInt(bitPattern: editor)
    return MainActor.assumeIsolated { LineEditor.of(address).map(action) ?? UInt8(CC_ERROR) }
  }

  private static func of(_ editor: UInt) -> LineEditor? {
    guard let client = terminal_client(OpaquePointer(bitPattern: editor)) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  private func setPrompt(_ text: String) {
    free(prompt)
    let shown = isUnicode ? text : text.withOnlyAsciiMarks
    let marked = LineEditor.markingEscapes(shown)
    promptWidth = LineEditor.width(ofPrompt: marked)
    prompt = strdup(marked)
  }

  /// A prompt with its colour sequences between marks, so that libedit counts no columns for them.
  static func markingEscapes(_ prompt: String) -> String {
    var result = ""
    var isEscape = false
    for character in prompt {
      if character == "\u{1B}", !isEscape {
        result.append(escapeMark)
        isEscape = true
      }
      result.append(character)
      if isEscape, character == "m" {
        result.append(escapeMark)
        isEscape = false
      }
    }
    return isEscape ? result + String(escapeMark) : result
  }

  /// The columns of a prompt whose escape sequences are marked.
  private static func width(ofPrompt marked: String) -> Int {
    marked.split(separator: escapeMark, omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.reduce(0) { $0 + $1.element.displayWidth }
  }
}

// MARK: - The line

extension LineEditor {
  /// The line as it stands, whole and up to the cursor.
  var text: (all: String, upToCursor: String) {
    guard let info = el_line(editor)?.pointee, let start = info.buffer, let cursor = info.cursor,
      let last = info.lastchar
    else { return ("", "") }
    func string(_ end: UnsafePointer<CChar>) -> String {
      let bytes = UnsafeRawBufferPointer(start: start, count: max(0, end - start))
      return String(decoding: bytes, as: UTF8.self)
    }
    return (string(last), string(cursor))
  }

  private func complete() -> UInt8 {
    let line = text.upToCursor
    switch CompletionStep.step(line, settings.completions(line)) {
    case .nothing: return UInt8(CC_REFRESH_BEEP)
    case .insert(let text): return insert(text)
    case .list(let candidates):
      let list = CompletionList(candidates, style: settings.style)
      terminal_put("\n" + list.lines.map { $0 + "\n" }.joined())
      return UInt8(CC_REDISPLAY)
    }
  }

  /// Inserts a text at the cursor, or at the end.
  func insert(_ text: String, atEnd: Bool = false) -> UInt8 {
    if atEnd {
      let (all, upToCursor) = self.text
      el_cursor(editor, Int32(all.unicodeScalars.count - upToCursor.unicodeScalars.count))
    }
    // libedit refuses to insert nothing.
    return UInt8(text.isEmpty || el_insertstr(editor, text) == 0 ? CC_REFRESH : CC_ERROR)
  }
}
