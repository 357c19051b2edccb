import CommandLanguage
import StrictYAML

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
