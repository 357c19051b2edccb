import CLibEdit
import CTerminal
import Glibc

extension LineEditor {
  func showOlder() -> UInt8 {
    let (all, upToCursor) = text
    return show(search.older(line: all, upToCursor: upToCursor))
  }

  func showNewer() -> UInt8 { show(search.newer(line: text.all)) }

  /// Replaces the line, or beeps if there is nothing to replace it with.
  private func show(_ line: String?) -> UInt8 {
    guard let line else { return UInt8(CC_ERROR) }
    let (all, upToCursor) = text
    let length = all.unicodeScalars.count
    el_cursor(editor, Int32(length - upToCursor.unicodeScalars.count))
    el_deletestr(editor, Int32(length))
    return insert(line)
  }

  func loadHistory() {
    terminal_history_set_size(history, Int32(HistoryFile.entryCountMax))
    guard let historyFile else { return }
    do {
      let entries = try historyFile.load()
      search.load(entries)
      for entry in entries { terminal_history_enter(history, entry) }
    } catch {
      historyFailure = error
    }
  }

  /// Keeps a line as the latest, and only there.
  ///
  /// One that begins with a space is not kept.
  func remember(_ line: String) {
    guard let first = line.first, !first.isWhitespace else { return }
    guard search.latest != line else { return }
    if search.add(line) { terminal_history_forget(history, line) }
    terminal_history_enter(history, line)
    do {
      try historyFile?.append(line)
    } catch {
      historyFailure = error
    }
  }
}
