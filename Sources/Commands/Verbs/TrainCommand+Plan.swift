import CommandLanguage
import LanguageModel
import Quantities
import Reports
import WorldModel

// What is to be trained, as the arguments say it.
extension TrainCommand {
  /// What is taken where nothing is said.
  static let usual = ShopCorpus.configuration(steps: ShopCorpus.stepsOfAMinute)

  /// What a model is made of; none of it can change when it goes on from one.
  static let making: [Parameter] = [
    .named("layers", .count(1...48), "blocks, one on the other; else \(usual.shape.layers)"),
    .named("heads", .count(1...64), "heads of attention in each; else \(usual.shape.heads)"),
    .named("width", .count(8...2_048), "numbers for each symbol; else \(usual.shape.width)"),
    .named(
      "context", .count(8...2_048), "symbols that it sees at once; else \(usual.shape.context)"),
    .named("batch", .count(1...512), "sequences in a batch; else \(usual.sequences)"),
    .named(
      "symbols", .count(260...32_768), "symbols of the tokenizer; else \(usual.shape.symbols)"),
    .named(
      "tokenizer", .choice(["pairs", "characters"]), "what the symbols stand for; else pairs"
    ).meaning(["pairs": "what often stands together", "characters": "the text's characters"]),
    .named("positions", .choice(["rotary", "learned"]), "how places are told; else rotary")
      .meaning([
        "rotary": "places turn queries and keys", "learned": "a learned vector for each place",
      ]),
    .named(
      "feed-forward", .choice(["swiglu", "gelu"]), "what lies between the products; else swiglu"
    ).meaning(["swiglu": "three matrices and a gate", "gelu": "two matrices, four times as wide"]),
    .named(
      "warm-up", .count(0...100_000), "steps in which the rate rises; else a tenth, 50 at most"),
    .named("decay", .quantity(.number, 0...1), "how fast weights shrink by themselves; else 0.05"),
    .named(
      "dropout", .quantity(.number, 0...0.9), "the share of results that it leaves out; else 0"),
  ]

  /// What is to be trained.
  func plan(_ models: ModelList, _ world: World, _ context: CommandContext) throws -> TrainingPlan {
    let plan =
      try arguments.word("from").map { try goingOn(from: $0, models, context) }
      ?? fresh(world, context)
    let steps = plan.configuration.schedule.steps
    if let stop = arguments.count("stop"), stop > steps {
      throw arguments.error(
        "train-parameter", "After \(steps) steps it is over, so it cannot stop after \(stop).",
        at: "stop")
    }
    return plan
  }

  // MARK: - From random numbers

  private func fresh(_ world: World, _ context: CommandContext) throws -> TrainingPlan {
    var configuration = ShopCorpus.configuration(
      symbols: arguments.count("symbols") ?? ShopCorpus.symbolCount,
      steps: arguments.count("steps") ?? ShopCorpus.stepsOfAMinute, seed: world.seed)
    configuration.shape = try shape(configuration.shape)
    if let batch = arguments.count("batch") { configuration.sequences = batch }
    if let rate = arguments.quantity("rate") { configuration.schedule.setPeak(rate) }
    if let warmUp = arguments.count("warm-up") { configuration.schedule.warmUp = warmUp }
    if let decay = arguments.quantity("decay") {
      configuration.optimizer.weightDecay = Float(decay)
    }
    configuration.dropout = arguments.quantity("dropout") ?? 0
    return TrainingPlan(
      configuration: configuration,
      tokens: arguments.word("tokenizer") == "characters" ? .characters : .pairs,
      corpus: try corpus(origin(ModelList()), context), validationShare: validationShare)
  }

  private func shape(_ usual: TransformerShape) throws(Diagnostic) -> TransformerShape {
    let heads = arguments.count("heads") ?? usual.heads
    let width = arguments.count("width") ?? usual.width
    guard width % heads == 0, (width / heads).isMultiple(of: 2) else {
      throw arguments.error(
        "train-parameter",
        "\(counted(heads, "head")) cannot share a width of \(width): each takes an even number.",
        at: "heads", help: "Take heads=\(width % 4 == 0 && width >= 8 ? 2 : 1), for instance.")
    }
    let feedForward: TransformerShape.FeedForward =
      arguments.word("feed-forward") == "gelu" ? .gelu : usual.feedForward
    return TransformerShape(
      layers: arguments.count("layers") ?? usual.layers, heads: heads, keyValueHeads: heads,
      width: width, headWidth: width / heads,
      feedForwardWidth: TrainCommand.feedForwardWidth(width, feedForward),
      context: arguments.count("context") ?? usual.context, symbols: usual.symbols,
      positions: arguments.word("positions") == "learned" ? .learned : usual.positions,
      feedForward: feedForward, normEpsilon: usual.normEpsilon, tiesHead: true)
  }

