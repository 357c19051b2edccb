import CommandLanguage
import Commands
import Reports

/// Runs the statements of a lesson: in the session, or, for proofs, in a session that remembers what
/// the same statement led to before.
package protocol StatementRunning {
  /// Runs the statement in a range of a source.
  func execute(
    _ source: Source, _ range: Range<Int>, in session: inout Session, _ context: CommandContext
  ) throws(Cancelled) -> Report
}

/// Runs statements in the session.
package struct PlainRunning: StatementRunning {
  /// Runs statements in the session.
  package init() {}

  package func execute(
    _ source: Source, _ range: Range<Int>, in session: inout Session, _ context: CommandContext
  ) throws(Cancelled) -> Report {
    try session.execute(source, range, context)
  }
}

/// Where a course's files come from; reading them is the caller's business.
package protocol CourseFiles {
  /// The bytes of a file by its path relative to the course's folder.
  func read(_ path: String) throws(HostError) -> [UInt8]
  /// The path as people know it, for diagnostics.
  func name(_ path: String) -> String
}

extension CourseFiles {
  package func name(_ path: String) -> String { path }
}

extension Lesson {
  /// The script that sets the lesson's scene, or nil if it has none.
  /// - Throws: a diagnostic at the front matter's `start` if the file cannot be read.
  package func scene(from files: any CourseFiles) throws(Diagnostic) -> Source? {
    guard let start = frontMatter.start else { return nil }
    do {
      return Source(name: files.name(start.text), bytes: try files.read(start.text))
    } catch {
      let reason: String =
        switch error {
        case .failed(let reason): reason
        case .tooLarge: "it is too large"
        case .notAllowed: "files are not allowed here"
        }
      throw Diagnostic(
        "no-scene", "'\(start.text)' cannot be read: \(reason).", at: source.span(start.range),
        help: "The path is relative to the course's folder.")
    }
  }
}
