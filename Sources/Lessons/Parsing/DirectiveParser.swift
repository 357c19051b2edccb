import CommandLanguage
import Quantities

/// Turns the body of a directive into a step.
struct DirectiveParser {
  let source: Source
  let kind: Name
  let id: Name?
  let range: Range<Int>
  var diagnostics: [Diagnostic] = []
  var entries: [Entry] = []

  /// The keys of a directive.
  struct Keys {
    var once: [String]
    var many: [String] = []
    var required: [String]

    var all: [String] { once + many }
  }

  static let kinds = ["run", "setup", "predict", "choice", "task", "reflect", "note"]

  static let keys: [String: Keys] = [
    "predict": Keys(
      once: [
        "ask", "unit", "answer", "naive", "full-marks-within", "low", "high", "right", "needs",
      ], many: ["go"], required: ["ask", "answer", "naive", "low", "high", "right"]),
    "choice": Keys(
      once: ["ask", "on-pass", "on-fail", "needs"], many: ["go"], required: ["ask"]),
    "task": Keys(
      once: ["from", "goal", "solution", "on-pass", "on-fail", "needs"],
      many: ["check", "hint", "wrong", "go"], required: ["goal", "check"]),
    "reflect": Keys(once: ["ask", "model", "needs"], many: ["go"], required: ["ask", "model"]),
  ]

  init(source: Source, kind: Name, id: Name?, range: Range<Int>) {
    self.source = source
    self.kind = kind
    self.id = id
    self.range = range
  }

  /// The step, or nil if the directive is unknown.
  mutating func step(lines: Range<Int>) -> Step? {
    if let id, !id.text.isLessonID {
      report(
        "bad-id", "'\(id.text)' cannot name a step.", id.range,
        "A name has small letters, digits and '-', and begins with a letter.")
    }
    switch kind.text {
    case "run": return statementStep(lines) { .run($0) }
    case "setup": return statementStep(lines) { .setup($0) }
    case "note": return step(.note(bodyRange(lines)))
    default: break
    }
    guard let keys = DirectiveParser.keys[kind.text] else {
      report(
        "unknown-directive", "There is no directive '\(kind.text)'.", kind.range,
        [
          NearMiss.question(for: kind.text, among: DirectiveParser.kinds),
          "There are \(DirectiveParser.kinds.joined(separator: ", ")); "
            + "'text' shows lines as they stand.",
        ].compactMap { $0 }.joined(separator: " "))
      return nil
    }
    if id == nil, kind.text != "reflect" {
      report(
        "missing-id", "This \(kind.text) has no name.", range,
        "Write one after the directive: ```\(kind.text) my-question")
    }
    var reader = EntryReader(source: source)
    reader.read(lines: lines)
    diagnostics += reader.diagnostics
    entries = reader.entries
    check(keys)
    if kind.text != "choice", let stray = reader.options.first {
      report("expected-key", "Only a choice has options.", stray.range, nil)
    }
    switch kind.text {
    case "predict": return prediction().flatMap { step(.predict($0)) }
    case "choice": return step(.choice(choice(reader.options)))
    case "task": return step(.task(task()))
    default:
      return step(.reflect(Reflection(ask: text("ask"), model: text("model"))))
    }
  }

  /// A step of statements, before which a line may say what they need.
  private mutating func statementStep(
    _ lines: Range<Int>, _ kind: (Statements) -> Step.Kind
  ) -> Step {
    guard let first = lines.first, LineText.starts(source, source.lineRange(first), with: "needs:")
    else { return step(kind(statements(bodyRange(lines)))) }
    var reader = EntryReader(source: source)
    reader.read(lines: first..<first + 1)
    diagnostics += reader.diagnostics
    entries = reader.entries
    return step(kind(statements(bodyRange(first + 1..<lines.upperBound))))
  }

  private mutating func step(_ kind: Step.Kind) -> Step {
    Step(id: id, kind: kind, needs: needs(), branches: branches(), range: range)
  }

  private func bodyRange(_ lines: Range<Int>) -> Range<Int> {
    guard let first = lines.first, let last = lines.last else {
      return range.upperBound..<range.upperBound
    }
    return source.lineRange(first).lowerBound..<source.lineRange(last).upperBound
  }

  // MARK: - Keys

