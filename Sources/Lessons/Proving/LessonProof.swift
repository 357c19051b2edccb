import CommandLanguage
import Commands
import Rendering
import Reports

/// Proves lessons without a screen: that what they ask can be done, that what they call wrong fails,
/// and that the same way leads to the same world.
package struct LessonProof {
  /// What is proved beyond the lesson as it stands.
  package struct Options {
    /// How many other seeds the solutions must pass under; predictions are tried under these too.
    package var extraSeeds = 2
    /// Whether solutions are weakened, to find checks that still hold.
    package var mutates = false
    /// What this machine has of what steps may need.
    package var available: Set<Step.Need> = []
    /// The widths at which transcripts are rendered.
    package var widths = [80, 40]
    /// Renders what a lesson shows to lines of at most a width.
    package var render: (LessonOutput, _ width: Int) -> [String] = LessonProof.plainLines

    /// The usual options.
    package init() {}
  }

  /// All commands.
  package let registry: Registry
  /// The scenes.
  package let files: any CourseFiles
  /// What is proved.
  package let options: Options

  /// A prover of lessons that use these commands and scenes.
  package init(
    registry: Registry = .standard, files: any CourseFiles, options: Options = Options()
  ) {
    self.registry = registry
    self.files = files
    self.options = options
  }

  /// The proof of some lessons, in their order.
  package func prove(_ sources: [Source], _ context: CommandContext) throws(Cancelled)
    -> ProofReport
  {
    var report = ProofReport()
    for source in sources {
      let (lesson, diagnostics) = LessonParser.parse(source)
      var proof = OneLessonProof(lesson: lesson, registry: registry, options: options, context)
      let errors = diagnostics.filter { $0.severity == .error }
      for error in errors { proof.fail("it reads without errors", error.message, error.span) }
      if errors.isEmpty {
        do {
          try proof.prove(scene: try lesson.scene(from: files))
        } catch let cancelled as Cancelled {
          throw cancelled
        } catch let diagnostics as Diagnostics {
          for diagnostic in diagnostics.list {
            proof.fail("its scene can be read", diagnostic.message, diagnostic.span)
          }
        } catch {
          preconditionFailure("an error of an unknown type: \(error)")
        }
      }
      report.results += proof.results
    }
    return report
  }

  /// The plain blocks of an output at a width.
  package static func plainLines(_ output: LessonOutput, _ width: Int) -> [String] {
    output.text(TextRenderer(style: TextStyle(width: width)))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

/// The proof of one lesson.
struct OneLessonProof {
  let lesson: Lesson
  let registry: Registry
  let options: LessonProof.Options
  let context: CommandContext
  let memo = MemoRunning()
  var scene = LessonScene()
  var results: [ProofReport.Result] = []
  /// The ways that branches took in any walk.
  var jumps: Set<LessonRunner.Jump> = []

  init(
    lesson: Lesson, registry: Registry, options: LessonProof.Options, _ context: CommandContext
  ) {
    self.lesson = lesson
    self.registry = registry
    self.options = options
    var context = context
    context.host = MeasuredOnce(context.host)
    self.context = context
  }

  mutating func prove(scene: LessonScene) throws(Cancelled) {
    self.scene = scene
    noteWhatIsNotRun()
    memo.events = 0
    let main = try walk(LessonWalk.Plan())
    let (events, budget) = (memo.events, lesson.frontMatter.budget)
    settle("the way through comes to its end", main)
    claim(
      "it stays within its budget of events", events <= budget,
      "\(events) events; the budget is \(budget)",
      lesson.frontMatter.budgetRange ?? lesson.frontMatter.title.range)
    try proveRepeatable(main)
    try proveResumable(main)
    for stop in main.stops {
      if let task = stop.runner.task { try prove(task, stop, main) }
    }
    try proveSkipping(main)
    try proveBranches()
    try proveSeeds(main)
    proveTranscript(main)
  }

  // MARK: - Results

  mutating func claim(
    _ claim: String, _ holds: Bool, _ reason: @autoclosure () -> String, _ range: Range<Int>? = nil,
    step: Int? = nil
  ) {
    let place = range ?? step.flatMap { lesson.step(at: $0)?.range }
    results.append(
      .init(
        lesson: lesson.id, step: step.map { lesson.name(ofStepAt: $0) }, claim: claim,
        outcome: holds ? .passed : .failed(reason()), span: place.map { lesson.source.span($0) }))
  }

  mutating func fail(_ claim: String, _ reason: String, _ span: SourceSpan?) {
    results.append(
      .init(lesson: lesson.id, step: nil, claim: claim, outcome: .failed(reason), span: span))
  }

  private mutating func noteWhatIsNotRun() {
    for (index, step) in lesson.steps {
      guard let need = step.needs.first(where: { !options.available.contains($0) }) else {
        continue
      }
      results.append(
        .init(
          lesson: lesson.id, step: lesson.name(ofStepAt: index), claim: "it can be proved",
          outcome: .notRun("it needs a \(need.rawValue)"), span: lesson.source.span(step.range)))
    }
  }

  // MARK: - Walks

  func runner(seed: UInt64? = nil, running: (any StatementRunning)? = nil) -> LessonRunner {
    LessonRunner(
      lesson: lesson, scene: scene, seed: seed, registry: registry, available: options.available,
      running: running ?? memo)
  }

  mutating func walk(_ plan: LessonWalk.Plan, seed: UInt64? = nil) throws(Cancelled) -> LessonWalk {
    var walk = LessonWalk(runner(seed: seed), plan: plan, memo: memo)
    try walk.go(context)
    jumps.formUnion(walk.runner.jumps)
    return walk
  }

  /// Claims that a walk came to its end without a mistake of the lesson.
  mutating func settle(_ claim: String, _ walk: LessonWalk) {
    self.claim(
      claim, walk.complaint == nil, walk.complaint?.reason ?? "", step: walk.complaint?.position)
    for problem in walk.runner.problems {
      fail("what it says has a value", problem.message, problem.span)
    }
  }

  private mutating func proveRepeatable(_ main: LessonWalk) throws(Cancelled) {
    var again = LessonWalk(
      runner(running: PlainRunning()), plan: LessonWalk.Plan(), memo: MemoRunning())
    try again.go(context)
    let difference =
      zip(again.stops, main.stops).first { $0.hash != $1.hash }
      .map { lesson.name(ofStepAt: $0.0.runner.position) } ?? "the end"
    claim(
      "two runs give the same state hash",
      again.stops.map(\.hash) == main.stops.map(\.hash)
        && again.runner.session.stateHash == main.runner.session.stateHash,
      "the worlds differ at \(difference)")
  }

  private mutating func proveResumable(_ main: LessonWalk) throws(Cancelled) {
    for stop in main.stops {
      let resumed = try LessonRunner.resumed(
        stop.runner.progress, lesson: lesson, scene: scene, registry: registry,
        available: options.available, running: memo, context, show: { _ in })
      let hash = resumed.map { memo.hash(of: $0.session) }
      claim(
        "resuming here gives the same state hash",
        hash == stop.hash && resumed?.waiting == stop.runner.waiting,
        hash == nil ? "it cannot be resumed" : "the worlds differ", step: stop.runner.position)
    }
  }

  private mutating func proveTranscript(_ main: LessonWalk) {
    for width in options.widths {
      var wide: String?
      for output in main.outputs where wide == nil {
        wide = options.render(output, width).first { $0.displayWidth > width }
      }
      claim("no line is wider than \(width) columns", wide == nil, "too wide: \(wide ?? "")")
    }
  }
}
