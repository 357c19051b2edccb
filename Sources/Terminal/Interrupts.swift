import CTerminal
import Glibc

/// Ctrl-C: what was pressed while a command runs.
///
/// The handler of SIGINT raises a lock-free counter, which a checkpoint of a long computation
/// reads, and writes to a pipe, which wakes the line editor.
package enum Interrupts {
  /// What Ctrl-C does.
  package enum Mode: Sendable {
    /// It is noted for the next checkpoint: at a prompt.
    case note
    /// It ends the process with status 130 at once: in a script. What was written to a buffered
    /// stream and not flushed is lost.
    case leave
  }

  /// Takes over SIGINT, SIGWINCH and SIGCONT.
  ///
  /// - Throws: `TerminalFailure` if the system refuses.
  package static func install(_ mode: Mode) throws(TerminalFailure) {
    let status = terminal_install_signals(
      mode == .note ? terminal_interrupt_notes : terminal_interrupt_leaves)
    guard status == 0 else { throw TerminalFailure(action: "handle signals") }
  }

  /// Whether Ctrl-C was pressed since the last `clear`: one relaxed atomic load.
  package static var isRequested: Bool { pressCount > 0 }

  /// How often Ctrl-C was pressed since the last `clear`.
  package static var pressCount: Int { Int(terminal_interrupt_count()) }

  /// Forgets the presses so far: before a command runs.
  package static func clear() { terminal_clear_interrupts() }
}

/// The system refused something that the terminal needs.
package struct TerminalFailure: Error, Hashable, Sendable {
  /// What was tried, as an infinitive: `read the input`.
  package var action: String
  /// The system's error number.
  package var number: Int32

  /// A failure with the system's last error number.
  init(action: String) {
    self.action = action
    number = terminal_error()
  }

  /// The failure in words, without a full stop.
  package var message: String {
    "the system does not \(action): \(String(cString: strerror(number)))"
  }
}
