import CommandLanguage
import Reports

extension OneLessonLinter {
  /// What each step needs to teach: questions before runs, replies, hints, wrong ways.
  mutating func lintSteps() {
    var isAsked = false
    for (index, step) in lesson.steps {
      switch step.kind {
      case .run:
        if !isAsked {
          report(
            "run-without-question", "Nothing is asked of the learner before this run.", step.range,
            "Put a predict or a choice before it: a surprise needs an expectation.")
        }
        isAsked = false
      case .predict, .reflect: isAsked = true
      case .choice(let choice):
        isAsked = true
        lint(choice, step)
      case .task(let task):
        isAsked = true
        lint(task, step, index)
      case .setup, .note: continue
      }
    }
    let predictions = lesson.steps.filter {
      if case .predict = $0.step.kind { true } else { false }
    }
    if predictions.count > 3, let fourth = predictions.dropFirst(3).first {
      report(
        "too-many-predictions", "A lesson has at most three predictions; this is the fourth.",
        fourth.step.range, severity: .warning)
    }
    if lesson.frontMatter.introduces.count > 4 {
      report(
        "too-many-terms",
        "A lesson has at most four new terms, not \(lesson.frontMatter.introduces.count).",
        lesson.frontMatter.introduces[4].range, severity: .warning)
    }
  }

  private mutating func lint(_ choice: Choice, _ step: Step) {
    if choice.options.count < 2 {
      report(
        "too-few-options", "A choice has two options or more, not \(choice.options.count).",
        step.range, "Options are written '- [ ] TEXT :: REPLY', right ones '- [x]'.")
    } else {
      let right = choice.options.count(where: \.isRight)
      if right == 0 { report("no-right-option", "No option is marked right: '- [x]'.", step.range) }
      if right == choice.options.count {
        report("no-wrong-option", "Every option is marked right.", step.range)
      }
    }
    for option in choice.options where option.reply == nil {
      report(
        "option-without-reply", "This option has no reply.", option.range,
        "Write it after '::'; a lucky guess needs one too.")
    }
  }

  private mutating func lint(_ task: LessonTask, _ step: Step, _ index: Int) {
    if task.hints.isEmpty {
      report(
        "task-without-hint", "This task has no hint.", step.range,
        "Three help most: orient, point, nearly show.")
    } else if task.hints.count != 3 {
      report(
        "three-hints",
        "A task has three hints, not \(task.hints.count): orient, point, nearly show.",
        step.range, severity: .warning)
    }
    if task.solution == nil || task.solution?.ranges.isEmpty == true {
      report("task-without-solution", "This task has no solution.", step.range)
    }
    if task.wrongs.isEmpty {
      report(
        "task-without-wrong", "This task names no way that fails.", step.range,
        "Add 'wrong: |' with the tempting statements, and 'expect:' with the words that come back.")
    }
    for wrong in task.wrongs where wrong.expect == nil {
      report(
        "missing-expect", "This wrong way does not say which words come back.", wrong.range,
        "Add 'expect:'.")
    }
    for check in task.checks where check.otherwise == nil {
      report(
        "check-without-else", "This check says nothing when it fails.", check.condition.range,
        "Add 'else:' with what was measured.", severity: .warning)
    }
    if let from = task.from, !marks.contains(where: { $0.name == from.text && $0.part < index }) {
      report(
        "unknown-mark", "No statement before this makes the mark '\(from.text)'.", from.range,
        NearMiss.question(for: from.text, among: marks.map(\.name)))
    }
    lintHints(task)
  }

  private mutating func lintHints(_ task: LessonTask) {
    guard let last = task.hints.last else { return }
    let statements = (task.solution?.ranges ?? []).map { normal(source.text($0)) }
    let words = normal(last.words())
    if !statements.isEmpty, statements.allSatisfy({ words.contains($0) }) {
      report(
        "hint-is-solution", "The last hint is the solution.", last.range,
        "Leave a gap in it: `set uplink …`.")
    }
    for hint in task.hints where normal(hint.words()) == normal(task.goal.words()) {
      report("hint-is-goal", "This hint repeats the goal.", hint.range)
    }
  }

  private func normal(_ text: String) -> String {
    text.lowercased().split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "`" })
      .joined(separator: " ")
  }
}
