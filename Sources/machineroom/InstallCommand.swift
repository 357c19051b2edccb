import ArgumentParser
import CommandLanguage
import Foundation
import Terminal

/// `machineroom install`: puts the program, its course, its manual page and its completions under a
/// prefix.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Copy the program, its course, manual page and completions under a prefix.")

  @ArgumentParser.Argument(
    help: "The prefix, such as ~/.local or /usr/local.", completion: .directory)
  var prefix: String

  mutating func run() throws {
    do {
      let course = try CourseFolder.find(TerminalInfo.current().environment)
      guard let program = CourseFolder.programPath() else {
        throw Diagnostic("install-failed", "The program does not know where it is.")
      }
      let root = URL(filePath: (prefix as NSString).expandingTildeInPath)
      try copy(program, to: root.appending(path: "bin/machineroom"))
      try copy(course.path, to: root.appending(path: "share/machineroom/lessons"))
      for (path, text) in InstallCommand.texts { try write(text, to: root.appending(path: path)) }
      print("Installed: \(root.appending(path: "bin/machineroom").path())")
    } catch let diagnostic as Diagnostic {
      FileHost.writeError(diagnostic.message + "\n")
      throw ExitStatus.scriptError
    } catch {
      FileHost.writeError("Nothing more was installed: \(error.localizedDescription)\n")
      throw ExitStatus.scriptError
    }
  }

  /// What is written beside the program, where manual readers and shells look for it.
  private static var texts: [(path: String, text: String)] {
    [
      ("share/man/man1/machineroom.1", ReferenceCommand.manualPage),
      (
        "share/bash-completion/completions/machineroom", Machineroom.completionScript(for: .bash)
      ),
      ("share/zsh/site-functions/_machineroom", Machineroom.completionScript(for: .zsh)),
      (
        "share/fish/vendor_completions.d/machineroom.fish",
        Machineroom.completionScript(for: .fish)
      ),
    ]
  }

  private func write(_ text: String, to target: URL) throws {
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: target, options: .atomic)
  }

  private func copy(_ path: String, to target: URL) throws {
    let files = FileManager.default
    let source = URL(filePath: path).resolvingSymlinksInPath()
    guard source.path() != target.resolvingSymlinksInPath().path() else { return }
    try files.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    if files.fileExists(atPath: target.path()) { try files.removeItem(at: target) }
    try files.copyItem(at: source, to: target)
  }
}
