import ArgumentParser
import CommandLanguage
import Commands
import Lessons
import Reports
import Terminal

/// `machineroom learn`: the prompt, in a lesson.
///
/// With stdin not a terminal, its lines are the answers.
struct LearnLesson: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "The prompt, in a lesson; without a name, where you left off.")

  @ArgumentParser.Argument(
    help: "The lesson's name.", completion: .custom { _, _, _ in ShellCompletion.lessons() })
  var lesson: String?

  @OptionGroup var options: GlobalOptions

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    let console = Console(options, terminal)
    do {
      if terminal.isInputTerminal {
        let wish = Session.Wish.learn(lesson)
        try MainActor.assumeIsolated {
          var loop = try PromptLoop(options, terminal)
          try loop.run(first: wish)
        }
      } else {
        try Interrupts.install(.leave)
        try playStandardInput(terminal, console)
      }
    } catch let diagnostics as Diagnostics {
      diagnostics.list.forEach(console.show)
      throw ExitStatus.scriptError
    } catch let diagnostic as Diagnostic {
      console.show(diagnostic)
      throw ExitStatus.scriptError
    } catch is Cancelled {
      throw ExitStatus.interrupted
    }
  }

  /// Answers come from a stream: nothing is kept, and nothing is gone on with.
  private func playStandardInput(_ terminal: TerminalInfo, _ console: Console) throws {
    var play = try LessonPlay(
      lesson, course: CourseFolder.find(terminal.environment), console: console,
      context: CommandContext(host: options.host),
      progress: RunProgress(isEnabled: false, { [options] in options.errorStyle(terminal) }),
      store: ProgressStore(terminal.environment, isSafe: true))
    var reader = LineReader()
    do throws(LineReader.Failure) {
      while !play.isOver, let line = try reader.next() {
        do {
          try play.take(String(decoding: line.bytes, as: UTF8.self))
        } catch {
          throw .interrupted
        }
      }
    } catch {
      throw error.diagnostic
    }
    if !play.runner.problems.isEmpty { throw ExitStatus.scriptError }
  }
}
