import Catalogs
import CommandLanguage
import Quantities
import Reports

extension Binder {
  /// The value with the type that its parameter declares.
  func typed(_ value: Value, as parameter: Parameter) throws(Diagnostic) -> Arguments.Bound {
    switch parameter.kind {
    case .count(let range): return .count(try count(value, parameter, in: range))
    case .quantity(let dimension, let range):
      return .quantity(try quantity(value, parameter, dimension, in: range))
    case .choice(let words): return .word(try choice(value, parameter, words))
    case .name(let what): return .word(try name(value, what))
    case .text: return .word(text(value))
    case .moment:
      if case .moment(let literal) = value.kind { return .moment(literal) }
      throw wrongType(value, parameter, "a moment such as 2005-11-25 or 14:03")
    case .span: return .span(try span(value, parameter))
    case .fact: return .word(try fact(value))
    }
  }

  private func count(_ value: Value, _ parameter: Parameter, in range: ClosedRange<Int>)
    throws(Diagnostic) -> Int
  {
    guard case .number(.plain(let number)) = value.kind else {
      throw wrongType(value, parameter, "a whole number")
    }
    guard number.magnitude >= 9e15 || number == Double(Int(number)) else {
      throw wrongType(value, parameter, "a whole number")
    }
    guard number.magnitude < 9e15, range.contains(Int(number)) else {
      throw outOfRange(
        value, parameter, QuantityText.grouped(range.lowerBound),
        QuantityText.grouped(range.upperBound))
    }
    return Int(number)
  }

  private func quantity(
    _ value: Value, _ parameter: Parameter, _ dimension: Dimension, in range: ClosedRange<Double>
  ) throws(Diagnostic) -> Quantity {
    let quantity: Quantity
    switch value.kind {
    case .number(.plain(let number)): quantity = Quantity(number)
    case .number(.quantity(let given)): quantity = given
    default: throw wrongType(value, parameter, withArticle(dimension.name) + units(of: dimension))
    }
    guard quantity.dimension == dimension else {
      throw Diagnostic(
        "wrong-unit",
        "'\(parameter.name)' is \(withArticle(dimension.name)), but '\(value.text)' is "
          + "\(withArticle(quantity.dimension.name)).",
        at: statement.span(value.range), help: "Write it with a unit\(units(of: dimension)).")
    }
    guard range.contains(quantity.value) else {
      let unit = Unit.base(of: dimension)
      throw outOfRange(
        value, parameter,
        QuantityText.text(Quantity(range.lowerBound, dimension), unit: unit),
        QuantityText.text(Quantity(range.upperBound, dimension), unit: unit))
    }
    return quantity
  }

  private func units(of dimension: Dimension) -> String {
    let symbols = Unit.all.filter { $0.dimension == dimension }.map(\.symbol)
    guard dimension != .number, !symbols.isEmpty else { return "" }
    return ", such as " + symbols.prefix(4).joined(separator: ", ")
  }

  private func choice(_ value: Value, _ parameter: Parameter, _ fixed: [String])
    throws(Diagnostic) -> String
  {
    let word = text(value)
    let words = fixed + goods.addedIDs(parameter.openTo)
    guard !words.contains(word) else { return word }
    guard word != Catalog.ownMachineID || !parameter.openTo.contains(.server) else {
      throw Diagnostic(
        "not-probed", "There is no '\(word)' yet, as this machine was not measured.",
        at: statement.span(value.range), help: "'probe' measures it, which takes a few seconds.")
    }
    let list = words.joined(separator: ", ")
    // 'buy', 'sell', 'set', 'show' and 'new' read as sentences with what stands behind them.
    let isSentence = parameter.isPositional && [.room, .world].contains(declaration.group)
    throw Diagnostic(
      "unknown-thing",
      isSentence
        ? "There is nothing called '\(word)' to \(declaration.verb)."
        : "'\(parameter.name)' cannot be '\(word)'.",
      at: statement.span(value.range),
      help: [
        NearMiss.question(for: word, among: words),
        isSentence ? "You can \(declaration.verb): \(list)." : "It can be: \(list).",
      ].compactMap { $0 }.joined(separator: " "))
  }