  private mutating func check(_ keys: Keys) {
    var seen: Set<String> = []
    for entry in entries {
      guard keys.all.contains(entry.key.text) else {
        report(
          "unknown-key", "A \(kind.text) has no key '\(entry.key.text)'.", entry.key.range,
          [
            NearMiss.question(for: entry.key.text, among: keys.all),
            "It may have \(keys.all.joined(separator: ", ")).",
          ].compactMap { $0 }.joined(separator: " "))
        continue
      }
      if !seen.insert(entry.key.text).inserted, !keys.many.contains(entry.key.text) {
        report("duplicate-key", "'\(entry.key.text)' stands here twice.", entry.key.range, nil)
      }
      checkShape(entry)
    }
    let missing = keys.required.filter { !seen.contains($0) }
    if !missing.isEmpty {
      report(
        "missing-key",
        "This \(kind.text) lacks \(missing.map { "'\($0)'" }.joined(separator: ", ")).", range, nil)
    }
  }

  /// Which children an entry may have, and whether it is text or statements.
  private mutating func checkShape(_ entry: Entry) {
    let children = ["check": ["else"], "wrong": ["expect"], "on-pass": ["say"], "on-fail": ["say"]]
    for child in entry.children where !(children[entry.key.text] ?? []).contains(child.key.text) {
      report(
        "unknown-key", "'\(child.key.text)' does not belong to '\(entry.key.text)'.",
        child.key.range,
        "'else' belongs to 'check', 'expect' to 'wrong', 'say' to 'on-pass' and 'on-fail'.")
    }
    let isBlock = entry.key.text == "solution" || entry.key.text == "wrong"
    if isBlock, entry.block == nil {
      report(
        "expected-block", "'\(entry.key.text)' is followed by '|' and indented statements.",
        entry.range, nil)
    } else if !isBlock, entry.block != nil {
      report("unexpected-block", "'\(entry.key.text)' is text, not statements.", entry.range, nil)
    } else if !isBlock, entry.value.isEmpty, !entry.key.text.hasPrefix("on-") {
      report("empty-value", "'\(entry.key.text)' has no value.", entry.key.range, nil)
    }
  }

  // MARK: - Values

  func entry(_ key: String) -> Entry? { entries.first { $0.key.text == key } }

  func entries(_ key: String) -> [Entry] { entries.filter { $0.key.text == key } }

  /// The words of a key; empty if it is not there.
  mutating func text(_ key: String) -> Template {
    entry(key).map { template($0) } ?? Template(pieces: [], range: range)
  }

  mutating func template(_ entry: Entry) -> Template {
    var template = TemplateParser.template(in: source, entry.value, &diagnostics)
    if entry.value.isEmpty { template.range = entry.key.range }
    return template
  }

  /// The expression of an entry, or nil if it is none.
  mutating func formula(_ entry: Entry) -> Formula? {
    guard let first = entry.value.first, let last = entry.value.last else { return nil }
    let range = first.lowerBound..<last.upperBound
    do {
      return Formula(expression: try Parser.expression(in: source, range), range: range)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  func name(_ entry: Entry) -> Name? {
    entry.value.first.map { Name(text: source.text($0), range: $0) }
  }

  func statements(_ range: Range<Int>) -> Statements {
    Statements(ranges: Parser.statementRanges(in: source, range), range: range)
  }

  private mutating func needs() -> [Step.Need] {
    guard let entry = entry("needs"), let value = entry.value.first else { return [] }
    return LineText.names(source, value).compactMap { name in
      if let need = Step.Need(rawValue: name.text) { return need }
      report(
        "bad-value", "A step needs model, measurement or network, not '\(name.text)'.", name.range,
        nil)
      return nil
    }
  }

  private mutating func branches() -> [Branch] {
    entries("go").compactMap { branch($0) }
  }

  /// `ID` or `ID when EXPRESSION`.
  private mutating func branch(_ entry: Entry) -> Branch? {
    guard let value = entry.value.first else { return nil }
    guard let when = LineText.find(" when ", in: source, value) else {
      return Branch(
        target: Name(text: source.text(value), range: value), condition: nil, range: entry.range)
    }
    let target = LineText.trimmed(source, value.lowerBound..<when.lowerBound)
    let condition = LineText.trimmed(source, when.upperBound..<value.upperBound)
    do {
      return Branch(
        target: Name(text: source.text(target), range: target),
        condition: try Parser.expression(in: source, condition), range: entry.range)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  mutating func report(_ code: String, _ message: String, _ range: Range<Int>, _ help: String?) {
    diagnostics.append(Diagnostic(code, message, at: source.span(range), help: help))
  }
}
