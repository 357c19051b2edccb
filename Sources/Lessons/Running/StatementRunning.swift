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