  /// Four times the width for two matrices; for three 21/8 of it in steps of eight, which takes about as many
  /// numbers.
  ///
  /// - Source: Shazeer, "GLU Variants Improve Transformer", 2020, section 3.
  private static func feedForwardWidth(_ width: Int, _ kind: TransformerShape.FeedForward) -> Int {
    kind == .gelu ? 4 * width : max(8, width * 21 / 64 * 8)
  }

  // MARK: - From a model

  private func goingOn(from name: String, _ models: ModelList, _ context: CommandContext) throws
    -> TrainingPlan
  {
    guard let entry = models.entry(name) else {
      throw arguments.error(
        "unknown-model", "There is no model '\(name)' to go on from.", at: "from",
        help: models.entries.isEmpty
          ? "Train one: train \(name)"
          : "Models here: \(models.entries.map(\.name).joined(separator: ", ")).")
    }
    if let fixed = TrainCommand.making.first(where: { arguments.isGiven($0.name) }) {
      throw arguments.error(
        "train-parameter", "'\(fixed.name)' is fixed in the model that it goes on from.",
        at: fixed.name, help: "Leave it out, or leave out from= to begin anew.")
    }
    guard let model = try entry.trained(context, arguments) else {
      throw arguments.error(
        "train-parameter", "'\(name)' was not trained here, so there is no way to go on.",
        at: "from", help: "Take a model that 'train' has made.")
    }
    return TrainingPlan(
      configuration: try checked(model.checkpoint, name).configuration,
      tokens: .known(model.tokenizer), corpus: try corpus(origin(models), context),
      validationShare: validationShare, checkpoint: try checked(model.checkpoint, name))
  }

  /// The checkpoint with a schedule that goes on.
  private func checked(_ checkpoint: TrainingCheckpoint, _ name: String) throws(Diagnostic)
    -> TrainingCheckpoint
  {
    var schedule = checkpoint.configuration.schedule
    if let steps = arguments.count("steps") { schedule.steps = steps }
    if let rate = arguments.quantity("rate") { schedule.setPeak(rate) }
    for (end, parameter) in [(schedule.steps, "steps"), (arguments.count("stop"), "stop")] {
      guard let end, end <= checkpoint.step else { continue }
      let taken = counted(checkpoint.step, "step")
      throw arguments.error(
        "train-parameter",
        arguments.isGiven(parameter)
          ? "'\(name)' has taken \(taken) already, and '\(parameter)' counts them too."
          : "'\(name)' has taken all of its \(taken).",
        at: parameter, help: "Ask for more: steps=\(2 * checkpoint.step)")
    }
    return checkpoint.following(schedule)
  }

  // MARK: - What it learns from

  private var validationShare: Double {
    arguments.quantity("validation") ?? ShopCorpus.validationShare
  }

  /// `Chosen:` a text of 32 MB is read in a moment, and no training here sees all of it.
  private static let corpusMax = 32 << 20

  /// Where the text comes from: as named, or else as it was for the model that it goes on from.
  func origin(_ models: ModelList) -> ModelList.Origin {
    if let path = arguments.word("corpus") { return .text(path: path) }
    if let count = arguments.count("conversations") { return .conversations(count) }
    return arguments.word("from").flatMap { models.entry($0) }?.origin
      ?? .conversations(ShopCorpus.conversationCount)
  }

  private func corpus(_ origin: ModelList.Origin, _ context: CommandContext) throws
    -> TrainingPlan.Corpus
  {
    let path: String
    switch origin {
    case .conversations(let count):
      return .shop(conversations: count, prose: context.host.courseTexts)
    case .text(let known): path = known
    case .file: preconditionFailure("a model from a file has no text to go on with")
    }
    do {
      let bytes = try context.host.read(path, limit: TrainCommand.corpusMax)
      return .text(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw error.diagnostic(path, at: arguments.place("corpus"))
    }
  }
}

extension LearningRateSchedule {
  /// A tenth of the highest rate is the lowest.
  ///
  /// - Source: Hoffmann et al., "Training Compute-Optimal Large Language Models", 2022, section 3.1.
  fileprivate mutating func setPeak(_ rate: Double) {
    peak = rate
    floor = rate / 10
  }
}
