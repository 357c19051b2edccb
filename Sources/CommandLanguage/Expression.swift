import Quantities

/// An expression over facts: total, without loops and without side effects.
package indirect enum Expression: Hashable, Sendable {
  /// An operator between two operands, in the order of binding.
  package enum BinaryOperator: String, Sendable, CaseIterable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"

    /// Whether it compares.
    package var isComparison: Bool {
      switch self {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
      default: false
      }
    }
  }

  /// The functions that there are.
  package enum Function: String, Sendable, CaseIterable {
    case min, max, abs, round
  }

  /// A quantity.
  case quantity(Quantity, Range<Int>)
  /// Quoted text.
  case text(String, Range<Int>)
  /// A moment.
  case moment(MomentLiteral, Range<Int>)
  /// A fact, with its window if it has one.
  case fact(FactReference)
  /// `not x`.
  case not(Expression, Range<Int>)
  /// `a + b`.
  case binary(BinaryOperator, Expression, Expression, Range<Int>)
  /// `a ~= b within tolerance`: the tolerance is a share of b, or a quantity of its dimension.
  case within(Expression, Expression, tolerance: Expression, Range<Int>)
  /// `min(a, b)`.
  case call(Function, [Expression], Range<Int>)

  /// Where it stands.
  package var range: Range<Int> {
    switch self {
    case .quantity(_, let range), .text(_, let range), .moment(_, let range),
      .not(_, let range), .binary(_, _, _, let range), .within(_, _, _, let range),
      .call(_, _, let range):
      range
    case .fact(let reference): reference.range
    }
  }

  /// The same expression with the brackets around it.
  func placed(at range: Range<Int>) -> Expression {
    switch self {
    case .quantity(let quantity, _): .quantity(quantity, range)
    case .text(let text, _): .text(text, range)
    case .moment(let literal, _): .moment(literal, range)
    case .not(let operand, _): .not(operand, range)
    case .binary(let binary, let left, let right, _): .binary(binary, left, right, range)
    case .within(let left, let right, let tolerance, _):
      .within(left, right, tolerance: tolerance, range)
    case .call(let function, let arguments, _): .call(function, arguments, range)
    case .fact(let fact):
      .fact(
        FactReference(key: fact.key, keyRange: fact.keyRange, window: fact.window, range: range))
    }
  }

  /// Every fact that it mentions, in order.
  package var facts: [FactReference] {
    switch self {
    case .quantity, .text, .moment: []
    case .fact(let reference): [reference]
    case .not(let operand, _): operand.facts
    case .binary(_, let left, let right, _): left.facts + right.facts
    case .within(let left, let right, let tolerance, _):
      left.facts + right.facts + tolerance.facts
    case .call(_, let arguments, _): arguments.flatMap(\.facts)
    }
  }
}

/// A fact by its key, with the window that it is asked for.
package struct FactReference: Hashable, Sendable {
  /// The key, suffix included: `shop.response.p99`.
  package var key: String
  /// Where the key stands.
  package var keyRange: Range<Int>
  /// The part of time, or nil for all so far or now.
  package var window: Window?
  /// Where the whole reference stands.
  package var range: Range<Int>

  /// A reference as given.
  package init(key: String, keyRange: Range<Int>, window: Window?, range: Range<Int>) {
    self.key = key
    self.keyRange = keyRange
    self.window = window
    self.range = range
  }
}
