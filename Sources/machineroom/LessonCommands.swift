import ArgumentParser
import CommandLanguage
import Commands
import Glibc
import Lessons
import Rendering
import Terminal

/// `machineroom lesson`: the author's tools.
struct LessonTools: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson", abstract: "Tools for those who write lessons.",
    subcommands: [LintLessons.self, TestLessons.self])
}

/// Where lessons to check are: files, or folders with `course.yaml` or Markdown files.
struct LessonPaths: ParsableArguments {
  @ArgumentParser.Argument(help: "Lesson files, or folders of them.")
  var paths: [String] = []

  /// The lessons in order, and the folder whose scenes and concepts they use.
  func sources(_ terminal: TerminalInfo) throws -> (files: CourseFolder, sources: [Source]) {
    var files: CourseFolder?
    var sources: [Source] = []
    let paths = try paths.isEmpty ? [CourseFolder.find(terminal.environment).path] : paths
    for path in paths {
      let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      if access(trimmed + "/course.yaml", R_OK) == 0 {
        let course = CourseFolder(path: trimmed)
        files = files ?? course
        for id in try course.lessonIDs() { sources.append(try course.source(ofLesson: id)) }
      } else {
        do throws(HostError) {
          let bytes = try FileHost.readAnyway(trimmed, limit: ReadCommand.scriptLengthMax)
          sources.append(Source(name: trimmed, bytes: bytes))
        } catch {
          throw error.diagnostic(trimmed)
        }
        let folder = trimmed.lastIndex(of: "/").map { String(trimmed[..<$0]) } ?? "."
        files = files ?? CourseFolder(path: folder)
      }
    }
    return (files ?? CourseFolder(path: "."), sources)
  }
}

/// `machineroom lesson lint`: everything that is wrong, at once.
struct LintLessons: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Report everything that is wrong with lessons, with its place.")

  @OptionGroup var lessons: LessonPaths

  @Option(help: "text, json or github.")
  var format: DiagnosticFormat = .text

  @OptionGroup var options: GlobalOptions

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    do {
      let (files, sources) = try lessons.sources(terminal)
      let diagnostics = LessonLinter(files: files).lint(sources)
      print(format.text(diagnostics, style: options.style(terminal)), terminator: "")
      if format == .text {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        print(
          [(sources.count, "lesson"), (errors, "error"), (warnings, "warning")]
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", "))
      }
      if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.failed }
    } catch let diagnostic as Diagnostic {
      Console(options, terminal).show(diagnostic)
      throw ExitStatus.scriptError
    }
  }
}

/// `machineroom lesson test`: proves lessons without a screen.
struct TestLessons: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Prove that lessons can be done, and that what they call wrong fails.")

  @OptionGroup var lessons: LessonPaths

  @Option(help: "text, tap, junit or json.")
  var format: ProofFormat = .text

  @Flag(help: "Weaken the solutions, to find checks that hold all the same.")
  var mutate = false

  @OptionGroup var options: GlobalOptions

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    do {
      try Interrupts.install(.leave)
      let (files, sources) = try lessons.sources(terminal)
      var proof = LessonProof.Options()
      proof.mutates = mutate
      proof.available = options.host.available
      let report = try LessonProof(files: files, options: proof).prove(
        sources, CommandContext(host: options.host))
      print(format.text(report), terminator: "")
      if !report.failures.isEmpty { throw ExitStatus.failed }
    } catch let diagnostic as Diagnostic {
      Console(options, terminal).show(diagnostic)
      throw ExitStatus.scriptError
    }
  }
}

extension DiagnosticFormat: ExpressibleByArgument {}
extension ProofFormat: ExpressibleByArgument {}
