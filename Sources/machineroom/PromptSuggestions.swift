import Commands
import Lessons
import Rendering
import Terminal

/// What the prompt offers while somebody types: completions and hints, from what exists now.
@MainActor final class PromptSuggestions {
  private let environment: [String: String]
  private lazy var lessons = PromptSuggestions.lessons(environment)

  /// Suggestions of the course that the environment leads to; it is read when it is asked for.
  init(_ environment: [String: String]) { self.environment = environment }

  /// Whether the terminal is told where prompt and output begin, and shows hints: with escape
  /// sequences allowed, colour among them; `MACHINEROOM_HINTS=off` keeps hints away.
  func configure(_ settings: inout LineEditor.Settings, _ terminal: TerminalInfo) {
    settings.marksRegions = settings.sendsEscapes && settings.style.usesColor
    settings.showsHints =
      settings.marksRegions && terminal.environment["MACHINEROOM_HINTS"] != "off"
  }

  /// Offers from now on what a session, or a lesson, has now.
  /// - Parameter sessions: the names of the kept sessions, looked up when they are asked for.
  func offer(
    _ session: Session, isInLesson: Bool, sessions: @escaping @Sendable () -> [String],
    to editor: LineEditor
  ) {
    var names = session.namesInUse
    names.provide("lesson") { MainActor.assumeIsolated { self.lessons } }
    names.provide("session") { sessions().map { .init($0, "a kept session") } }
    let words = LessonRunner.wordMeanings.map { Completer.Candidate($0.word, $0.meaning) }
    let completer = Completer(
      registry: session.registry, names: names, words: isInLesson ? words : [])
    editor.settings.completions = { line in
      completer.candidates(for: line).map { Completion($0.text, $0.summary) }
    }
    editor.settings.hint = { line in
      completer.hint(for: line).map { Hint(completion: $0.completion, remark: $0.remark) }
    }
  }

  private static func lessons(_ environment: [String: String]) -> [Completer.Candidate] {
    do {
      let course = try CourseFolder.find(environment)
      return try course.lessonIDs().map { id in
        let (lesson, _) = LessonParser.parse(try course.source(ofLesson: id))
        return .init(id, lesson.frontMatter.title.text)
      }
    } catch {
      // 'learn' says what is wrong with the course; Tab only offers nothing.
      return []
    }
  }
}
