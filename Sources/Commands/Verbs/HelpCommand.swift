import CommandLanguage
import Quantities
import Reports

/// `help`: every command, with an example that runs.
struct HelpCommand: Question {
  static let declaration = CommandDeclaration(
    "help",
    "Every command; 'help WORD' or '?WORD' tells about a command, a fact, a unit or a term.",
    group: .prompt,
    parameters: [
      .positional("word", .name("topic"), optional: true, "a command, a fact, a unit or a term")
    ],
    example: "help\nhelp run\nhelp utilization", errors: ["unknown-topic"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let registry = session.registry
    guard let word = arguments.word("word") else { return overview(registry) }
    if let command = registry.command(word) { return page(command.declaration) }
    if let fact = registry.catalog.resolve(word) { return page(fact) }
    if let unit = Unit.named(word) { return page(unit) }
    if let term = Glossary.term(word) { return page(term) }
    let known = registry.verbs + registry.catalog.keys + Glossary.names
    throw arguments.error(
      "unknown-topic", "There is no command, fact, unit or term '\(word)'.", at: "word",
      help: [NearMiss.question(for: word, among: known), "'help' lists the commands."]
        .compactMap { $0 }.joined(separator: " "))
  }

  private func overview(_ registry: Registry) -> Report {
    var report = Report()
    for group in CommandDeclaration.Group.allCases {
      let declarations = registry.commands.map { $0.declaration }.filter { $0.group == group }
      guard !declarations.isEmpty else { continue }
      report.blocks.append(.heading(group.rawValue, remark: ""))
      report.blocks.append(
        .table(
          Table(
            key: "help.\(group.rawValue)", columns: [.init(""), .init("")],
            rows: declarations.map { [.words($0.verb), .words($0.summary)] })))
    }
    report.blocks.append(
      .paragraph(
        "'help VERB' has the arguments and an example that runs; '?WORD' explains any word."))
    return report
  }

  private func page(_ fact: FactCatalog.Resolved) -> Report {
    let declaration = fact.declaration
    let unit = declaration.unit == .none ? "" : ", in \(declaration.unit.symbol)"
    let suffix = fact.suffix.map { ": \($0.meaning)" } ?? ""
    return Report([
      .heading(fact.key, remark: "fact"),
      .paragraph(
        "A \(declaration.kind.rawValue)\(unit): \(declaration.summary)\(suffix). "
          + "\(declaration.kind.meaning) 'source \(fact.key)' tells where it comes from."),
    ])
  }

  private func page(_ unit: Unit) -> Report {
    let worth = UnitChoice.worth(unit, Unit.base(of: unit.dimension))
    let siblings = Unit.all.filter { $0.dimension == unit.dimension }.map(\.symbol)
    return Report([
      .heading(unit.symbol, remark: "unit: \(unit.dimension.name)"),
      .paragraph(
        "1 \(unit.symbol) is \(worth). Units of the same kind: \(siblings.joined(separator: ", "))."
      ),
    ])
  }

  private func page(_ term: Glossary.Term) -> Report {
    var report = Report([.heading(term.name, remark: "term"), .paragraph(term.meaning)])
    if !term.shownBy.isEmpty {
      report.blocks.append(
        .paragraph("See: \(term.shownBy.map { "'?\($0)'" }.joined(separator: ", "))."))
    }
    return report
  }

  private func page(_ declaration: CommandDeclaration) -> Report {
    var report = Report([
      .heading(declaration.usage, remark: declaration.group.rawValue),
      .paragraph(declaration.summary),
    ])
    if !declaration.parameters.isEmpty {
      report.blocks.append(
        .table(
          Table(
            key: "help.arguments", columns: [.init(""), .init(""), .init("")],
            rows: declaration.parameters.map { parameter in
              [
                .words(parameter.name), .words(parameter.summary),
                .words(parameter.defaultText),
              ]
            })))
    }
    report.blocks.append(.paragraph("Example:"))
    report.blocks.append(
      .lines(declaration.example.split(separator: "\n").map { "  " + $0 }))
    return report
  }
}

extension FactKind {
  /// What it says about time, in a sentence.
  fileprivate var meaning: String {
    switch self {
    case .counter: "It adds up: alone the total so far, in a window the increase."
    case .gauge: "Alone the value now; in a window it needs .mean, .low or .high."
    case .distribution: "It has many values, so it needs .mean, .p50, .p95, .p99 or .max."
    case .share: "Alone of all so far, in a window of that window."
    case .text, .flag: "Alone now, in a window the one that held longest."
    case .moment: "Alone of all so far, in a window the one within it."
    }
  }
}

extension FactSuffix {
  /// What it picks, in a few words.
  fileprivate var meaning: String {
    switch self {
    case .mean: "the mean"
    case .p50: "the median, which half do not exceed"
    case .p95: "what 95% do not exceed"
    case .p99: "what 99% do not exceed"
    case .max: "the greatest"
    case .low: "the lowest"
    case .high: "the highest"
    }
  }
}

extension Parameter {
  /// What holds if it is left out, in words.
  package var defaultText: String {
    if let fallback { return "default \(fallback)" }
    return isRequired ? "must be given" : ""
  }
}
