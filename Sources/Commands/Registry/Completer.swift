import Catalogs
import CommandLanguage
import Quantities
import Reports

/// What could stand at the end of a line: verbs, arguments, values, units, facts, windows, and the
/// names of things that exist.
package struct Completer {
  /// One possibility.
  package struct Candidate: Hashable, Sendable {
    /// What would stand there.
    package var text: String
    /// What it means, in a few words.
    package var summary: String

    /// A candidate as given.
    package init(_ text: String, _ summary: String) {
      self.text = text
      self.summary = summary
    }
  }

  private let registry: Registry
  private let names: NamesInUse
  private let words: [Candidate]

  /// A completer for the commands of a registry.
  /// - Parameter names: what exists now.
  /// - Parameter words: what may stand in place of a verb: a lesson's own words.
  package init(registry: Registry, names: NamesInUse = NamesInUse(), words: [Candidate] = []) {
    self.registry = registry
    self.names = names
    self.words = words
  }

  /// The candidates for the last word of a line, sorted as the registry has them.
  package func candidates(for line: String) -> [Candidate] {
    let typed = TypedLine(line)
    guard !typed.isQuoted else { return [] }
    guard let verb = typed.verb else {
      let isQuestion = typed.last.hasPrefix("?")
      return (isQuestion ? topics.map { Candidate("?" + $0.text, $0.summary) } : verbs + words)
        .filter { $0.text.hasPrefix(typed.last) }
    }
    guard let declaration = registry.command(verb)?.declaration else { return [] }
    let position = Position(declaration: declaration, typed: typed)
    return (units(at: position) + values(at: position)).filter { $0.text.hasPrefix(typed.last) }
  }

  /// What a line may go on with: the rest of the first candidate for the word that is being typed, and
  /// the arguments behind it, for the eye only.
  package func hint(for line: String) -> (completion: String, remark: String)? {
    let last = TypedLine(line).last
    var completion = ""
    let isNumber = last.last?.isNumber ?? false
    if !last.isEmpty, !isNumber, let first = candidates(for: line).first {
      completion = String(first.text.dropFirst(last.count))
    }
    let remark = usage(behind: line + completion) ?? ""
    return completion.isEmpty && remark.isEmpty ? nil : (completion, remark)
  }

  /// The verb's arguments that are still to come, as help shows them; nil while there is no verb.
  package func usage(behind line: String) -> String? {
    let typed = TypedLine(line)
    guard !typed.isQuoted, let verb = typed.verb ?? (typed.last.isEmpty ? nil : typed.last),
      let declaration = registry.command(verb)?.declaration
    else { return nil }
    let position = Position(declaration: declaration, typed: typed)
    let isBehindSpace = typed.last.isEmpty
    let open = isBehindSpace || typed.verb == nil ? position.open : position.behind
    let parts =
      open.filter(\.isPositional).map(\.usage)
      + (position.isInTail ? [] : declaration.tail.usage)
      + open.filter { !$0.isPositional }.map(\.usage)
    return parts.isEmpty ? nil : (isBehindSpace ? "" : " ") + parts.joined(separator: " ")
  }
}

// MARK: - Where the cursor stands

extension Completer {
  /// What the words before the cursor have used up of a declaration.
  struct Position {
    let declaration: CommandDeclaration
    let typed: TypedLine
    /// The parameter that the word before the last belongs to, if any.
    private(set) var previous: Parameter?
    /// The parameters that are not given yet.
    private(set) var open: [Parameter]
    /// The word of a window or `until`, and what stands behind it.
    private(set) var tail: (word: String, words: [String])?

    init(declaration: CommandDeclaration, typed: TypedLine) {
      self.declaration = declaration
      self.typed = typed
      open = declaration.parameters
      for word in typed.given.dropFirst() { use(word) }
    }

    private mutating func use(_ word: String) {
      previous = nil
      if let equals = word.firstIndex(of: "=") {
        if let index = open.firstIndex(where: { $0.name == word[..<equals] }) {
          previous = open.remove(at: index)
        }
      } else if declaration.tail.words.contains(where: { $0.text == word }) {
        tail = (word, [])
      } else if tail != nil {
        tail?.words.append(word)
      } else if let index = open.firstIndex(where: \.isPositional) {
        previous = open.remove(at: index)
      }
    }

    /// Whether the word before is a quantity's plain number, behind which a unit stands and no fact.
    var isBehindNumber: Bool {
      guard let word = typed.given.last, let equals = word.firstIndex(of: "="),
        Double(word[word.index(after: equals)...]) != nil
      else { return false }
      switch previous?.kind {
      case .span, .quantity: return true
      default: return false
      }
    }

    /// Whether what is typed belongs to a condition or a window.
    var isInTail: Bool { tail != nil }

    /// The parameter that the last word belongs to, if it names one or stands by position.
    var current: Parameter? {
      if let equals = typed.last.firstIndex(of: "=") {
        return open.first { $0.name == typed.last[..<equals] }
      }
      return tail == nil ? open.first(where: \.isPositional) : nil
    }

    /// What is still open behind the last word.
    var behind: [Parameter] {
      guard let current else { return open }
      return open.filter { $0.name != current.name }
    }
  }
}

// MARK: - Values

extension Completer {
  private func values(at position: Position) -> [Candidate] {
    let typed = position.typed
    if typed.last.contains("=") {
      guard let parameter = position.current else { return [] }
      return values(of: parameter).map {
        Candidate("\(parameter.name)=\($0.text)", $0.summary)
      }
    }
    let named = position.open.filter { !$0.isPositional }
      .map { Candidate($0.name + "=", $0.summary) }
    let tail = position.declaration.tail
    if position.isBehindNumber { return named }
    if let (word, words) = position.tail {
      return behind(word, words, tail) + named
    }
    if tail == .expression { return expression(typed.given.dropFirst()) + named }
    let own = position.current.map { values(of: $0, behind: typed.given.last ?? "") } ?? []
    let isFree = position.current.map { !$0.isRequired } ?? true
    return own + named + (isFree ? tail.words : [])
  }

