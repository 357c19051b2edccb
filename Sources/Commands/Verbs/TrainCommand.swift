import CommandLanguage
import LanguageModel
import Quantities
import Reports
import WorldModel

/// `train`: a small language model, from nothing, on this machine.
struct TrainCommand: ModelChange {
  static let declaration = CommandDeclaration(
    "train", "Train a language model on this machine, from random numbers.", group: .compute,
    parameters: [
      .positional("name", .name("name"), optional: true, "what it is called; else shop-talk"),
      .named(
        "steps", .count(1...1_000_000),
        "batches that it learns from in all; else \(usual.schedule.steps)"),
      .named("stop", .count(1...1_000_000), "after how many of them to stop early"),
      .named("from", .name("model"), "a model to go on from, its moments included"),
      .named("corpus", .text, "a file of text to learn from; else conversations of the shop"),
      .named(
        "conversations", .count(20...200_000),
        "how many there are; else \(ShopCorpus.conversationCount)"),
      .named(
        "validation", .quantity(.number, 0.01...0.5),
        "the share of the text that is held out; else \(FactValue.share(ShopCorpus.validationShare).text)"
      ),
    ] + making + [
      .named(
        "rate", .quantity(.number, 1e-6...1),
        "the highest learning rate; else \(usual.schedule.peak)"),
      .named(
        "questions", .count(0...2_000), fallback: "200",
        "held-out questions that it is asked afterwards"),
      .named(
        "watts", .quantity(.power, 1...1e6), fallback: "65W", "what the machine draws at work"),
      .named("recorded", .text, "what came of it before, as the log keeps it"),
    ],
    facts: TrainingPage.declarations,
    example:
      "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\nexpect train.steps == 4",
    errors: [
      "train-parameter", "text-too-short", "unknown-model", "model-gone", "no-symbol",
      "bad-recording", "file-error", "file-too-large",
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  private var name: String { arguments.word("name") ?? "shop-talk" }

  func run(in models: inout ModelList, of world: World, _ context: CommandContext) throws -> Report
  {
    if let line = arguments.word("recorded") {
      guard let record = TrainingRecord(text: line) else {
        throw arguments.error(
          "bad-recording", "This is nothing that 'train' has recorded.", at: "recorded",
          help: "Leave 'recorded=' out to train again.")
      }
      models.add(entry(record, models))
      return page(record).report
    }
    let plan = try plan(models, world, context)
    try checkMemory(plan.configuration)
    var run = try stopped(plan, world, context) ?? begin(plan, context)
    var asks = true
    do {
      try run.train()
      // Who stops the questions wants none when it is kept.
      asks = false
      let record = try run.finish(questions: arguments.count("questions") ?? 0)
      models.add(entry(record, models))
      return report(record)
    } catch is Cancelled {
      throw Cancelled(prefix(run, asks: asks, world, context))
    } catch let error as HostError {
      throw error.diagnostic("the model '\(name)'", at: arguments.place("name"))
    }
  }

  private func begin(_ plan: TrainingPlan, _ context: CommandContext) throws -> TrainingRun {
    do {
      return try TrainingRun(plan, stop: arguments.count("stop"), context)
    } catch TrainingError.textTooShort(let tokens, let needed) {
      throw arguments.error(
        "text-too-short",
        "The text has \(counted(tokens, "symbol")) in a part, and a sequence takes \(needed).",
        at: "corpus", help: "Take a longer text, or a smaller context=.")
    } catch is TokenizerFault {
      throw arguments.error(
        "no-symbol", "The text has a character for which the model has no symbol.", at: "corpus",
        help: "Begin anew with this text: leave out from=.")
    }
  }

  private func page(_ record: TrainingRecord) -> TrainingPage {
    TrainingPage(name: name, record: record, watts: arguments.quantity("watts") ?? 0)
  }

  private func report(_ record: TrainingRecord) -> Report {
    var report = page(record).report
    report.recorded = record.text
    return report
  }

  private func entry(_ record: TrainingRecord, _ models: ModelList) -> ModelList.Entry {
    ModelList.Entry(
      name: name, digest: record.digest, parameters: record.parameters, steps: record.steps,
      origin: origin(models))
  }

  // MARK: - Stopped, and gone on with

  /// A training that somebody stopped.
  struct Stopped {
    /// The statement, but for where it stops, and the seed of its world.
    var statement: String
    var seed: UInt64
    var run: TrainingRun
  }

  private var statementWithoutStop: String {
    arguments.canonical.replacing(/\sstop=[0-9]+/, with: "")
  }

  /// What a stopped training had learned: the same statement that stops there, for which the run waits on the
  /// shelf.
  private func prefix(_ run: TrainingRun, asks: Bool, _ world: World, _ context: CommandContext)
    -> Prefix?
  {
    guard run.stepsTaken > 0 else { return nil }
    let statement =
      asks
      ? statementWithoutStop
      : statementWithoutStop.replacing(/questions=[0-9]+/, with: "questions=0")
    context.host.shelf.stopped = Stopped(statement: statement, seed: world.seed, run: run)
    return .statement("\(statement) stop=\(run.steps)")
  }

  /// The run that waits on the shelf for this statement; whatever else waits there is let go.
  private func stopped(_ plan: TrainingPlan, _ world: World, _ context: CommandContext)
    -> TrainingRun?
  {
    let shelf = context.host.shelf
    let stopped = shelf.stopped
    shelf.stopped = nil
    guard let stopped, stopped.statement == statementWithoutStop, stopped.seed == world.seed,
      stopped.run.steps == arguments.count("stop")
    else { return nil }
    return stopped.run.goingOn(in: context)
  }

  /// `Chosen:` half of what a usual machine has; the default takes 15 MB.
  private static let memoryMax = 8e9

  private func checkMemory(_ configuration: TrainingConfiguration) throws(Diagnostic) {
    let bytes = configuration.memoryBytes
    guard bytes > TrainCommand.memoryMax else { return }
    func text(_ bytes: Double) -> String { FactValue.quantity(Quantity(bytes, .data), .byte).text }
    throw arguments.error(
      "train-parameter",
      "This would take \(text(bytes)) of memory, and \(text(TrainCommand.memoryMax)) are allowed.",
      help: "Make batch=, context=, width= or layers= smaller.")
  }
}
