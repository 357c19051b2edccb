import CommandLanguage
import Commands
import Quantities
import Reports
import WorldModel

/// Plays a lesson from its beginning to its end as a learner with a plan would.
struct LessonWalk {
  /// How the learner goes.
  struct Plan {
    /// Whether tasks are skipped rather than solved.
    var skipsTasks = false
    /// Options to choose by the index of the step, rather than the right one.
    var options: [Int: Int] = [:]
  }

  /// Where the learner was asked, and the world there.
  struct Stop {
    var runner: LessonRunner
    var hash: StateHash
  }

  private(set) var runner: LessonRunner
  private let plan: Plan
  private let memo: MemoRunning
  private(set) var stops: [Stop] = []
  /// The worlds after each task, by the index of its step.
  private(set) var solved: [(position: Int, hash: StateHash)] = []
  private(set) var revelations: [(position: Int, revelation: Revelation)] = []
  private(set) var outputs: [LessonOutput] = []
  /// Why it did not come to the end, or nil.
  private(set) var complaint: (position: Int, reason: String)?

  init(_ runner: LessonRunner, plan: Plan, memo: MemoRunning) {
    self.runner = runner
    self.plan = plan
    self.memo = memo
  }

  /// `Chosen:` more than the steps of any lesson.
  private static let stepsMax = 1_000

  mutating func go(_ context: CommandContext) throws(Cancelled) {
    var shown: [LessonOutput] = []
    try runner.start(context) { shown.append($0) }
    note(shown)
    for _ in 0..<LessonWalk.stepsMax where complaint == nil {
      switch runner.waiting {
      case .over: return
      case .notStarted: complaint = (0, "the lesson does not begin")
      case .pause: try type("", context)
      case .reflection:
        remember()
        try type("It depends.", context)
      case .prediction:
        remember()
        try predict(context)
      case .choice(let isAgain):
        if !isAgain { remember() }
        try choose(isAgain, context)
      case .task:
        remember()
        try solve(context)
      }
    }
    if complaint == nil { complaint = (runner.position, "the lesson does not end") }
  }

  private mutating func remember() {
    stops.append(Stop(runner: runner, hash: memo.hash(of: runner.session)))
  }

  private mutating func type(_ line: String, _ context: CommandContext) throws(Cancelled) {
    var shown: [LessonOutput] = []
    try runner.take(line, context) { shown.append($0) }
    note(shown)
  }

  private mutating func note(_ shown: [LessonOutput]) {
    outputs += shown
    for output in shown {
      if case .revealed(let revelation) = output {
        revelations.append((runner.position, revelation))
      }
    }
  }

  private mutating func predict(_ context: CommandContext) throws(Cancelled) {
    guard let step = runner.lesson.step(at: runner.position),
      case .predict(let prediction) = step.kind
    else { return }
    let before = runner.position
    switch naiveGuess(prediction) {
    case .value(let value): try type("\(value)", context)
    case .problem(let reason):
      complaint = (before, "the naive guess has no value: \(reason)")
      return
    }
    if runner.waiting == .prediction, runner.position == before {
      complaint = (before, "the naive guess is not taken as a number")
    }
  }

  private enum Naive {
    case value(Double)
    case problem(String)
  }

  private func naiveGuess(_ prediction: Prediction) -> Naive {
    do {
      switch try runner.evaluator(runner.session.state).evaluate(prediction.naive.expression) {
      case .value(.quantity(let quantity, _)) where quantity.value.isFinite:
        return .value(quantity.count(of: prediction.unit))
      case .value(let value): return .problem("it is \(value.text)")
      case .notYet(let reason): return .problem(reason)
      }
    } catch {
      return .problem(error.message)
    }
  }

  private mutating func choose(_ isAgain: Bool, _ context: CommandContext) throws(Cancelled) {
    guard let step = runner.lesson.step(at: runner.position), case .choice(let choice) = step.kind
    else { return }
    if isAgain { return try type("", context) }
    let before = runner.position
    let right = choice.options.firstIndex(where: \.isRight) ?? 0
    try type(Choice.letter(plan.options[before] ?? right), context)
    if runner.waiting == .choice(isAgain: false), runner.position == before {
      complaint = (before, "no option can be chosen")
    }
  }

  private mutating func solve(_ context: CommandContext) throws(Cancelled) {
    guard let task = runner.task else { return }
    let before = runner.position
    if plan.skipsTasks, runner.lesson.frontMatter.skip != .never {
      runner.attempt?.hintsShown = task.hints.count
      try type("skip", context)
    } else {
      for range in task.solution?.ranges ?? [] where runner.waiting == .task {
        try type(runner.lesson.source.text(range), context)
      }
      if runner.waiting == .task { try type("check", context) }
    }
    guard runner.waiting == .pause else {
      complaint = (before, "the solution does not pass: \(LessonWalk.words(of: outputs))")
      return
    }
    solved.append((before, memo.hash(of: runner.session)))
  }

  /// The reasons of the last verdict, or the last error, in words.
  static func words(of outputs: [LessonOutput]) -> String {
    for output in outputs.reversed() {
      switch output {
      case .verdict(.notYet(let reasons, _, _)): return reasons.joined(separator: " ")
      case .report(let report) where report.isError:
        return report.diagnostics.map(\.message).joined(separator: " ")
      case .authorError(let diagnostic): return diagnostic.message
      case .notice(let words) where words.contains("would leave"): return words
      default: continue
      }
    }
    return "no verdict"
  }
}
