import ArgumentParser
import Commands
import Glibc

/// The program: its arguments, and what they start.
@main
struct Machineroom: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machineroom",
    abstract: "Learn how the machines under all software work, by building them.",
    version: Version.program,
    subcommands: [
      PromptCommand.self, LearnLesson.self, ListLessons.self, RunScripts.self, LessonTools.self,
      ReferenceCommand.self, DoctorCommand.self, InstallCommand.self,
    ],
    defaultSubcommand: PromptCommand.self)

  /// Parses the arguments and runs what they ask for.
  ///
  /// How it ends is the project's own: a usage error is 2.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      Glibc.exit(status.rawValue)
    } catch {
      guard exitCode(for: error) != .success else { exit(withError: error) }
      let message = fullMessage(for: error)
      FileHost.writeError(message + "\n")
      Glibc.exit(ExitStatus.usage.rawValue)
    }
  }
}
