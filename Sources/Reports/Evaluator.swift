import CommandLanguage
import Quantities

/// Where an expression gets its facts from.
package protocol FactSource {
  /// The world's current moment.
  var now: Moment { get }

  /// The value of a fact, in a window if one is given.
  /// - Throws: `FactUnavailable` if there is no such value, or not yet.
  func value(of fact: FactCatalog.Resolved, window: Window?) throws(FactUnavailable) -> FactValue
}

/// Why a fact has no value.
package enum FactUnavailable: Error, Hashable, Sendable {
  /// It may have one later: the reason.
  case notYet(String)
  /// It will never have one, as the author should know: code, message, help.
  case never(code: String, message: String, help: String?)
}

/// What became of an expression.
package enum Outcome: Hashable, Sendable {
  /// It has a value, which may be undefined with a reason.
  case value(FactValue)
  /// It may have one later.
  case notYet(String)
}

/// What became of a check.
package enum Verdict: Hashable, Sendable {
  /// It holds.
  case pass
  /// It does not hold; the left side of the comparison that failed, if it was one.
  case fail(FactValue?)
  /// It cannot be told yet.
  case notYet(String)
}

/// Computes expressions over facts.
package struct Evaluator {
  private let catalog: FactCatalog
  private let facts: any FactSource
  private let source: Source
  /// What `value` and `answer` stand for, in messages.
  private let variables: [String: FactValue]

  /// An evaluator of expressions that stand in a source.
  package init(
    catalog: FactCatalog, facts: any FactSource, source: Source,
    variables: [String: FactValue] = [:]
  ) {
    self.catalog = catalog
    self.facts = facts
    self.source = source
    self.variables = variables
  }

  private enum Interruption: Error {
    case notYet(String)
    case diagnostic(Diagnostic)
  }

  /// The value of an expression.
  package func evaluate(_ expression: Expression) throws(Diagnostic) -> Outcome {
    do {
      return .value(try value(expression))
    } catch {
      switch error {
      case .notYet(let reason): return .notYet(reason)
      case .diagnostic(let diagnostic): throw diagnostic
      }
    }
  }

  /// Whether an expression holds.
  package func check(_ expression: Expression) throws(Diagnostic) -> Verdict {
    switch try evaluate(expression) {
    case .notYet(let reason): return .notYet(reason)
    case .value(.flag(true)): return .pass
    case .value(.flag(false)): return .fail(try failedSide(expression))
    case .value(.undefined(let reason)): return .notYet(reason)
    case .value:
      throw Diagnostic(
        "not-a-condition", "This is a value, not a condition.", at: source.span(expression.range),
        help: "Compare it: \(source.text(expression.range)) < …")
    }
  }

  /// The left side of the first comparison that made the expression false.
  private func failedSide(_ expression: Expression) throws(Diagnostic) -> FactValue? {
    switch expression {
    case .binary(.and, let left, let right, _):
      if case .value(.flag(false)) = try evaluate(left) { return try failedSide(left) }
      return try failedSide(right)
    case .binary(.or, let left, _, _): return try failedSide(left)
    case .binary(let comparison, let left, _, _) where comparison.isComparison:
      if case .value(let value) = try evaluate(left) { return value }
      return nil
    case .within(let left, _, _, _):
      if case .value(let value) = try evaluate(left) { return value }
      return nil
    default: return nil
    }
  }

  private func value(_ expression: Expression) throws(Interruption) -> FactValue {
    switch expression {
    case .quantity(let quantity, _):
      return finite(quantity.value, quantity.dimension, unitHint(expression))
    case .text(let text, _): return .text(text)
    case .moment(let literal, _): return .moment(literal.last(before: facts.now))
    case .fact(let reference): return try value(of: reference)
    case .not(let operand, _):
      let inner = try value(operand)
      if case .undefined = inner { return inner }
      return .flag(!(try flag(inner, operand)))
    case .binary(let sign, let left, let right, _) where sign == .and || sign == .or:
      return try junction(sign, left, right)
    case .binary(let sign, let left, let right, _):
      return try binary(sign, left, right, at: expression.range)
    case .within(let left, let right, let tolerance, _):
      return try within(left, right, tolerance)
    case .call(let function, let arguments, _): return try call(function, arguments)
    }
  }

  /// The unit that a literal was written in, so that `8 s` stays seconds.
  private func unitHint(_ expression: Expression) -> Unit {
    guard case .quantity(let quantity, let range) = expression else { return .none }
    if quantity.dimension == .number { return source.text(range).hasSuffix("%") ? .percent : .none }
    return Unit.base(of: quantity.dimension)
  }

  private func value(of reference: FactReference) throws(Interruption) -> FactValue {
    if let variable = variables[reference.key], reference.window == nil { return variable }
    do {
      let resolved = try catalog.resolve(reference, in: source)
      return try facts.value(of: resolved, window: reference.window)
    } catch let diagnostic as Diagnostic {
      throw .diagnostic(diagnostic)
    } catch FactUnavailable.notYet(let reason) {
      throw .notYet(reason)
    } catch FactUnavailable.never(let code, let message, let help) {
      throw .diagnostic(
        Diagnostic(code, message, at: source.span(reference.range), help: help))
    } catch {
      preconditionFailure("an error of an unknown type: \(error)")
    }
  }

  /// `and` and `or`, which settle as soon as one side decides, even if the other has no value yet.
  private func junction(_ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression)
    throws(Interruption) -> FactValue
  {
    let decisive = sign == .or
    var open: Interruption?
    var undefined: FactValue?
    for side in [left, right] {
      do {
        let sideValue = try value(side)
        if case .undefined = sideValue {
          undefined = undefined ?? sideValue
        } else if try flag(sideValue, side) == decisive {
          return .flag(decisive)
        }
      } catch {
        guard case .notYet = error else { throw error }
        open = open ?? error
      }
    }
    if let open { throw open }
    return undefined ?? .flag(!decisive)
  }

  private func binary(
    _ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression, at range: Range<Int>
  ) throws(Interruption) -> FactValue {
    let a = try value(left)
    let b = try value(right)
    if case .undefined = a { return a }
    if case .undefined = b { return b }
    if sign.isComparison { return .flag(try compare(sign, a, b, at: range)) }
    if case .moment(let x) = a, case .moment(let y) = b, sign == .minus { return .span(x - y) }
    guard case .quantity(let x, let unit) = a, case .quantity(let y, let otherUnit) = b else {
      throw mismatch("'\(sign.rawValue)' works on numbers", range)
    }
    switch sign {
    case .times:
      let dimension = x.dimension * y.dimension
      let hint = x.dimension == .number ? otherUnit : unit
      return finite(x.value * y.value, dimension, hint.fits(dimension))
    case .divided:
      let dimension = x.dimension / y.dimension
      guard y.value != 0 else { return .undefined("division by zero") }
      return finite(x.value / y.value, dimension, unit.fits(dimension))
    default:
      try requireSame(x, y, range)
      let sum = sign == .plus ? x.value + y.value : x.value - y.value
      return finite(sum, x.dimension, unit)
    }
  }

  /// A number, or why there is none: infinities and NaN are no values.
  private func finite(_ number: Double, _ dimension: Dimension, _ unit: Unit) -> FactValue {
    number.isFinite
      ? .quantity(Quantity(number, dimension), unit) : .undefined("too large a number")
  }

  private func compare(
    _ sign: Expression.BinaryOperator, _ a: FactValue, _ b: FactValue, at range: Range<Int>
  ) throws(Interruption) -> Bool {
    switch (a, b) {
    case (.quantity(let x, _), .quantity(let y, _)):
      try requireSame(x, y, range)
      return holds(sign, x.value, y.value)
    case (.moment(let x), .moment(let y)): return holds(sign, x, y)
    case (.text(let x), .text(let y)) where sign == .equal: return x == y
    case (.text(let x), .text(let y)) where sign == .notEqual: return x != y
    case (.flag(let x), .flag(let y)) where sign == .equal: return x == y
    case (.flag(let x), .flag(let y)) where sign == .notEqual: return x != y
    default: throw mismatch("These two cannot be compared with '\(sign.rawValue)'", range)
    }
  }

  private func holds<T: Comparable>(_ sign: Expression.BinaryOperator, _ a: T, _ b: T) -> Bool {
    switch sign {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    default: preconditionFailure("'\(sign.rawValue)' does not compare")
    }
  }

  private func within(_ left: Expression, _ right: Expression, _ tolerance: Expression)
    throws(Interruption) -> FactValue
  {
    let range = left.range.lowerBound..<tolerance.range.upperBound
    let values = [try value(left), try value(right), try value(tolerance)]
    var quantities: [Quantity] = []
    for value in values {
      if case .undefined = value { return value }
      guard case .quantity(let quantity, _) = value else {
        throw mismatch("'~=' works on numbers", range)
      }
      quantities.append(quantity)
    }
    try requireSame(quantities[0], quantities[1], range)
    let difference = (quantities[0].value - quantities[1].value).magnitude
    let isShare = quantities[2].dimension == .number && unitHint(tolerance) == .percent
    if isShare { return .flag(difference <= quantities[2].value * quantities[1].value.magnitude) }
    try requireSame(quantities[1], quantities[2], range)
    return .flag(difference <= quantities[2].value)
  }

  private func call(_ function: Expression.Function, _ arguments: [Expression])
    throws(Interruption) -> FactValue
  {
    var best: (quantity: Quantity, unit: Unit)?
    for argument in arguments {
      let argumentValue = try value(argument)
      if case .undefined = argumentValue { return argumentValue }
      guard case .quantity(let quantity, let unit) = argumentValue else {
        throw mismatch("'\(function.rawValue)' works on numbers", argument.range)
      }
      guard let current = best else {
        best = (quantity, unit)
        continue
      }
      try requireSame(current.quantity, quantity, argument.range)
      let isBetter =
        function == .min
        ? quantity.value < current.quantity.value
        : quantity.value > current.quantity.value
      if isBetter { best = (quantity, unit) }
    }
    guard let best else { return .undefined("no values") }
    var quantity = best.quantity
    let unit = best.unit
    if function == .abs { quantity.value = quantity.value.magnitude }
    if function == .round { quantity = Quantity(rounded(quantity.count(of: unit)), unit: unit) }
    return .quantity(quantity, unit)
  }

  private func rounded(_ number: Double) -> Double {
    guard number.magnitude < 4e15 else { return number }
    return Double(Int(number.magnitude + 0.5)) * (number < 0 ? -1 : 1)
  }

  private func flag(_ value: FactValue, _ expression: Expression) throws(Interruption) -> Bool {
    guard case .flag(let flag) = value else {
      throw mismatch("A condition belongs here", expression.range)
    }
    return flag
  }

  private func requireSame(_ a: Quantity, _ b: Quantity, _ range: Range<Int>) throws(Interruption) {
    guard a.dimension != b.dimension else { return }
    throw mismatch(
      "One side is \(withArticle(a.dimension.name)), the other \(withArticle(b.dimension.name))",
      range)
  }

  private func mismatch(_ what: String, _ range: Range<Int>) -> Interruption {
    .diagnostic(
      Diagnostic(
        "wrong-dimension", what + ".", at: source.span(range),
        help: "Give both sides the same unit, such as s, $, % or Mbit/s."))
  }
}

/// A noun with "a" or "an".
package func withArticle(_ noun: String) -> String {
  guard let first = noun.first else { return noun }
  return ("aeiou".contains(first) ? "an " : "a ") + noun
}

extension Unit {
  /// The unit that values of a dimension are given in if nothing else is said.
  package static func base(of dimension: Dimension) -> Unit {
    guard dimension != .number else { return .none }
    return all.first { $0.dimension == dimension && $0.scale == 1 } ?? .none
  }

  /// The unit itself if it measures the dimension, else the dimension's base unit.
  func fits(_ dimension: Dimension) -> Unit {
    self.dimension == dimension ? self : Unit.base(of: dimension)
  }
}
