import CommandLanguage
import Reports

extension OneLessonLinter {
  /// Names that appear twice or nowhere, ways that lead back, steps that no way leads to.
  mutating func lintGraph() {
    var seen: Set<String> = []
    for (_, step) in lesson.steps {
      guard let id = step.id else { continue }
      if !seen.insert(id.text).inserted {
        report("duplicate-id", "Another step is called '\(id.text)' already.", id.range)
      }
    }
    for (index, step) in lesson.steps {
      for target in targets(of: step) {
        guard let to = lesson.index(of: target.text) else {
          report(
            "unknown-step", "There is no step '\(target.text)'.", target.range,
            NearMiss.question(for: target.text, among: lesson.steps.compactMap { $0.step.id?.text })
          )
          continue
        }
        if to <= index {
          report(
            "cycle", "'\(target.text)' comes before this step, so the lesson would go in a circle.",
            target.range, "Ways lead forward; 'back' is the learner's.")
        }
      }
    }
    lintReach()
  }

  private func targets(of step: Step) -> [Name] {
    endings(of: step).compactMap { $0?.target } + step.branches.map(\.target)
  }

  private func endings(of step: Step) -> [Ending?] {
    switch step.kind {
    case .choice(let choice): [choice.onPass, choice.onFail]
    case .task(let task): [task.onPass, task.onFail ?? task.onPass]
    default: []
    }
  }

  private mutating func lintReach() {
    var reached: Set<Int> = [0]
    var queue = [0]
    while let index = queue.popLast() {
      for next in successors(of: index)
      where next < lesson.parts.count && reached.insert(next).inserted { queue.append(next) }
    }
    for (index, step) in lesson.steps where !reached.contains(index) {
      report("unreachable-step", "No way leads to this step.", step.range)
    }
  }

  private func successors(of index: Int) -> [Int] {
    guard let step = lesson.step(at: index) else { return [index + 1] }
    var next: [Int] = []
    var goesOn = !step.branches.contains { $0.condition == nil }
    next += step.branches.compactMap { lesson.landing(of: $0.target.text, from: index) }
    let ends = endings(of: step)
    next += ends.compactMap { ending in
      ending?.target.flatMap { lesson.landing(of: $0.text, from: index) }
    }
    if !ends.isEmpty, ends.allSatisfy({ $0?.target != nil }) { goesOn = false }
    return goesOn ? next + [index + 1] : next
  }
}
