import CLibEdit
import CTerminal
import Glibc

// The keys that the terminal would turn into signals come as bytes while a line is read: each at its
// place among the others, and harmless within a paste.

extension LineEditor {
  /// The next key, with 1 for one, 0 for the end of the input, -1 for an interruption.
  func nextKey() -> (status: Int32, key: Unicode.Scalar) {
    beginInput()
    if keys.isEmpty, !isInputWaiting { showHint() }
    while keys.isEmpty {
      let ready = isBuffered ? 1 : terminal_wait(STDIN_FILENO, terminal_signal_pipe(), -1)
      if ready & 2 != 0 { handleSignals() }
      if ready & 1 != 0, !readKey() || ready < 0 {
        clearHint()
        return (0, "\0")
      }
      if wasInterrupted {
        clearHint()
        terminal_set_error(EINTR)
        return (-1, "\0")
      }
    }
    let key = accepting(keys.removeFirst())
    clearHint()
    let isEnter = key == "\r" || key == "\n"
    return (1, isEnter && settings.isIncomplete(text.all) ? PrivateKey.newline.scalar : key)
  }

  /// Tells the terminal where input begins, and that it may mark what is pasted.
  private func beginInput() {
    guard !isReading else { return }
    isReading = true
    if settings.marksRegions { terminal_put(ShellMark.inputBegins.sequence) }
    if settings.sendsEscapes { terminal_put("\u{1B}[?2004h") }
  }

  /// Takes back what `beginInput` asked for.
  func endInput() {
    guard isReading else { return }
    isReading = false
    if settings.sendsEscapes { terminal_put("\u{1B}[?2004l") }
  }

  private var isBuffered: Bool { !input.isEmpty }

  private var isInputWaiting: Bool {
    isBuffered || terminal_wait(STDIN_FILENO, -1, 0) == 1
  }

  /// The next byte, or nil if none comes in time or ever.
  private func nextByte(milliseconds: Int32) -> UInt8? {
    if !isBuffered {
      guard terminal_wait(STDIN_FILENO, -1, milliseconds) == 1, fill() else { return nil }
    }
    return input.popFirst()
  }

  /// Reads what is there; false at the end of the input.
  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let count = read(STDIN_FILENO, &chunk, chunk.count)
    if count < 0 { return terminal_error() == EINTR || terminal_error() == EAGAIN }
    input += chunk[..<max(0, count)]
    return count > 0
  }

  /// Reads one key, as far as it has come; false at the end of the input.
  private func readKey() -> Bool {
    guard isBuffered || fill() else { return false }
    guard let byte = input.popFirst() else { return true }
    switch Int32(byte) {
    case 0: keys += decoder.feed(byte)
    case controlKeys.interrupt: wasInterrupted = true
    case controlKeys.suspend: stop(with: SIGTSTP, shown: "^Z")
    case controlKeys.quit: stop(with: SIGQUIT, shown: "^\\")
    default: decode(byte)
    }
    if keys.last == "\u{1B}" { readSequence() }
    return true
  }

  private func decode(_ byte: UInt8) {
    keys += decoder.feed(byte).filter { !(0x80..<0xA0).contains($0.value) }
  }

  /// Reads what follows an escape at once, as no person could type it, and turns the sequence of an
  /// arrow key into a private key.
  ///
  /// Binding the sequences themselves would take vi's Escape away from its users.
  private func readSequence() {
    let start = keys.count - 1
    while keys.count - start <= PrivateKey.sequenceLengthMax,
      let byte = nextByte(milliseconds: PrivateKey.lookAheadMilliseconds)
    {
      decode(byte)
      let sequence = String(String.UnicodeScalarView(keys[(start + 1)...]))
      if let key = PrivateKey(sequence: sequence) {
        if key == .paste { readPaste() }
        keys.replaceSubrange(start..., with: [key.scalar])
        return
      }
      guard PrivateKey.isBeginning(sequence) else { return }
    }
  }

  /// Reads a paste to its end.
  private func readPaste() {
    pasted = PastedText()
    while !pasted.isOver, let byte = nextByte(milliseconds: PastedText.pauseMilliseconds) {
      pasted.take(byte)
    }
  }

  /// Inserts a paste; Enter runs its lines.
  func insertPaste() -> UInt8 {
    defer { pasted = PastedText() }
    guard !pasted.isTooLong else {
      terminal_put(
        "\nThe paste is longer than \(PastedText.lengthMax) bytes, so nothing of it was taken. Put it "
          + "into a file; 'read FILE' runs it.\n")
      return UInt8(CC_REDISPLAY)
    }
    return insert(pasted.text)
  }

  /// Takes over what was typed between Enter and the moment from which the terminal turns Ctrl-C into
  /// a signal again: a Ctrl-C among it is meant for the command that begins now.
  func keepWhatWasTypedAhead() {
    while input.count <= PastedText.lengthMax, terminal_wait(STDIN_FILENO, -1, 0) == 1 {
      guard fill() else {
        // Ctrl-D alone on a line reads as nothing; the next prompt ends by it.
        input.append(4)
        break
      }
    }
    let interrupt = UInt8(truncatingIfNeeded: controlKeys.interrupt)
    guard interrupt != 0, let last = PastedText.lastIndex(of: interrupt, in: input) else { return }
    input = input.dropFirst(last + 1)
    raise(SIGINT)
  }
}

