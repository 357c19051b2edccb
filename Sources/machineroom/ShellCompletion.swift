import CommandLanguage
import Commands
import Terminal

/// What the shell offers for words of the outer command line that the registry and the course know.
enum ShellCompletion {
  /// The ids of the lessons; none where there is no course.
  static func lessons() -> [String] {
    do {
      return try CourseFolder.find(TerminalInfo.current().environment).lessonIDs()
    } catch {
      return []
    }
  }

  /// What could stand at the end of the statements after `-c`, each with what stands before it.
  ///
  /// - Parameter word: the word so far, with the quotation mark that a shell may leave in front.
  static func statements(_ word: String) -> [String] {
    let quote = word.prefix { $0 == "'" || $0 == "\"" }
    let text = word.dropFirst(quote.count)
    let start = text.lastIndex(of: ";").map { text.index(after: $0) } ?? text.startIndex
    let statement = text[start...].drop { $0 == " " }
    let end = statement.lastIndex(of: " ").map { statement.index(after: $0) }
    let before = text[..<(end ?? statement.startIndex)]
    return Completer(registry: .standard).candidates(for: String(statement))
      .map { "\(quote)\(before)\($0.text)" }
  }
}
