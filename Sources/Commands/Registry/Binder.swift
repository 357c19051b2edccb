import Catalogs
import CommandLanguage
import Quantities
import Reports

/// Checks the arguments of a statement against a declaration: all problems at once, nothing runs.
struct Binder {
  let declaration: CommandDeclaration
  let statement: Statement
  let catalog: FactCatalog
  let goods: Catalog
  private var bound: [String: Arguments.Bound] = [:]
  private var texts: [String: String] = [:]
  private var ranges: [String: Range<Int>] = [:]
  private var diagnostics: [Diagnostic] = []

  private init(
    declaration: CommandDeclaration, statement: Statement, catalog: FactCatalog, goods: Catalog
  ) {
    self.declaration = declaration
    self.statement = statement
    self.catalog = catalog
    self.goods = goods
  }

  /// The arguments, or all that is wrong with them.
  static func bind(
    _ statement: Statement, to declaration: CommandDeclaration, catalog: FactCatalog,
    goods: Catalog
  ) throws(Diagnostics) -> Arguments {
    var binder = Binder(
      declaration: declaration, statement: statement, catalog: catalog, goods: goods)
    return try binder.bind()
  }

  private mutating func bind() throws(Diagnostics) -> Arguments {
    var positions = declaration.parameters.filter(\.isPositional)[...]
    for argument in statement.arguments {
      if let parameter = parameter(for: argument, positions: &positions) {
        assign(argument, to: parameter)
      }
    }
    for parameter in declaration.parameters where bound[parameter.name] == nil {
      fill(parameter)
    }
    checkTail()
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    return Arguments(
      statement: statement, canonical: canonicalText(), bound: bound, ranges: ranges)
  }

  private mutating func parameter(
    for argument: Argument, positions: inout ArraySlice<Parameter>
  ) -> Parameter? {
    if let name = argument.name {
      if let known = declaration.parameters.first(where: { $0.name == name }) { return known }
      if name == "until", declaration.tail == .until {
        bind("until", momentOf(argument.value), argument.value)
        return nil
      }
      let names = declaration.parameters.map(\.name)
      report(
        "unknown-argument", "'\(declaration.verb)' has no argument '\(name)'.",
        argument.nameRange ?? argument.value.range,
        [
          NearMiss.question(for: name, among: names),
          names.isEmpty ? "It takes none." : "It takes: \(names.joined(separator: ", ")).",
        ].compactMap { $0 }.joined(separator: " "))
      return nil
    }
    while let next = positions.popFirst() {
      if bound[next.name] == nil { return next }
    }
    guard !diagnostics.contains(where: { $0.span == statement.span(argument.value.range) }) else {
      return nil
    }
    report(
      "too-many-arguments", "'\(declaration.verb)' has no place for '\(argument.value.text)'.",
      argument.value.range, "Usage: \(declaration.usage)")
    return nil
  }

  private mutating func assign(_ argument: Argument, to parameter: Parameter) {
    if bound[parameter.name] != nil || texts[parameter.name] != nil {
      report(
        "repeated-argument", "'\(parameter.name)' is given twice.", argument.value.range, nil)
      return
    }
    texts[parameter.name] = argument.value.text
    ranges[parameter.name] = argument.value.range
    do {
      bound[parameter.name] = try typed(argument.value, as: parameter)
    } catch {
      diagnostics.append(error)
    }
  }

  private mutating func fill(_ parameter: Parameter) {
    guard texts[parameter.name] == nil else { return }
    if let fallback = parameter.fallback {
      let source = Source(text: "\(declaration.verb) x=\(fallback)")
      do {
        let parsed = try Parser { _ in .arguments }.statement(in: source, source.all)
        bound[parameter.name] = try typed(parsed.arguments[0].value, as: parameter)
        texts[parameter.name] = fallback
      } catch {
        preconditionFailure("the default '\(fallback)' of '\(parameter.name)' does not fit")
      }
    } else if parameter.isRequired {
      report(
        "missing-argument", "'\(declaration.verb)' needs \(describe(parameter)).",
        statement.verbRange, "Usage: \(declaration.usage)  For example: \(exampleLine)")
    }
  }

  private var exampleLine: String {
    let lines = declaration.example.split(separator: "\n")
    return String(lines.first { $0.hasPrefix(declaration.verb) } ?? lines.first ?? "")
  }

  private func describe(_ parameter: Parameter) -> String {
    switch parameter.kind {
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .count: "a number for '\(parameter.name)'"
    case .quantity(let dimension, _): "\(withArticle(dimension.name)) for '\(parameter.name)'"
    case .name(let what): withArticle(what)
    case .text: "a text for '\(parameter.name)'"
    case .moment: "a moment for '\(parameter.name)'"
    case .span: "an amount of time"
    case .fact: "a fact"
    }
  }

  private mutating func checkTail() {
    if declaration.tail == .expression, statement.expression == nil {
      report(
        "missing-expression", "'\(declaration.verb)' needs a condition.", statement.verbRange,
        "For example: \(exampleLine)")
    }
    guard let expression = statement.expression else { return }
    var checker = ExpressionChecker(catalog: catalog, source: statement.source)
    checker.requireCondition(expression)
    diagnostics += checker.diagnostics
  }

  private mutating func bind(_ name: String, _ value: Arguments.Bound?, _ source: Value) {
    texts[name] = source.text
    ranges[name] = source.range
    bound[name] = value
  }

  private func momentOf(_ value: Value) -> Arguments.Bound? {
    if case .moment(let literal) = value.kind { return .moment(literal) }
    return nil
  }

  private mutating func report(
    _ code: String, _ message: String, _ range: Range<Int>, _ help: String?
  ) {
    diagnostics.append(Diagnostic(code, message, at: statement.span(range), help: help))
  }

  /// `verb positional… name=value…` in the order of the declaration, then what it ends in.
  private func canonicalText() -> String {
    var parts = [declaration.verb]
    for parameter in declaration.parameters {
      guard let text = texts[parameter.name] else { continue }
      parts.append(parameter.isPositional ? text : "\(parameter.name)=\(text)")
    }
    if let until = texts["until"] { parts += ["until", until] }
    if let range = statement.expressionRange {
      if declaration.tail == .until { parts.append("until") }
      let text = statement.source.text(range)
      parts.insert(text, at: declaration.tail == .expression ? 1 : parts.count)
    }
    if let window = statement.window { parts.append(WindowText.text(window)) }
    return parts.joined(separator: " ")
  }
}
