import CommandLanguage
import Commands
import Quantities
import Reports
import WorldModel

extension OneLessonProof {
  /// What must hold of a task, from where the learner meets it.
  mutating func prove(_ task: LessonTask, _ stop: LessonWalk.Stop, _ main: LessonWalk)
    throws(Cancelled)
  {
    let position = stop.runner.position
    let start = try tried(stop.runner, [], isChecked: true)
    claim(
      "the start state fails", !start.isPassed, "it passes before anything is done", step: position)
    try proveFromStep(task, stop)
    for wrong in task.wrongs { try prove(wrong, stop.runner) }
    try proveUndo(task, stop)
    try proveHints(task, stop)
    if options.mutates { try proveMutants(task, stop) }
  }

  /// What came of statements that were typed at a task.
  struct Tried {
    var runner: LessonRunner
    var outputs: [LessonOutput]
    var isPassed: Bool { runner.waiting == .pause }
    var isFailed: Bool {
      outputs.contains { if case .verdict(.notYet) = $0 { true } else { false } }
    }
  }

  func tried(_ runner: LessonRunner, _ lines: [String], isChecked: Bool) throws(Cancelled) -> Tried
  {
    var tried = Tried(runner: runner, outputs: [])
    tried.runner.problems = []
    for line in lines + (isChecked ? ["check"] : []) {
      guard tried.runner.waiting == .task, !tried.isFailed else { break }
      var shown: [LessonOutput] = []
      try tried.runner.take(line, context) { shown.append($0) }
      tried.outputs += shown
    }
    return tried
  }

  private func lines(_ statements: Statements?) -> [String] {
    (statements?.ranges ?? []).map { lesson.source.text($0) }
  }

  private mutating func proveFromStep(_ task: LessonTask, _ stop: LessonWalk.Stop) throws(Cancelled)
  {
    let position = stop.runner.position
    let resumed = try LessonRunner.resumed(
      stop.runner.progress, lesson: lesson, scene: scene, registry: registry,
      available: options.available, running: memo, context, show: { _ in })
    guard let resumed else { return }
    let solved = try tried(resumed, lines(task.solution), isChecked: true)
    claim(
      "the solution passes from the step", solved.isPassed, LessonWalk.words(of: solved.outputs),
      task.solution?.range, step: position)
  }

  private mutating func prove(_ wrong: LessonTask.Wrong, _ runner: LessonRunner) throws(Cancelled) {
    let tried = try tried(runner, lines(wrong.statements), isChecked: true)
    let said = LessonWalk.words(of: tried.outputs)
    let isExpected = wrong.expect.map { said.lowercased().contains($0.text.lowercased()) } ?? true
    let errors = tried.outputs.compactMap { output -> String? in
      if case .report(let report) = output, report.isError {
        report.diagnostics[0].message
      } else {
        nil
      }
    }
    let reason: String? =
      if let error = errors.first {
        "a statement of it fails: \(error)"
      } else if tried.isPassed {
        "it passes"
      } else if !tried.isFailed {
        "there is no verdict"
      } else if !isExpected {
        "it says '\(said)' without '\(wrong.expect?.text ?? "")'"
      } else {
        nil
      }
    claim(
      "the wrong way fails as expected", reason == nil, reason ?? "",
      wrong.expect?.range ?? wrong.range, step: runner.position)
    claimNoProblems(tried.runner, "what is said to the wrong way has a value")
    let isGivenBack = memo.hash(of: tried.runner.session) == memo.hash(of: start(of: runner))
    if tried.isFailed {
      claim(
        "a wrong try gives the world back", isGivenBack, "the world differs", wrong.range,
        step: runner.position)
    }
  }

  private func start(of runner: LessonRunner) -> Session { runner.attempt?.start ?? runner.session }

  private mutating func claimNoProblems(_ runner: LessonRunner, _ claim: String) {
    for problem in runner.problems { fail(claim, problem.message, problem.span) }
  }

  private mutating func proveUndo(_ task: LessonTask, _ stop: LessonWalk.Stop) throws(Cancelled) {
    var session = start(of: stop.runner)
    let before = memo.hash(of: session)
    for range in task.solution?.ranges ?? [] {
      _ = try memo.execute(lesson.source, range, in: &session, context)
    }
    let undo = Source(text: "undo")
    while session.state.script.count > start(of: stop.runner).state.script.count {
      if try session.execute(undo, undo.all, context).isError { break }
    }
    claim(
      "undo of the solution gives the start hash", session.stateHash == before,
      "the worlds differ", task.solution?.range, step: stop.runner.position)
  }

  /// Every hint has its values on entering, and after each wrong way.
  private mutating func proveHints(_ task: LessonTask, _ stop: LessonWalk.Stop) throws(Cancelled) {
    var runners = [stop.runner]
    for wrong in task.wrongs {
      runners.append(try tried(stop.runner, lines(wrong.statements), isChecked: true).runner)
    }
    var seen: Set<Diagnostic> = []
    for var runner in runners where runner.attempt != nil {
      runner.problems = []
      for hint in task.hints {
        _ = runner.fill(hint, runner.attempt?.lastTry ?? runner.session.state) { _ in }
      }
      for problem in runner.problems where seen.insert(problem).inserted {
        fail("every hint has its values", problem.message, problem.span)
      }
    }
  }

  // MARK: - Mutants

  private mutating func proveMutants(_ task: LessonTask, _ stop: LessonWalk.Stop) throws(Cancelled)
  {
    for mutant in Mutant.all(of: lines(task.solution), registry: registry) {
      let tried = try tried(stop.runner, mutant.lines, isChecked: true)
      claim(
        "a weaker solution fails: \(mutant.change)", !tried.isPassed,
        "it passes all the same: a weak check",
        task.solution?.range, step: stop.runner.position)
    }
  }
}

/// A solution with a little less in it.
struct Mutant {
  /// The statements.
  var lines: [String]
  /// What is less, in words.
  var change: String

  /// `Chosen:` where one less is less; of a hundred thousand it is not.
  private static let numbers = 2.0...999

  /// Each whole number less by one, and each statement but those that let time pass left out.
  static func all(of lines: [String], registry: Registry) -> [Mutant] {
    var mutants: [Mutant] = []
    for (index, line) in lines.enumerated() {
      let source = Source(text: line)
      do {
        let statement = try registry.parser.statement(in: source, source.all)
        guard statement.verb != "run", statement.verb != "mark" else { continue }
        for argument in statement.arguments {
          guard case .number(.plain(let number)) = argument.value.kind,
            numbers.contains(number), number == Double(Int(number))
          else { continue }
          var changed = lines
          let range = argument.value.range
          changed[index] =
            source.text(0..<range.lowerBound) + "\(Int(number) - 1)"
            + source.text(range.upperBound..<source.all.upperBound)
          mutants.append(Mutant(lines: changed, change: "'\(changed[index])'"))
        }
      } catch {
        continue
      }
      var without = lines
      without.remove(at: index)
      mutants.append(Mutant(lines: without, change: "without '\(line)'"))
    }
    return mutants
  }
}