  private func name(_ value: Value, _ what: String) throws(Diagnostic) -> String {
    let word = text(value)
    guard !word.isEmpty, word.count <= 100 else {
      throw Diagnostic(
        "bad-name", "A name has 1 to 100 characters.", at: statement.span(value.range))
    }
    return word
  }

  private func text(_ value: Value) -> String {
    switch value.kind {
    case .word(let word), .text(let word): word
    default: value.text
    }
  }

  private func span(_ value: Value, _ parameter: Parameter) throws(Diagnostic) -> SpanLiteral {
    switch value.kind {
    case .number(.period(let period)): return .period(period)
    case .number(.quantity(let quantity)) where quantity.dimension == .time:
      guard (0...SpanLiteral.secondsMax).contains(quantity.value) else {
        throw outOfRange(value, parameter, "0 s", "69,444 days")
      }
      return .span(.seconds(quantity.value))
    case .number(.quantity(let quantity)): throw noTime(value, parameter, quantity.dimension)
    case .number(.plain) where wordBehind(value) == nil: throw noTime(value, parameter, .number)
    default: throw wrongType(value, parameter, "an amount of time such as 3 days")
    }
  }

  private func noTime(_ value: Value, _ parameter: Parameter, _ dimension: Dimension) -> Diagnostic
  {
    Diagnostic(
      "wrong-unit",
      "'\(parameter.name)' is an amount of time, but '\(value.text)' is "
        + "\(withArticle(dimension.name)).",
      at: statement.span(value.range), help: "For example: 3 days, 1 month, 90 min.")
  }

  private func fact(_ value: Value) throws(Diagnostic) -> String {
    let key = text(value)
    _ = try catalog.named(key, at: statement.span(value.range))
    return key
  }

  private func wrongType(_ value: Value, _ parameter: Parameter, _ expected: String) -> Diagnostic {
    if case .number(.plain) = value.kind, let unit = wordBehind(value) {
      return Diagnostic(
        "unknown-unit", "'\(unit.text)' is no unit.", at: statement.span(unit.range),
        help: [
          NearMiss.question(for: unit.text, among: NumberText.unitSymbols),
          "'\(parameter.name)' takes \(expected).",
        ].compactMap { $0 }.joined(separator: " "))
    }
    return Diagnostic(
      "wrong-type", "'\(parameter.name)' takes \(expected), not '\(value.text)'.",
      at: statement.span(value.range), help: "Usage: \(declaration.usage)")
  }

  /// The word that stands one space behind a number and may be meant as its unit.
  func wordBehind(_ value: Value) -> Value? {
    statement.arguments.lazy.filter { $0.name == nil }.map(\.value).first {
      if case .word = $0.kind { return $0.range.lowerBound == value.range.upperBound + 1 }
      return false
    }
  }

  private func outOfRange(
    _ value: Value, _ parameter: Parameter, _ low: String, _ high: String
  ) -> Diagnostic {
    Diagnostic(
      "out-of-range",
      "'\(parameter.name)' lies between \(low) and \(high), not at '\(value.text)'.",
      at: statement.span(value.range))
  }
}

extension FactCatalog {
  /// The fact of a key, suffix included where it needs one.
  func named(_ key: String, at span: SourceSpan) throws(Diagnostic) -> Resolved {
    guard let fact = resolve(key) else { throw unknownFact(key, at: span) }
    guard fact.declaration.kind == .distribution, fact.suffix == nil else { return fact }
    throw Diagnostic(
      "needs-suffix", "'\(key)' has many values; say which.", at: span,
      help:
        "Write \(FactSuffix.ofDistribution.map { "\(key).\($0.rawValue)" }.joined(separator: ", "))."
    )
  }
}
