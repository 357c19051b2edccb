import CommandLanguage

/// Lessons against the map of concepts: nothing used before it is introduced, each asked for again.
struct ConceptLinter {
  let map: ConceptMap
  let lessons: [Lesson]
  var diagnostics: [Diagnostic] = []

  init(map: ConceptMap, lessons: [Lesson]) {
    self.map = map
    self.lessons = lessons
  }

  mutating func lint() {
    for (index, lesson) in lessons.enumerated() {
      let earlier = lessons.prefix(index)
      let matter = lesson.frontMatter
      for name in matter.introduces { lintIntroduced(name, lesson, earlier) }
      for name in matter.retrieves { lintRetrieved(name, lesson, earlier) }
      lintMissing(lesson)
      lintDuties(lesson)
    }
  }

  private mutating func lintIntroduced(
    _ name: Name, _ lesson: Lesson, _ earlier: ArraySlice<Lesson>
  ) {
    guard let concept = known(name, lesson) else { return }
    if concept.lesson != lesson.id {
      report(
        "other-lesson", "The concept '\(name.text)' belongs to the lesson '\(concept.lesson)'.",
        lesson, name.range)
    }
    for need in concept.needs {
      guard let before = map.concept(need), before.lesson != lesson.id else { continue }
      if earlier.contains(where: { introduces(need, $0) }) { continue }
      let isWritten = lessons.contains { $0.id == before.lesson }
      report(
        "concept-too-early",
        "'\(name.text)' builds on '\(need)', which no lesson before this one introduces.", lesson,
        name.range, "It belongs to '\(before.lesson)'.", isWritten ? .error : .warning)
    }
  }

  private mutating func lintRetrieved(_ name: Name, _ lesson: Lesson, _ earlier: ArraySlice<Lesson>)
  {
    guard let concept = known(name, lesson) else { return }
    guard !earlier.contains(where: { introduces(name.text, $0) }) else { return }
    let isWritten = lessons.contains { $0.id == concept.lesson }
    report(
      "concept-too-early", "'\(name.text)' is asked for before any lesson introduces it.", lesson,
      name.range, "It belongs to '\(concept.lesson)'.", isWritten ? .error : .warning)
  }

  /// Concepts that the map says this lesson introduces.
  private mutating func lintMissing(_ lesson: Lesson) {
    let missing = map.concepts.filter { $0.lesson == lesson.id && !introduces($0.name, lesson) }
    guard !missing.isEmpty else { return }
    report(
      "missing-concept",
      "The map says that this lesson introduces \(list(missing.map(\.name))).", lesson,
      lesson.frontMatter.id.range, "Name it in 'introduces'.")
  }

  /// Concepts of this lesson that lessons to come must ask for again.
  private mutating func lintDuties(_ lesson: Lesson) {
    let own = map.concepts.filter { introduces($0.name, lesson) }
    for concept in own {
      for due in concept.due {
        guard let later = lessons.first(where: { $0.id == due }) else { continue }
        guard !later.frontMatter.retrieves.contains(where: { $0.text == concept.name }) else {
          continue
        }
        report(
          "missing-retrieval", "'\(concept.name)' is due in this lesson.", later,
          later.frontMatter.id.range, "Ask for it, and name it in 'retrieves'.")
      }
    }
    let open = own.filter { concept in
      !concept.due.isEmpty && !concept.due.contains { due in lessons.contains { $0.id == due } }
    }
    guard !open.isEmpty else { return }
    report(
      "retrieval-to-come",
      "\(list(open.map(\.name))) will be asked for again in lessons that are not written yet.",
      lesson, lesson.frontMatter.introduces.first?.range ?? lesson.frontMatter.id.range, nil,
      .warning)
  }

  private mutating func known(_ name: Name, _ lesson: Lesson) -> ConceptMap.Concept? {
    if let concept = map.concept(name.text) { return concept }
    report(
      "unknown-concept", "There is no concept '\(name.text)'.", lesson, name.range,
      NearMiss.question(for: name.text, among: map.concepts.map(\.name))
        ?? "Concepts are named in concepts.yaml.")
    return nil
  }

  private func introduces(_ name: String, _ lesson: Lesson) -> Bool {
    lesson.frontMatter.introduces.contains { $0.text == name }
  }

  private func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }

  private mutating func report(
    _ code: String, _ message: String, _ lesson: Lesson, _ range: Range<Int>,
    _ help: String? = nil, _ severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(code, message, at: lesson.source.span(range), help: help, severity: severity))
  }
}
