/// What stays of a report when it has been read: its facts, and the statement that found them.
package struct Findings: Sendable, Codable {
  /// The statement, in canonical form.
  package var statement: String
  /// The facts.
  package var facts: [Fact]

  /// The findings of a report.
  package init(_ report: Report) {
    statement = report.statement
    facts = report.facts
  }
}
