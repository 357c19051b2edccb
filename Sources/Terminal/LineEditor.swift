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
    /// Whether the place where input begins is marked for the terminal (OSC 133;B).
    package var marksInput = false
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
  private var prompt: UnsafeMutablePointer<CChar>?
  private var decoder = KeyDecoder()
  private var keys: [Unicode.Scalar] = []
  private var wasInterrupted = false
  private var isInputMarked = false

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
  package func readLine(prompt text: String) -> Reading {
    setPrompt(text)
    drainSignals()
    Interrupts.clear()
    el_resize(editor)
    wasInterrupted = false
    isInputMarked = false
    search.reset()
    var count: Int32 = 0
    let line = el_gets(editor, &count)
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
    remember(typed)
    return .line(typed)
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
    terminal_add_function(editor, "complete", "Complete the word") { editor, _ in
      let address = UInt(bitPattern: editor)
      return MainActor.assumeIsolated { LineEditor.of(address)?.complete() ?? UInt8(CC_ERROR) }
    }
    terminal_add_function(editor, "insert-newline", "Continue on a new line") { editor, _ in
      let address = UInt(bitPattern: editor)
      return MainActor.assumeIsolated { LineEditor.of(address)?.insertNewline() ?? UInt8(CC_ERROR) }
    }
    terminal_add_function(editor, "older-line", "Show an older line that begins so") { editor, _ in
      let address = UInt(bitPattern: editor)
      return MainActor.assumeIsolated { LineEditor.of(address)?.showOlder() ?? UInt8(CC_ERROR) }
    }
    terminal_add_function(editor, "newer-line", "Show a newer line that begins so") { editor, _ in
      let address = UInt(bitPattern: editor)
      return MainActor.assumeIsolated { LineEditor.of(address)?.showNewer() ?? UInt8(CC_ERROR) }
    }
    terminal_set_history(editor, history)
    // Some systems build libedit with vi's keys as the default.
    terminal_use_emacs_keys(editor)
    // The user's own file before the bindings: `bind -v` in it would undo them.
    el_source(editor, nil)
    terminal_bind(editor, "^I", "complete")
    terminal_bind(editor, "^R", "em-inc-search-prev")
    for key in PrivateKey.allCases { terminal_bind(editor, key.name, key.command) }
  }

  private static func of(_ editor: UInt) -> LineEditor? {
    guard let client = terminal_client(OpaquePointer(bitPattern: editor)) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  private func setPrompt(_ text: String) {
    free(prompt)
    let shown = isUnicode ? text : text.withOnlyAsciiMarks
    prompt = strdup(LineEditor.markingEscapes(shown))
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
}

// MARK: - Keys and signals

extension LineEditor {
  /// The next key, with 1 for one, 0 for the end of the input, -1 for an interruption.
  private func nextKey() -> (status: Int32, key: Unicode.Scalar) {
    if settings.marksInput, settings.sendsEscapes, !isInputMarked {
      terminal_put("\u{1B}]133;B\u{7}")
    }
    isInputMarked = true
    while keys.isEmpty {
      let ready = terminal_wait(STDIN_FILENO, terminal_signal_pipe(), -1)
      if ready & 2 != 0, handleSignals() {
        terminal_set_error(EINTR)
        return (-1, "\0")
      }
      if ready & 1 != 0, !readByte() { return (0, "\0") }
      if ready < 0 { return (0, "\0") }
    }
    let key = keys.removeFirst()
    let isEnter = key == "\r" || key == "\n"
    return (1, isEnter && settings.isIncomplete(text.all) ? PrivateKey.newline.scalar : key)
  }

  /// Reads one byte, so that what is typed ahead stays in the terminal for whoever reads next;
  /// false at the end of the input.
  private func readByte() -> Bool {
    var byte: UInt8 = 0
    let count = read(STDIN_FILENO, &byte, 1)
    if count < 0 { return terminal_error() == EINTR || terminal_error() == EAGAIN }
    guard count == 1 else { return false }
    keys += decoder.feed(byte).filter { !(0x80..<0xA0).contains($0.value) }
    if keys.last == "\u{1B}" { readSequence() }
    return true
  }

  /// Reads what follows an escape at once, as no person could type it, and turns the sequence of an
  /// arrow key into a private key.
  ///
  /// Binding the sequences themselves would take vi's Escape away from its users.
  private func readSequence() {
    let start = keys.count - 1
    while keys.count - start <= PrivateKey.sequenceLengthMax,
      terminal_wait(STDIN_FILENO, -1, PrivateKey.lookAheadMilliseconds) == 1
    {
      var byte: UInt8 = 0
      guard read(STDIN_FILENO, &byte, 1) == 1 else { return }
      keys += decoder.feed(byte).filter { !(0x80..<0xA0).contains($0.value) }
      let sequence = String(String.UnicodeScalarView(keys[(start + 1)...]))
      if let key = PrivateKey(sequence: sequence) {
        keys.replaceSubrange(start..., with: [key.scalar])
        return
      }
      guard PrivateKey.isBeginning(sequence) else { return }
    }
  }

  /// Does what signals ask for; true if one of them was SIGINT.
  private func handleSignals() -> Bool {
    for signal in pendingSignals() {
      switch signal {
      case SIGINT: wasInterrupted = true
      case SIGWINCH:
        if settings.sendsEscapes { terminal_put("\r\u{1B}[J") }
        el_resize(editor)
        terminal_refresh(editor)
      case SIGCONT:
        // The shell left the terminal as it likes it.
        terminal_prepare(editor, false)
        terminal_prepare(editor, true)
        terminal_put(settings.sendsEscapes ? "\r\u{1B}[K" : "\n")
        terminal_refresh(editor)
      default: break
      }
    }
    return wasInterrupted
  }

  private func pendingSignals() -> [Int32] {
    let pipe = terminal_signal_pipe()
    guard pipe >= 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(pipe, &bytes, bytes.count)
    return count > 0 ? bytes[..<count].map(Int32.init) : []
  }

  /// Forgets signals that came while nobody read: the size is asked for anyway.
  private func drainSignals() {
    while !pendingSignals().isEmpty {}
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
    case .insert(let text):
      return UInt8(el_insertstr(editor, text) == 0 ? CC_REFRESH : CC_ERROR)
    case .list(let candidates):
      let list = CompletionList(candidates, style: settings.style)
      terminal_put("\n" + list.lines.map { $0 + "\n" }.joined())
      return UInt8(CC_REDISPLAY)
    }
  }

  private func insertNewline() -> UInt8 {
    let (all, upToCursor) = text
    let behind = all.unicodeScalars.count - upToCursor.unicodeScalars.count
    el_cursor(editor, Int32(behind))
    return UInt8(el_insertstr(editor, "\n") == 0 ? CC_REFRESH : CC_ERROR)
  }
}
