import Quantities

/// One thing to do: a verb with its arguments, and where each of them stands.
package struct Statement: Sendable {
  /// The verb, as typed.
  package var verb: String
  /// Where the verb stands.
  package var verbRange: Range<Int>
  /// What follows the verb, in order: values, and values with a name.
  package var arguments: [Argument] = []
  /// The expression, for verbs that end in one.
  package var expression: Expression?
  /// Where the expression stands, with the brackets around it.
  package var expressionRange: Range<Int>?
  /// The window, for verbs that end in one.
  package var window: Window?
  /// Where the whole statement stands.
  package var range: Range<Int>
  /// The text that it stands in.
  package var source: Source

  /// The statement's own words.
  package var text: String { source.text(range) }

  /// Where a part of it stands, for a diagnostic.
  package func span(_ range: Range<Int>? = nil) -> SourceSpan { source.span(range ?? self.range) }
}

/// One argument: `6`, or `count=6`.
package struct Argument: Hashable, Sendable {
  /// The name before `=`, or nil.
  package var name: String?
  /// Where the name stands.
  package var nameRange: Range<Int>?
  /// The value.
  package var value: Value
}

/// A value as it was written.
///
/// What a word or a number means depends on the argument's type, which the registry knows.
package struct Value: Hashable, Sendable {
  /// What it looks like.
  package enum Kind: Hashable, Sendable {
    /// A number, with or without a unit, or a calendar period.
    case number(NumberText.Reading)
    /// A moment.
    case moment(MomentLiteral)
    /// `A..B`.
    case range(RangeLiteral)
    /// A name.
    case word(String)
    /// What stood between quotation marks.
    case text(String)
  }

  /// What it looks like.
  package var kind: Kind
  /// The characters that it was written with.
  package var text: String
  /// Where it stands.
  package var range: Range<Int>
}

/// What may follow a verb, declared by its command.
package enum StatementTail: Sendable, Equatable {
  /// Values and named values.
  case arguments
  /// Nothing but an expression, then named values: `expect shop.lost == 0`.
  case expression
  /// Values, then `during`, `over`, `since` or `at` with its window: `plot shop.lost over 7 days`.
  case window
  /// Values; and after `until` a moment or an expression: `run until shop.lost > 0 limit=90d`.
  case until
}
