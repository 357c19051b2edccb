import ArgumentParser
import CommandLanguage
import Lessons
import Reports
import Terminal

/// `machineroom lessons`: the course as a path, with what is done.
struct ListLessons: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons",
    abstract: "The course as a path: done, begun and open, and what is next.")

  @OptionGroup var options: GlobalOptions

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    let console = Console(options, terminal)
    let store = ProgressStore(terminal.environment, isSafe: options.safe)
    do throws(Diagnostic) {
      console.show(try CourseFolder.find(terminal.environment).map(store).report)
    } catch {
      console.show(error)
      throw ExitStatus.scriptError
    }
  }
}

extension CourseFolder {
  /// The lessons with how far each has come.
  func map(_ store: ProgressStore) throws(Diagnostic) -> CourseMap {
    var stages: [CourseMap.Stage] = []
    for id in try lessonIDs() {
      let (lesson, _) = LessonParser.parse(try source(ofLesson: id))
      stages.append(CourseMap.Stage(lesson, store.progress(of: id)))
    }
    return CourseMap(stages, last: store.lastLesson)
  }
}
