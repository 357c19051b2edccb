import CommandLanguage
import Commands
import Reports

extension OneLessonProof {
  /// Skipping a task gives the world of its solution.
  mutating func proveSkipping(_ main: LessonWalk) throws(Cancelled) {
    guard lesson.frontMatter.skip != .never, !main.solved.isEmpty else { return }
    var plan = LessonWalk.Plan()
    plan.skipsTasks = true
    let skipped = try walk(plan)
    settle("the way with skipped tasks comes to its end", skipped)
    for (position, hash) in skipped.solved {
      guard let solved = main.solved.first(where: { $0.position == position }) else { continue }
      claim(
        "skip gives the solution's hash", hash == solved.hash, "the worlds differ", step: position)
    }
  }

  /// Each way that a branch may go is gone at least once.
  mutating func proveBranches() throws(Cancelled) {
    for (index, step) in lesson.steps {
      guard case .choice(let choice) = step.kind else { continue }
      for option in choice.options.indices where !choice.options[option].isRight {
        var plan = LessonWalk.Plan()
        plan.options[index] = option
        settle("the way by option \(Choice.letter(option)) comes to its end", try walk(plan))
      }
    }
    for (index, step) in lesson.steps where isRunnable(step) {
      for target in targets(of: step) {
        guard let to = lesson.landing(of: target.text, from: index) else { continue }
        claim(
          "the branch to '\(target.text)' is taken", jumps.contains(.init(from: index, to: to)),
          "no way through the lesson takes it", target.range, step: index)
      }
    }
  }

  private func isRunnable(_ step: Step) -> Bool {
    step.needs.allSatisfy { options.available.contains($0) }
  }

  private func targets(of step: Step) -> [Name] {
    let endings: [Ending?]
    switch step.kind {
    case .choice(let choice): endings = [choice.onPass, choice.onFail]
    case .task(let task):
      endings = [task.onPass, lesson.frontMatter.skip == .never ? nil : task.onFail]
    default: endings = []
    }
    return endings.compactMap { $0?.target } + step.branches.map(\.target)
  }

  /// Under other seeds the solutions pass too, and under none is the naive guess near enough.
  mutating func proveSeeds(_ main: LessonWalk) throws(Cancelled) {
    var walks = [main]
    let base = lesson.frontMatter.fixedSeed
    for extra in 0..<max(options.extraSeeds, 0) {
      let seed = base &+ UInt64(extra) + 1
      let walk = try walk(LessonWalk.Plan(), seed: seed)
      settle("the way through comes to its end under seed \(seed)", walk)
      walks.append(walk)
    }
    for (index, step) in lesson.steps {
      guard case .predict(let prediction) = step.kind, isRunnable(step) else { continue }
      try prove(prediction, index, walks)
    }
  }

  private mutating func prove(_ prediction: Prediction, _ index: Int, _ walks: [LessonWalk])
    throws(Cancelled)
  {
    let name = lesson.name(ofStepAt: index)
    for walk in walks {
      guard let guess = walk.runner.progress.guesses.first(where: { $0.step == name }) else {
        continue
      }
      let seed = walk.runner.progress.seed
      claim(
        "the answer is a number under seed \(seed)", guess.side != nil, "it never comes out",
        prediction.answer.range, step: index)
      claim(
        "the naive guess misses under seed \(seed)", guess.side != .right,
        "the guess \(guess.value) earns full marks", prediction.naive.range, step: index)
    }
  }
}
