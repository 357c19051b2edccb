import CLibEdit
import CTerminal
import Glibc
import Rendering

extension LineEditor {
  /// Shows what may come, if the cursor stands at the end of a line of one row.
  ///
  /// It is drawn behind the editor's back, from the cursor to at most the end of the row, and the
  /// cursor goes back; the next key clears it.
  func showHint() {
    guard settings.showsHints, settings.style.usesColor, hint == nil else { return }
    let (all, upToCursor) = text
    guard !all.isEmpty, all == upToCursor, !all.utf8.contains(10), let next = nextHint(for: all)
    else { return }
    let told = Int(terminal_columns(STDOUT_FILENO))
    let columns = told > 0 ? told : TerminalInfo.widthDefault
    let used = (promptWidth + all.displayWidth) % columns
    let shown = settings.style.visible(next.text(columns: columns - 1 - used))
    let width = shown.displayWidth
    guard width > 0, width < columns - used else { return }
    terminal_put(settings.style.painted(shown, .dim) + "\u{1B}[\(width)D")
    hint = next
  }

  /// Wipes the hint away.
  func clearHint() {
    guard hint != nil else { return }
    terminal_put("\u{1B}[K")
    hint = nil
  }

  /// The key that takes the hint over instead of moving to the right or to the end, where it would
  /// not move.
  func accepting(_ key: Unicode.Scalar) -> Unicode.Scalar {
    let accepts = [PrivateKey.right.scalar, PrivateKey.end.scalar, LineEditor.controlE]
    guard let hint, !hint.completion.isEmpty, accepts.contains(key) else { return key }
    accepted = hint.completion
    return PrivateKey.acceptHint.scalar
  }

  private static let controlE: Unicode.Scalar = "\u{5}"

  /// Inserts what the hint offered.
  func acceptHint() -> UInt8 { insert(accepted) }

  private func nextHint(for line: String) -> Hint? {
    if let rest = historyHint.rest(of: line, in: search.entries) { return Hint(completion: rest) }
    return settings.hint(line)
  }
}
