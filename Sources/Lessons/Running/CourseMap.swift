import Quantities
import Reports

/// The course as a path: what is done, where the learner is, and what is still open.
package struct CourseMap: Sendable {
  /// A lesson on the path.
  package struct Stage: Sendable {
    let lesson: Lesson
    let progress: LessonProgress?

    /// A lesson with how far it has come; nil if it was not begun.
    package init(_ lesson: Lesson, _ progress: LessonProgress?) {
      self.lesson = lesson
      self.progress = progress
    }

    var isDone: Bool { progress?.isOver ?? false }
    var isBegun: Bool { progress.map { !$0.isOver && !$0.stops.isEmpty } ?? false }

    /// `step 3 of 8`: the step where the learner is asked.
    var stepText: String {
      let acts = lesson.steps.filter(\.step.isAct)
      let last = progress?.stops.last?.step
      let index = acts.firstIndex { lesson.name(ofStepAt: $0.index) == last } ?? 0
      return "step \(index + 1) of \(acts.count)"
    }
  }

  private let stages: [Stage]
  private let here: Int?

  /// A path of lessons in the order of the course.
  ///
  /// - Parameter last: the lesson that was played last, if it is not over.
  package init(_ stages: [Stage], last: String?) {
    self.stages = stages
    let ids = stages.map(\.lesson.id)
    here =
      last.flatMap(ids.firstIndex) ?? stages.firstIndex(where: \.isBegun)
      ?? stages.firstIndex { !$0.isDone }
  }

  /// The map: a row a lesson, and what to do next.
  package var report: Report {
    let doneCount = stages.count(where: \.isDone)
    let rows = stages.enumerated().map { index, stage in
      [
        Table.Cell.words("\(mark(index)) \(index + 1) \(stage.lesson.id)"),
        .words(stage.lesson.frontMatter.title.text),
        .words("\(stage.lesson.frontMatter.minutes) min"), .words(state(index)),
      ]
    }
    return Report([
      .heading("the course", remark: "\(doneCount) of \(stages.count) done"),
      .table(
        Table(
          key: "lessons", columns: [.init(""), .init(""), .init(""), .init("")], rows: rows)),
      .paragraph(nextSentence),
    ])
  }

  /// A mark that the words of the row say too.
  private func mark(_ index: Int) -> String {
    if index == here { return "→" }
    return stages[index].isDone ? "●" : "○"
  }

  private func state(_ index: Int) -> String {
    let stage = stages[index]
    var words: [String] = []
    if index == here { words.append("you are here") }
    if stage.isBegun {
      words.append(stage.stepText)
    } else {
      words.append(stage.isDone ? "done" : "open")
    }
    return (words + needs(stage)).joined(separator: ", ")
  }

  /// What a lesson needs that is not there yet: lessons before it, or something of this machine.
  private func needs(_ stage: Stage) -> [String] {
    guard !stage.isDone else { return [] }
    let open = stage.lesson.frontMatter.needs.map(\.text).filter { id in
      !stages.contains { $0.lesson.id == id && $0.isDone }
    }
    let machine = Step.Need.allCases.filter { need in
      stage.lesson.steps.contains { $0.step.needs.contains(need) }
    }
    let words = open + machine.map { "a \($0.rawValue)" }
    return words.isEmpty ? [] : ["needs \(words.joined(separator: " and "))"]
  }

  private var nextSentence: String {
    guard let here else { return "All is done. 'learn LESSON' plays one again." }
    let left = stages.filter { !$0.isDone }.reduce(0) { $0 + $1.lesson.frontMatter.minutes }
    let verb = stages[here].isBegun ? "goes on with" : "begins"
    return "'learn' \(verb) \(stages[here].lesson.id), 'learn LESSON' another; "
      + "about \(CourseMap.text(minutes: left)) are left."
  }

  private static func text(minutes: Int) -> String {
    guard minutes >= 120 else { return minutes == 1 ? "1 minute" : "\(minutes) minutes" }
    return "\(minutes / 60) h \(minutes % 60) min"
  }
}
