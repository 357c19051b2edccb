import Catalogs
import CommandLanguage
import Commands
import Reports

/// Reads lessons as a strict editor would: everything wrong at once, each with its place.
///
/// Nothing is run. What can only be seen by running is `LessonProof`'s.
package struct LessonLinter {
  /// All commands.
  package let registry: Registry
  /// Scenes and the concept map.
  package let files: any CourseFiles

  /// A linter of lessons that use these commands, and files of this course.
  package init(registry: Registry = .standard, files: any CourseFiles) {
    self.registry = registry
    self.files = files
  }

  /// What is wrong with some lessons, given in the order of the course.
  package func lint(_ sources: [Source]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let lessons = sources.map { source in
      let (lesson, problems) = LessonParser.parse(source)
      diagnostics += problems
      return lesson
    }
    var taught: Set<String> = []
    for lesson in lessons {
      var linter = OneLessonLinter(lesson: lesson, registry: registry, taught: taught)
      let scene = scene(of: lesson, &linter)
      linter.lint(scene: scene)
      diagnostics += linter.diagnostics
      taught = linter.taught
    }
    let (map, problems) = conceptMap()
    diagnostics += problems + courseProblems(lessons, map)
    if let map {
      var linter = ConceptLinter(map: map, lessons: lessons)
      linter.lint()
      diagnostics += linter.diagnostics
    }
    return diagnostics.inOrderOfPlace.withoutRepetition
  }

  private func scene(of lesson: Lesson, _ linter: inout OneLessonLinter) -> LessonScene {
    do {
      return try lesson.scene(from: files)
    } catch {
      linter.diagnostics += error.list
      return LessonScene()
    }
  }

  /// What is wrong between lessons: names that appear twice, lessons that are not there.
  private func courseProblems(_ lessons: [Lesson], _ map: ConceptMap?) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var places: [String: Int] = [:]
    for (index, lesson) in lessons.enumerated() where !lesson.id.isEmpty {
      let matter = lesson.frontMatter
      if places[lesson.id] != nil {
        diagnostics.append(
          Diagnostic(
            "duplicate-id", "Another lesson is called '\(lesson.id)' already.",
            at: lesson.source.span(matter.id.range)))
      }
      for need in matter.needs {
        if places[need.text] != nil { continue }
        let isLater = lessons.dropFirst(index).contains { $0.id == need.text }
        let isToCome = !isLater && map?.lessons.contains(need.text) ?? false
        diagnostics.append(
          Diagnostic(
            isLater ? "needs-later" : "unknown-lesson",
            isLater
              ? "'\(need.text)' does not come before this lesson."
              : isToCome
                ? "The lesson '\(need.text)' is not among these."
                : "There is no lesson '\(need.text)'.",
            at: lesson.source.span(need.range),
            help: NearMiss.question(for: need.text, among: lessons.map(\.id)),
            severity: isToCome ? .warning : .error))
      }
      places[lesson.id] = index
    }
    return diagnostics
  }

  /// The map of the course, nil if there is none.
  private func conceptMap() -> (map: ConceptMap?, diagnostics: [Diagnostic]) {
    do {
      return ConceptMap.parse(
        Source(name: files.name("concepts.yaml"), bytes: try files.read("concepts.yaml")))
    } catch {
      return (nil, [])
    }
  }
}

extension [Diagnostic] {
  /// Without those that say the same about the same place.
  fileprivate var withoutRepetition: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Reads one lesson.
struct OneLessonLinter {
  let lesson: Lesson
  let registry: Registry
  /// What can be bought in the lesson.
  var goods = Catalog.standard
  /// Whether a statement before measures the machine, which can then be bought.
  var probes = false
  /// The verbs that were shown so far in the course.
  var taught: Set<String>
  var diagnostics: [Diagnostic] = []
  /// The marks that statements make, in the order of the file, each with the part that makes it.
  var marks: [(name: String, part: Int)] = []

  init(lesson: Lesson, registry: Registry, taught: Set<String>) {
    self.lesson = lesson
    self.registry = registry
    self.taught = taught
  }

  var source: Source { lesson.source }

  mutating func lint(scene: LessonScene) {
    goods = scene.catalog
    lintStatements(scene: scene.script)
    lintSpans()
    lintExpressions()
    lintGraph()
    lintSteps()
    lintVerbs()
    lintLanguage()
    lintBudget(scene: scene.script)
  }

  mutating func report(
    _ code: String, _ message: String, _ range: Range<Int>, _ help: String? = nil,
    severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(code, message, at: source.span(range), help: help, severity: severity))
  }

  /// Every template of the lesson, with the variables that it may use.
  var templates: [(template: Template, variables: Set<String>, role: Role)] {
    var list: [(Template, Set<String>, Role)] = []
    for part in lesson.parts {
      switch part {
      case .prose(let prose):
        list += prose.blocks.filter { $0.kind != .code }.map { ($0.text, [], .prose) }
      case .step(let step): list += OneLessonLinter.templates(of: step)
      }
    }
    return list.map { (template: $0.0, variables: $0.1, role: $0.2) }
  }

  /// What words are for.
  enum Role {
    case prose, question, reply, hint
  }

  private static func templates(of step: Step) -> [(Template, Set<String>, Role)] {
    switch step.kind {
    case .run, .setup, .note: return []
    case .predict(let prediction):
      return [(prediction.ask, [], .question)]
        + [prediction.low, prediction.high, prediction.right].map { ($0, ["answer"], .reply) }
    case .choice(let choice):
      return [(choice.ask, [], .question)]
        + choice.options.flatMap { option in
          [(option.text, [], .question)] + (option.reply.map { [($0, [], .reply)] } ?? [])
        } + endings([choice.onPass, choice.onFail])
    case .task(let task):
      return [(task.goal, [], .question)]
        + task.checks.compactMap(\.otherwise).map { ($0, ["value"], .reply) }
        + task.hints.map { ($0, [], .hint) } + endings([task.onPass, task.onFail])
    case .reflect(let reflection):
      return [(reflection.ask, [], .question), (reflection.model, [], .reply)]
    }
  }

  private static func endings(_ endings: [Ending?]) -> [(Template, Set<String>, Role)] {
    endings.compactMap { $0?.say }.map { ($0, [], .reply) }
  }
}
