import CommandLanguage
import Compute
import LanguageModel
import Quantities
import Reports

/// A training under way: takes the steps, keeps the loss curve, and says how far it is.
struct TrainingRun {
  private var stop: Int
  private var context: CommandContext
  private let source: TrainingPlan.Source
  private var trainer: Trainer
  /// Steps of an earlier run.
  private let firstStep: Int
  /// Operations a second that all threads could do at most.
  private let peak: Double
  private var curve: [TrainingRecord.Point] = []
  private var seconds = 0.0
  private var sum = 0.0
  private var summed = 0
  private var heldOut: Double?

  /// `Chosen:` enough points for a curve on a screen, few enough for a line of the log.
  private static let points = 40
  /// `Chosen:` a look at held-out text for each fourth of them.
  private static let looksPerPoint = 4
  /// `Chosen:` sequences of held-out text in a look, which take as long as three steps.
  private static let windows = 96

  /// A training that has not begun.
  /// - Throws: `TrainingError`, `TokenizerFault`, and what `checkpoint` throws.
  init(_ plan: TrainingPlan, stop: Int?, _ context: CommandContext) throws {
    self.stop = stop ?? plan.configuration.schedule.steps
    self.context = context
    context.progress(.init(share: 0, note: "reading the text"))
    let (source, pool) = (try plan.source(context.checkpoint), context.host.shelf.pool)
    try context.checkpoint()
    self.source = source
    trainer =
      try plan.checkpoint.map { Trainer($0, text: source.text, pool: pool) }
      ?? Trainer(
        plan.configuration(of: source), text: source.text, pool: pool,
        checkpoint: context.checkpoint)
    firstStep = trainer.step
    peak = try MachineProbe(
      scope: .init(folder: nil, usesLoopback: false), checkpoint: context.checkpoint
    ).peakRate(pool)
  }

  /// Steps that are finished, those of an earlier run included.
  var steps: Int { trainer.step }

  /// The same run, which ends where it stands.
  func goingOn(in context: CommandContext) -> TrainingRun {
    var copy = self
    copy.context = context
    copy.stop = trainer.step
    return copy
  }

  /// Steps that were taken here.
  var stepsTaken: Int { trainer.step - firstStep }

  /// Takes all steps.
  /// - Throws: what `checkpoint` throws; what was learned until then stays.
  mutating func train() throws {
    let clock = context.host
    while trainer.step < stop {
      let start = clock.monotonicSeconds
      let result = try trainer.takeStep(checkpoint: context.checkpoint)
      seconds += clock.monotonicSeconds - start
      sum += result.loss
      summed += 1
      if isPoint { try addPoint() }
      context.progress(.init(share: Double(stepsTaken) / Double(stop - firstStep), note: note))
    }
    if summed > 0 { try addPoint() }
  }

  private var isPoint: Bool {
    trainer.step == stop
      || trainer.step.isMultiple(
        of: max(1, trainer.configuration.schedule.steps / TrainingRun.points))
  }

  private mutating func addPoint() throws {
    if curve.count.isMultiple(of: TrainingRun.looksPerPoint) || trainer.step == stop {
      heldOut = try trainer.validationLoss(
        windows: TrainingRun.windows, checkpoint: context.checkpoint)
    } else {
      heldOut = nil
    }
    curve.append(
      .init(step: trainer.step, loss: rounded(sum / Double(summed)), heldOut: heldOut.map(rounded)))
    (sum, summed) = (0, 0)
  }

  /// Six decimals: more would fill the log.
  private func rounded(_ loss: Double) -> Double { (loss * 1e6).rounded() / 1e6 }

  private var note: String {
    var words = ["step \(trainer.step)/\(stop)"]
    if let last = curve.last { words.append("loss \(QuantityText.significant(last.loss))") }
    if let seen = curve.last(where: { $0.heldOut != nil })?.heldOut {
      words.append("held-out \(QuantityText.significant(seen))")
    }
    if seconds > 0 {
      let tokens = Double(stepsTaken * trainer.configuration.tokensPerStep) / seconds
      words.append("\(QuantityText.grouped(Int(tokens))) tokens/s")
    }
    return words.joined(separator: "  ")
  }

  // MARK: - What came of it

  /// Keeps the model, and says what came of it.
  func record() throws -> TrainingRecord {
    let configuration = trainer.configuration
    let digest = try context.host.shelf.keep(
      TrainedModel(tokenizer: source.tokenizer, checkpoint: trainer.checkpoint))
    return TrainingRecord(
      digest: digest, symbols: source.tokenizer.symbols.count,
      parameters: configuration.shape.parameters,
      context: configuration.shape.context, steps: trainer.step,
      stepsPlanned: configuration.schedule.steps,
      tokensPerStep: configuration.tokensPerStep,
      operationsPerStep: configuration.operationsPerStep, seconds: seconds,
      stepsTimed: stepsTaken, peak: peak,
      threads: context.host.shelf.pool.threads, instructionSet: InstructionSet.best.rawValue,
      curve: curve, exam: nil)
  }

  /// The same, with the answers to held-out questions if it learned from the shop's conversations.
  func finish(questions: Int) throws -> TrainingRecord {
    var record = try record()
    guard questions > 0, let shop = source.shop,
      let model = try context.host.shelf.model(
        record.digest, name: "trained", checkpoint: context.checkpoint)
    else { return record }
    context.progress(.init(share: 1, note: "answers questions that it never saw"))
    let exam = try ShopExam(on: shop, questions: questions, checkpoint: context.checkpoint)
    let nearest = try exam.baseline(checkpoint: context.checkpoint)
    let result = try exam.take(by: model, checkpoint: context.checkpoint)
    record.exam = .init(
      asked: exam.questions.count, right: result.right, nearestRight: nearest.right,
      overlap: exam.meanOverlap)
    return record
  }
}