// MARK: - Signals

extension LineEditor {
  /// The bytes that mean signals, as the user's terminal has them.
  struct ControlKeys {
    var interrupt: Int32 = 0
    var quit: Int32 = 0
    var suspend: Int32 = 0

    /// Those of stdin now.
    static func current() -> ControlKeys {
      ControlKeys(
        interrupt: terminal_control_key(STDIN_FILENO, VINTR),
        quit: terminal_control_key(STDIN_FILENO, VQUIT),
        suspend: terminal_control_key(STDIN_FILENO, VSUSP))
    }
  }

  /// Does what the terminal would: stops or ends the processes of this job.
  private func stop(with signal: Int32, shown: String) {
    clearHint()
    endInput()
    terminal_put(shown + "\n")
    terminal_prepare(editor, false)
    kill(0, signal)
    // Here it goes on, when the shell says `fg`.
    showAgain()
  }

  /// Takes the terminal back and shows the line: the shell left it as it likes it.
  private func showAgain() {
    terminal_prepare(editor, false)
    terminal_prepare(editor, true)
    terminal_put(settings.sendsEscapes ? "\r\u{1B}[K" : "\n")
    terminal_refresh(editor)
    beginInput()
  }

  /// Does what signals ask for.
  private func handleSignals() {
    for signal in pendingSignals() {
      switch signal {
      case SIGINT: wasInterrupted = true
      case SIGWINCH:
        hint = nil
        if settings.sendsEscapes { terminal_put("\r\u{1B}[J") }
        el_resize(editor)
        terminal_refresh(editor)
      case SIGCONT:
        clearHint()
        showAgain()
      default: break
      }
    }
  }

  private func pendingSignals() -> [Int32] {
    let pipe = terminal_signal_pipe()
    guard pipe >= 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(pipe, &bytes, bytes.count)
    return count > 0 ? bytes[..<count].map(Int32.init) : []
  }

  /// Forgets signals that came while nobody read: the size is asked for anyway.
  func drainSignals() {
    while !pendingSignals().isEmpty {}
  }
}

/// What tells the terminal the regions of a prompt's dialogue, so that it can jump from prompt to
/// prompt, copy one command's output, and show what failed.
///
/// - Source: Per Bothner, "Semantic Prompts" (FinalTerm's OSC 133), freedesktop.org.
enum ShellMark {
  case promptBegins
  case inputBegins
  case outputBegins
  case commandEnded(status: Int32)

  var sequence: String {
    let letter =
      switch self {
      case .promptBegins: "A"
      case .inputBegins: "B"
      case .outputBegins: "C"
      case .commandEnded(let status): "D;\(status)"
      }
    return "\u{1B}]133;\(letter)\u{7}"
  }
}
