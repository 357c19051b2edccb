import ArgumentParser
import CommandLanguage
import Foundation
import Terminal

/// `machineroom install`: puts the program and its course under a prefix.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Copy the program and its course under a prefix.")

  @ArgumentParser.Argument(help: "The prefix, such as ~/.local or /usr/local.")
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
      print("Installed: \(root.appending(path: "bin/machineroom").path())")
    } catch let diagnostic as Diagnostic {
      FileHost.writeError(diagnostic.message + "\n")
      throw ExitStatus.scriptError
    } catch {
      FileHost.writeError("Nothing more was installed: \(error.localizedDescription)\n")
      throw ExitStatus.scriptError
    }
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