  /// The values of a parameter behind a word that may say of what they are.
  private func values(of parameter: Parameter, behind word: String) -> [Candidate] {
    guard case .name("setting") = parameter.kind, let thing = SetCommand.Thing(rawValue: word)
    else { return values(of: parameter) }
    let meanings = thing == .uplink ? Catalog.uplinkMeanings : [:]
    return thing.words(.standard).map { Candidate($0, meanings[$0] ?? thing.summary) }
      + (thing == .uplink ? names[CatalogEntry.Kind.uplink.rawValue] : [])
  }

  private func described(_ words: [String], _ parameter: Parameter) -> [Candidate] {
    let meanings = parameter.meanings()
    return words.map { Candidate($0, meanings[$0] ?? parameter.summary) }
  }

  private func values(of parameter: Parameter) -> [Candidate] {
    switch parameter.kind {
    case .choice(let words):
      described(words, parameter) + parameter.openTo.flatMap { names[$0.rawValue] }
    case .fact: facts
    case .name("verb"): verbs
    case .name("topic"): topics
    case .name("subject"): subjects
    case .name("explainable"):
      [Candidate("reply", "a language model's last answer")] + names["room"] + names["rack"]
        + facts
    case .name("sourced"):
      facts + CatalogEntry.Kind.allCases.flatMap(entries)
        + StoryFact.all.map { Candidate($0.id, $0.says) }
    case .name("entry"): CatalogEntry.Kind.allCases.flatMap(entries)
    case .name(let what): names[what]
    case .moment: names["day"]
    case .count, .quantity, .span, .text:
      parameter.fallback.map { [Candidate($0, "\(parameter.summary), if left out")] } ?? []
    }
  }

  /// The things of a kind that the catalog has.
  private func entries(_ kind: CatalogEntry.Kind) -> [Candidate] {
    Catalog.ids(kind).map { Candidate($0, "of the catalog: \(kind.rawValue)") }
      + names[kind.rawValue]
  }

  /// What may follow `during`, `since`, `until` and the like.
  private func behind(_ word: String, _ words: [String], _ tail: StatementTail) -> [Candidate] {
    if word == "until" {
      return (words.isEmpty ? names["day"] : []) + expression(words[...])
    }
    guard words.isEmpty else { return [] }
    switch word {
    case "during": return names["day"]
    case "since", "at": return names["mark"] + names["day"]
    default: return []
    }
  }

  /// What may follow within a condition.
  private func expression(_ words: ArraySlice<String>) -> [Candidate] {
    guard let last = words.last else { return facts }
    if StatementTail.window.words.contains(where: { $0.text == last }) {
      return behind(last, [], .window)
    }
    guard registry.catalog.resolve(last) == nil else {
      return StatementTail.window.words
        + ["<", "<=", ">", ">=", "==", "!="].map { Candidate($0, "compares") }
    }
    return facts + ["and", "or", "not"].map { Candidate($0, "joins conditions") }
  }

  private func units(at position: Position) -> [Candidate] {
    guard let (word, isLast) = position.typed.openNumber,
      let dimension = dimension(at: position, isLast: isLast)
    else { return [] }
    let value = position.typed.value(of: word)
    guard let (number, rest) = NumberText.leadingNumber(value) else { return [] }
    let known = UnitChoice.candidates(dimension.value, count: number, dimension.isCalendar)
    guard isLast else { return known }
    let typed = word.dropLast(rest.count) + (rest.isEmpty ? " " : "")
    return known.map { Candidate(typed + $0.text, $0.summary) }
  }

  /// What the number at the cursor measures.
  private func dimension(at position: Position, isLast: Bool) -> (
    value: Dimension, isCalendar: Bool
  )? {
    if position.tail?.word == "over" { return (.time, true) }
    let named = isLast ? position.current : position.previous
    if named != nil || !position.isInTail && position.declaration.tail != .expression {
      switch named?.kind {
      case .span: return (.time, true)
      case .quantity(let dimension, _): return (dimension, false)
      default: return nil
      }
    }
    let fact = position.typed.given.reversed().lazy.compactMap { registry.catalog.resolve($0) }
      .first
    return fact.map { ($0.declaration.unit.dimension, false) }
  }

  private var verbs: [Candidate] {
    registry.commands.map { $0.declaration }.map { Candidate($0.verb, $0.summary) }
  }

  private var facts: [Candidate] {
    registry.catalog.keys.map { key in
      Candidate(key, registry.catalog.resolve(key)?.declaration.summary ?? "")
    }
  }

  private var subjects: [Candidate] {
    let subjects = Set(
      registry.catalog.declarations.compactMap { $0.key.split(separator: ".").first })
    return subjects.sorted().map { Candidate(String($0), "its facts") }
      + [Candidate("facts", "the facts of all subjects")]
  }

  private var topics: [Candidate] {
    verbs
      + registry.catalog.declarations.map { Candidate($0.key, $0.summary) }
      + Glossary.terms.map { Candidate($0.name, "a term of the course") }
  }
}

extension StatementTail {
  /// The words that begin it, with what they mean.
  var words: [Completer.Candidate] {
    switch self {
    case .arguments, .expression: []
    case .window:
      [
        .init("during", "a day, or A..B"), .init("over", "the last so many days"),
        .init("since", "from a mark or a moment on"), .init("at", "just before a moment"),
      ]
    case .until: [.init("until", "a moment or a condition")]
    }
  }
}
