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
      .named("steps", .count(1...1_000_000), fallback: "1500", "how many batches it learns from"),
      .named("stop", .count(1...1_000_000), "after how many of them to stop early"),
      .named("corpus", .text, "a file of text to learn from; else conversations of the shop"),
      .named(
        "conversations", .count(20...200_000), fallback: "20000",
        "how many conversations there are, without a file"),
      .named("layers", .count(1...48), fallback: "4", "blocks, one on the other"),
      .named("heads", .count(1...64), fallback: "4", "heads of attention in each"),
      .named("width", .count(8...2_048), fallback: "128", "numbers for each symbol"),
      .named("context", .count(8...2_048), fallback: "64", "symbols that it sees at once"),
      .named("batch", .count(1...512), fallback: "12", "sequences in a batch"),
      .named("symbols", .count(260...32_768), fallback: "1024", "symbols of the tokenizer"),
      .named(
        "rate", .quantity(.number, 1e-6...1), fallback: "0.006", "the highest learning rate"),
      .named(
        "dropout", .quantity(.number, 0...0.9), fallback: "0",
        "the share of results that training leaves out"),
      .named(
        "questions", .count(0...2_000), fallback: "200",
        "held-out questions that it is asked afterwards"),
      .named("recorded", .text, "what came of it before, as the log keeps it"),
    ],
    facts: TrainingPage.declarations,
    example:
      "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\nexpect train.steps == 4",
    errors: ["train-parameter", "text-too-short", "bad-recording", "file-error", "file-too-large"])

  private let arguments: Arguments

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
      models.add(entry(record))
      return TrainingPage(name: name, record: record).report
    }
    let plan = try plan(world, context)
    try checkMemory(plan)
    var run = try TrainingRun(
      plan, stop: arguments.count("stop") ?? plan.steps, context,
      tooShort: { tokens, needed in
        arguments.error(
          "text-too-short",
          "The text has \(counted(tokens, "symbol")) in a part, and a sequence takes \(needed).",
          at: "corpus", help: "Take a longer text, or a smaller context=.")
      })
    do {
      do {
        try run.train()
      } catch is Cancelled {
        throw Cancelled(try prefix(run, models, world))
      }
      let record = try run.finish(questions: arguments.count("questions") ?? 0)
      models.add(entry(record))
      return report(record)
    } catch let error as HostError {
      throw error.diagnostic("the model '\(name)'", at: arguments.place("name"))
    }
  }

  private func report(_ record: TrainingRecord) -> Report {
    var report = TrainingPage(name: name, record: record).report
    report.recorded = record.text
    return report
  }

  private func entry(_ record: TrainingRecord) -> ModelList.Entry {
    ModelList.Entry(
      name: name, digest: record.digest, parameters: record.parameters, steps: record.steps,
      origin: arguments.word("corpus").map { .text(path: $0) } ?? .conversations)
  }

  /// What a stopped training had learned: the same statement that stops there.
  private func prefix(_ run: TrainingRun, _ models: ModelList, _ world: World) throws -> Prefix? {
    guard run.steps > 0 else { return nil }
    let record = try run.record()
    var models = models
    models.add(entry(record))
    var report = report(record)
    report.statement = "\(arguments.canonical) stop=\(record.steps)"
    return Prefix(world: world, models: models, report: report)
  }

  private func plan(_ world: World, _ context: CommandContext) throws -> TrainingPlan {
    guard let layers = arguments.count("layers"), let heads = arguments.count("heads"),
      let width = arguments.count("width"), let length = arguments.count("context"),
      let batch = arguments.count("batch"), let symbols = arguments.count("symbols"),
      let steps = arguments.count("steps"), let rate = arguments.quantity("rate"),
      let dropout = arguments.quantity("dropout")
    else { preconditionFailure("'train' declares defaults for all of these") }
    guard width % heads == 0, (width / heads).isMultiple(of: 2) else {
      throw arguments.error(
        "train-parameter",
        "\(counted(heads, "head")) cannot share a width of \(width): each takes an even number.",
        at: "heads", help: "Take heads=\(width % 4 == 0 && width >= 8 ? 2 : 1), for instance.")
    }
    if let stop = arguments.count("stop"), stop > steps {
      throw arguments.error(
        "train-parameter", "After \(steps) steps it is over, so it cannot stop after \(stop).",
        at: "stop")
    }
    return TrainingPlan(
      layers: layers, heads: heads, width: width, context: length, sequences: batch,
      symbols: symbols, steps: steps, rate: rate, dropout: dropout, seed: world.seed,
      corpus: try corpus(context))
  }

  /// `Chosen:` half of what a usual machine has; the default takes 60 MB.
  private static let memoryMax = 8e9

  private func checkMemory(_ plan: TrainingPlan) throws(Diagnostic) {
    let bytes = plan.configuration(symbols: plan.symbols).memoryBytes
    guard bytes > TrainCommand.memoryMax else { return }
    func text(_ bytes: Double) -> String { FactValue.quantity(Quantity(bytes, .data), .byte).text }
    throw arguments.error(
      "train-parameter",
      "This would take \(text(bytes)) of memory, and \(text(TrainCommand.memoryMax)) are allowed.",
      help: "Make batch=, context=, width= or layers= smaller.")
  }

  /// `Chosen:` a text of 32 MB is read in a moment, and no training here sees all of it.
  private static let corpusMax = 32 << 20

  private func corpus(_ context: CommandContext) throws -> TrainingPlan.Corpus {
    guard let path = arguments.word("corpus") else {
      return .shop(conversations: arguments.count("conversations") ?? 0)
    }
    do {
      let bytes = try context.host.read(path, limit: TrainCommand.corpusMax)
      return .text(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw error.diagnostic(path, at: arguments.place("corpus"))
    }
  }
}
