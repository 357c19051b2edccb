import CommandLanguage
import Quantities
import Reports

/// `read`: runs a script, all of it or nothing.
package struct ReadCommand: SessionChange {
  package static let declaration = CommandDeclaration(
    "read", "Run a script from a file; if a statement fails, nothing of it is kept.",
    group: .world,
    parameters: [.positional("file", .text, "the file")],
    example: "read opening.room", errors: ["file-error", "file-too-large", "not-safe", "too-deep"])

  /// `Chosen:` far more than a script that somebody wrote, far less than what fills the memory.
  package static let scriptLengthMax = 16_000_000
  /// `Chosen:` a script that reads itself ends soon.
  static let depthMax = 16

  package static let entersLog = false

  private let arguments: Arguments

  package init(_ arguments: Arguments) { self.arguments = arguments }

  package func run(in session: inout Session, _ context: CommandContext) throws -> Report {
    guard let path = arguments.word("file") else { preconditionFailure("'read' requires a file") }
    guard session.readDepth < ReadCommand.depthMax else {
      throw arguments.error(
        "too-deep", "Scripts read each other more than \(ReadCommand.depthMax) deep.", at: "file")
    }
    let source: Source
    do {
      source = Source(
        name: path, bytes: try context.host.read(path, limit: ReadCommand.scriptLengthMax))
    } catch {
      throw error.diagnostic(path, at: arguments.place("file"))
    }
    session.readDepth += 1
    let children = try session.run(source, context)
    session.readDepth -= 1
    if let failed = children.last, failed.isError { throw Diagnostics(failed.diagnostics) }
    var report = Report()
    report.children = children
    report.ok = children.allSatisfy(\.ok)
    return report
  }
}
