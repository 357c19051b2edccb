import CommandLanguage
import Quantities

/// Checks an expression against the declared facts without a world: unknown facts, missing
/// suffixes, dimensions that do not fit.
///
/// All problems at once.
package struct ExpressionChecker {
  /// What an expression yields.
  package enum Kind: Hashable, Sendable {
    case quantity(Dimension)
    case text
    case moment
    case flag
    /// It cannot be told: a variable, or something already reported.
    case unknown
  }

  private let catalog: FactCatalog
  private let source: Source
  private let variables: Set<String>
  /// What was found so far.
  package private(set) var diagnostics: [Diagnostic] = []

  /// A checker of expressions that stand in a source and may use these variables.
  package init(catalog: FactCatalog, source: Source, variables: Set<String> = []) {
    self.catalog = catalog
    self.source = source
    self.variables = variables
  }

  /// Checks an expression that must be a condition.
  package mutating func requireCondition(_ expression: Expression) {
    let kind = kind(of: expression)
    guard kind != .flag, kind != .unknown else { return }
    report(
      "not-a-condition", "This is a value, not a condition.", expression.range,
      "Compare it: \(source.text(expression.range)) < …")
  }

  /// What an expression yields; problems are added to `diagnostics`.
  package mutating func kind(of expression: Expression) -> Kind {
    switch expression {
    case .quantity(let quantity, _): return .quantity(quantity.dimension)
    case .text: return .text
    case .moment: return .moment
    case .fact(let reference): return kind(of: reference)
    case .not(let operand, _):
      requireCondition(operand)
      return .flag
    case .binary(let sign, let left, let right, let range):
      return binary(sign, left, right, range)
    case .within(let left, let right, let tolerance, let range):
      let (a, b) = (kind(of: left), kind(of: right))
      _ = kind(of: tolerance)
      requireComparable(a, b, range)
      return .flag
    case .call(_, let arguments, _):
      let kinds = arguments.map { kind(of: $0) }
      for (index, other) in kinds.enumerated().dropFirst() {
        requireComparable(kinds[0], other, arguments[index].range)
      }
      return kinds.first ?? .unknown
    }
  }

  private mutating func kind(of reference: FactReference) -> Kind {
    if variables.contains(reference.key) { return .unknown }
    do {
      let resolved = try catalog.resolve(reference, in: source)
      switch resolved.declaration.kind {
      case .counter, .gauge, .distribution, .share:
        return .quantity(resolved.declaration.unit.dimension)
      case .text: return .text
      case .flag: return .flag
      case .moment: return .moment
      }
    } catch {
      diagnostics.append(error)
      return .unknown
    }
  }

  private mutating func binary(
    _ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ range: Range<Int>
  ) -> Kind {
    if sign == .and || sign == .or {
      requireCondition(left)
      requireCondition(right)
      return .flag
    }
    let (a, b) = (kind(of: left), kind(of: right))
    if sign.isComparison {
      requireComparable(a, b, range)
      return .flag
    }
    guard case .quantity(let x) = a, case .quantity(let y) = b else {
      if a == .moment, b == .moment, sign == .minus { return .quantity(.time) }
      if a != .unknown, b != .unknown {
        report(
          "wrong-dimension", "'\(sign.rawValue)' works on numbers.", range,
          "Facts of kind text and moment can only be compared.")
      }
      return .unknown
    }
    switch sign {
    case .times: return .quantity(x * y)
    case .divided: return .quantity(x / y)
    default:
      requireComparable(a, b, range)
      return a
    }
  }

  private mutating func requireComparable(_ a: Kind, _ b: Kind, _ range: Range<Int>) {
    guard a != b, a != .unknown, b != .unknown else { return }
    report(
      "wrong-dimension", "One side is \(withArticle(name(a))), the other \(withArticle(name(b))).",
      range, "Give both sides the same unit, such as s, $, % or Mbit/s.")
  }

  private func name(_ kind: Kind) -> String {
    switch kind {
    case .quantity(let dimension): dimension.name
    case .text: "text"
    case .moment: "moment"
    case .flag: "condition"
    case .unknown: "value"
    }
  }

  private mutating func report(
    _ code: String, _ message: String, _ range: Range<Int>, _ help: String
  ) {
    diagnostics.append(Diagnostic(code, message, at: source.span(range), help: help))
  }
}
