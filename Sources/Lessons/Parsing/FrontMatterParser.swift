import CommandLanguage
import Quantities

/// Reads the `key: text` lines at the beginning of a file.
///
/// Every value is text until its key types it, so that `no` stays a word.
struct FrontMatterParser {
  let source: Source
  private(set) var diagnostics: [Diagnostic] = []

  static let keys = [
    "format", "id", "title", "summary", "needs", "catalog", "start", "seed", "minutes", "budget",
    "skip",
    "introduces", "retrieves",
  ]
  static let required = ["format", "id", "title", "summary", "minutes"]

  init(source: Source) { self.source = source }

  /// The front matter, and the index of the line after it.
  mutating func read() -> (FrontMatter, firstLine: Int) {
    let nothing = Name(text: "", range: 0..<0)
    var matter = FrontMatter(range: 0..<0, id: nothing, title: nothing, summary: nothing)
    guard source.lineCount > 0, isFence(0) else {
      report(
        "no-front-matter", "A lesson begins with a line of '---' and its front matter.",
        source.lineRange(0), "For example: ---, then format: 1, id: my-lesson, and --- again.")
      return (matter, 0)
    }
    guard let last = (1..<source.lineCount).first(where: isFence) else {
      report(
        "unclosed-front-matter", "The front matter is never closed.", source.lineRange(0),
        "Close it with a line of '---'.")
      return (matter, source.lineCount)
    }
    matter.range = source.lineRange(0).lowerBound..<source.lineRange(last).upperBound
    var seen: Set<String> = []
    for index in 1..<last {
      readLine(LineText.trimmedEnd(source, source.lineRange(index)), &matter, &seen)
    }
    let missing = FrontMatterParser.required.filter { !seen.contains($0) }
    if !missing.isEmpty {
      report(
        "missing-key",
        "The front matter lacks \(missing.map { "'\($0)'" }.joined(separator: ", ")).",
        source.lineRange(0), "It needs \(FrontMatterParser.required.joined(separator: ", ")).")
    }
    return (matter, last + 1)
  }

  private func isFence(_ index: Int) -> Bool {
    source.text(LineText.trimmedEnd(source, source.lineRange(index))) == "---"
  }

  private mutating func readLine(
    _ line: Range<Int>, _ matter: inout FrontMatter, _ seen: inout Set<String>
  ) {
    guard !line.isEmpty else { return }
    guard let (key, value) = LineText.keyAndValue(source, line) else {
      report("expected-key", "A line here is 'key: text'.", line, nil)
      return
    }
    guard FrontMatterParser.keys.contains(key.text) else {
      report(
        "unknown-key", "There is no key '\(key.text)' in the front matter.", key.range,
        [
          NearMiss.question(for: key.text, among: FrontMatterParser.keys),
          "It may have \(FrontMatterParser.keys.joined(separator: ", ")).",
        ].compactMap { $0 }.joined(separator: " "))
      return
    }
    guard seen.insert(key.text).inserted else {
      report("duplicate-key", "'\(key.text)' stands here twice.", key.range, nil)
      return
    }
    guard !value.isEmpty else {
      report("empty-value", "'\(key.text)' has no value.", key.range, nil)
      return
    }
    assign(key.text, Name(text: source.text(value), range: value), &matter)
  }

  private mutating func assign(_ key: String, _ value: Name, _ matter: inout FrontMatter) {
    switch key {
    case "format": if value.text != "1" { bad(key, value, "1, the only format there is") }
    case "id": matter.id = checkedID(value)
    case "title": matter.title = value
    case "summary": matter.summary = value
    case "needs": matter.needs = LineText.names(source, value.range)
    case "catalog":
      matter.catalogs = LineText.names(source, value.range).filter {
        checkPath(
          $0, key, ".yaml", "a catalog inside the course's folder, such as catalogs/fast.yaml")
      }
    case "start":
      let expected = "a script inside the course's folder, such as scenarios/shop.room"
      matter.start = checkPath(value, key, ".room", expected) ? value : nil
    case "introduces": matter.introduces = LineText.names(source, value.range)
    case "retrieves": matter.retrieves = LineText.names(source, value.range)
    default: assignTyped(key, value, &matter)
    }
  }

  private mutating func assignTyped(_ key: String, _ value: Name, _ matter: inout FrontMatter) {
    switch key {
    case "seed":
      if value.text == "student" {
        matter.seed = .student
      } else if let seed = UInt64(value.text) {
        matter.seed = .number(seed)
      } else {
        bad(key, value, "a whole number from 0, or student")
      }
    case "minutes":
      if let minutes = Int(value.text), (1...240).contains(minutes) {
        matter.minutes = minutes
      } else {
        bad(key, value, "a whole number of minutes, 1 to 240")
      }
    case "budget":
      if let events = FrontMatterParser.events(value.text) {
        matter.budget = events
        matter.budgetRange = value.range
      } else {
        bad(key, value, "a number of events, such as '4 million events'")
      }
    default:
      if let skip = FrontMatter.SkipPolicy(rawValue: value.text) {
        matter.skip = skip
      } else {
        let words = FrontMatter.SkipPolicy.allCases.map(\.rawValue)
        bad(
          key, value, "one of \(words.joined(separator: ", "))",
          NearMiss.question(for: value.text, among: words))
      }
    }
  }

  /// `4 million events`, `800 thousand events`, `2,500,000 events`.
  static func events(_ text: String) -> Int? {
    var words = text.split(separator: " ").map(String.init)
    guard words.popLast() == "events", let first = words.first,
      case .plain(let number)? = NumberText.read(first), number > 0
    else { return nil }
    let scales = ["": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9]
    guard words.count <= 2, let scale = scales[words.count == 2 ? words[1] : ""] else { return nil }
    let events = number * scale
    return events <= 1e12 ? Int(events) : nil
  }

  private mutating func checkedID(_ value: Name) -> Name {
    if !value.text.isLessonID {
      bad("id", value, "small letters, digits and '-', such as holiday-peak")
    }
    return value
  }

  private mutating func checkPath(
    _ value: Name, _ key: String, _ ending: String, _ expected: String
  ) -> Bool {
    let parts = value.text.split(separator: "/", omittingEmptySubsequences: false)
    guard !value.text.hasPrefix("/"), !parts.contains(".."), value.text.hasSuffix(ending) else {
      bad(key, value, expected)
      return false
    }
    return true
  }

  private mutating func bad(_ key: String, _ value: Name, _ expected: String, _ help: String? = nil)
  {
    report("bad-value", "'\(key)' is \(expected), not '\(value.text)'.", value.range, help)
  }

  private mutating func report(
    _ code: String, _ message: String, _ range: Range<Int>, _ help: String?
  ) {
    diagnostics.append(Diagnostic(code, message, at: source.span(range), help: help))
  }
}

extension String {
  /// Whether it may name a lesson or a step: small letters, digits and `-`, a letter first.
  var isLessonID: Bool {
    guard let first = utf8.first, (97...122).contains(first) else { return false }
    return utf8.allSatisfy {
      (97...122).contains($0) || Ascii.isDigit($0) || $0 == UInt8(ascii: "-")
    }
  }
}
