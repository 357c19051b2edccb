import CommandLanguage
import Quantities
import Reports

/// The arguments of a statement after they were checked against the declaration.
package struct Arguments: Sendable {
  /// An argument with its type.
  package enum Bound: Hashable, Sendable {
    case count(Int)
    case quantity(Quantity)
    case word(String)
    case moment(MomentLiteral)
    case span(SpanLiteral)
  }

  /// The statement that they belong to.
  package let statement: Statement
  /// The statement in canonical form, with defaults expanded.
  package let canonical: String
  private let bound: [String: Bound]
  private let ranges: [String: Range<Int>]

  init(
    statement: Statement, canonical: String, bound: [String: Bound], ranges: [String: Range<Int>]
  ) {
    self.statement = statement
    self.canonical = canonical
    self.bound = bound
    self.ranges = ranges
  }

  /// A whole number, or nil if it was left out.
  package func count(_ name: String) -> Int? {
    if case .count(let count)? = bound[name] { return count }
    return nil
  }

  /// A quantity in base units, or nil if it was left out.
  package func quantity(_ name: String) -> Double? {
    if case .quantity(let quantity)? = bound[name] { return quantity.value }
    return nil
  }

  /// A word, a name or a text, or nil if it was left out.
  package func word(_ name: String) -> String? {
    if case .word(let word)? = bound[name] { return word }
    return nil
  }

  /// A moment as written, or nil if it was left out.
  package func moment(_ name: String) -> MomentLiteral? {
    if case .moment(let moment)? = bound[name] { return moment }
    return nil
  }

  /// An amount of time as written, or nil if it was left out.
  package func span(_ name: String) -> SpanLiteral? {
    if case .span(let span)? = bound[name] { return span }
    return nil
  }

  /// Whether an argument stands in the statement.
  package func isGiven(_ name: String) -> Bool { ranges[name] != nil }

  /// Where an argument stands, or the whole statement if it was left out.
  package func place(_ name: String? = nil) -> SourceSpan {
    statement.span(name.flatMap { ranges[$0] })
  }

  /// An error at an argument.
  package func error(
    _ code: String, _ message: String, at name: String? = nil, help: String? = nil
  ) -> Diagnostic {
    Diagnostic(code, message, at: place(name), help: help)
  }
}
