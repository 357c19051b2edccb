import Rendering

/// Shows an answer while it comes, word by word, on lines as wide as the terminal.
///
/// A class, because a command's context is copied and all copies write on the same line.
final class AnswerStream {
  private let style: () -> TextStyle
  private let write: (String) -> Void
  private var word = ""
  private var column = 0
  private var isOpen = false

  /// A stream to wherever `write` writes.
  init(style: @escaping () -> TextStyle, write: @escaping (String) -> Void) {
    self.style = style
    self.write = write
  }

  /// More of it came.
  func show(_ text: String) {
    isOpen = true
    for character in text {
      switch character {
      case "\n":
        flush()
        write("\n")
        column = 0
      case " ":
        flush()
        if column > 0, column < style().width { put(" ") }
      default: word.append(character)
      }
    }
  }

  /// It is over, or was stopped.
  func end() {
    guard isOpen else { return }
    flush()
    if column > 0 { write("\n") }
    (column, isOpen) = (0, false)
  }

  private func flush() {
    guard !word.isEmpty else { return }
    let style = style()
    let word = style.visible(word)
    if column > 0, column + word.displayWidth > style.width {
      write("\n")
      column = 0
    }
    put(word)
    self.word = ""
  }

  private func put(_ text: String) {
    write(text)
    column += text.displayWidth
  }
}
