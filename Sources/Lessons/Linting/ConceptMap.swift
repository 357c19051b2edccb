import CommandLanguage
import Yams

/// What the course teaches, in which lesson, and where it is asked for again: `concepts.yaml`.
package struct ConceptMap: Sendable {
  /// One concept.
  package struct Concept: Hashable, Sendable {
    /// The name that lessons use.
    package var name: String
    /// The lesson that introduces it.
    package var lesson: String
    /// The concepts that it builds on.
    package var needs: [String]
    /// The lessons that ask for it again.
    package var due: [String]
  }

  /// The concepts in the order of the course.
  package var concepts: [Concept]
  /// The lessons in the order in which they introduce concepts.
  package var lessons: [String]

  /// The concept of a name, or nil.
  package func concept(_ name: String) -> Concept? { concepts.first { $0.name == name } }

  /// The map of a file, and what is wrong with it.
  package static func parse(_ source: Source) -> (map: ConceptMap, diagnostics: [Diagnostic]) {
    var reader = YAMLReader(source: source)
    var concepts: [Concept] = []
    for entry in reader.list() {
      guard let name = reader.text("name", of: entry), let lesson = reader.text("lesson", of: entry)
      else { continue }
      concepts.append(
        Concept(
          name: name, lesson: lesson, needs: reader.texts("needs", of: entry),
          due: reader.texts("due", of: entry)))
      reader.check(entry, keys: ["name", "lesson", "needs", "again", "due"])
    }
    var lessons: [String] = []
    for concept in concepts where !lessons.contains(concept.lesson) {
      lessons.append(concept.lesson)
    }
    return (ConceptMap(concepts: concepts, lessons: lessons), reader.diagnostics)
  }
}

/// The order of a course's lessons: `course.yaml`.
package struct Course: Sendable {
  /// The title.
  package var title: String
  /// The lessons by id, in order; the file of each is `ID.md`.
  package var lessons: [String]

  /// The course of a file, and what is wrong with it.
  package static func parse(_ source: Source) -> (course: Course, diagnostics: [Diagnostic]) {
    var reader = YAMLReader(source: source)
    guard let root = reader.root() else {
      return (Course(title: "", lessons: []), reader.diagnostics)
    }
    reader.check(root, keys: ["title", "lessons"])
    let title = reader.text("title", of: root) ?? ""
    return (Course(title: title, lessons: reader.texts("lessons", of: root)), reader.diagnostics)
  }
}

/// Reads YAML with every scalar as text, so that `no` stays a word, and keeps the places.
struct YAMLReader {
  let source: Source
  var diagnostics: [Diagnostic] = []

  init(source: Source) { self.source = source }

  /// The top of the file, or nil if it is no YAML.
  mutating func root() -> Node? {
    do {
      guard let node = try Yams.compose(yaml: source.text(source.all)) else {
        report("empty-file", "This file is empty.", nil)
        return nil
      }
      return node
    } catch {
      report("bad-yaml", "This file is not YAML: \(YAMLReader.reason(error)).", nil)
      return nil
    }
  }

  /// The entries of a file that is a list.
  mutating func list() -> [Node] {
    guard let root = root() else { return [] }
    guard case .sequence(let sequence) = root else {
      report("bad-yaml", "A list belongs here.", root)
      return []
    }
    return Array(sequence)
  }

  /// The text of a key that must be there.
  mutating func text(_ key: String, of node: Node) -> String? {
    guard case .mapping(let mapping) = node, let value = mapping[key],
      case .scalar(let scalar) = value
    else {
      report("missing-key", "'\(key)' is missing here.", node)
      return nil
    }
    return scalar.string
  }

  /// The texts of a key that may be missing.
  mutating func texts(_ key: String, of node: Node) -> [String] {
    guard case .mapping(let mapping) = node, let value = mapping[key] else { return [] }
    guard case .sequence(let sequence) = value else {
      report("bad-yaml", "'\(key)' is a list.", value)
      return []
    }
    return sequence.compactMap { if case .scalar(let scalar) = $0 { scalar.string } else { nil } }
  }

  /// Reports keys that are not among those known.
  mutating func check(_ node: Node, keys: [String]) {
    guard case .mapping(let mapping) = node else { return }
    for (key, _) in mapping {
      guard case .scalar(let scalar) = key, !keys.contains(scalar.string) else { continue }
      report(
        "unknown-key", "There is no key '\(scalar.string)' here.", key,
        NearMiss.question(for: scalar.string, among: keys))
    }
  }

  private mutating func report(
    _ code: String, _ message: String, _ node: Node?, _ help: String? = nil
  ) {
    diagnostics.append(Diagnostic(code, message, at: span(node), help: help))
  }

  private func span(_ node: Node?) -> SourceSpan {
    let mark = node?.mark
    let line = source.lineRange(min(max((mark?.line ?? 1) - 1, 0), source.lineCount - 1))
    let start = min(line.lowerBound + max((mark?.column ?? 1) - 1, 0), line.upperBound)
    return source.span(start..<line.upperBound)
  }

  private static func reason(_ error: any Error) -> String {
    guard let first = "\(error)".split(separator: "\n").first else { return "unreadable" }
    return String(first)
  }
}
