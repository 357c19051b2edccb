import CommandLanguage
import LanguageModel
import Reports
import WorldModel

/// `batch`: lets the model in use say one text, then two at once, then four, and compares.
struct BatchCommand: Question {
  static let declaration = CommandDeclaration(
    "batch", "Let the language model in use say several texts at once, and see what that costs.",
    group: .compute,
    parameters: [
      .positional("prompt", .text, optional: true, "where all of them begin, in quotation marks"),
      .named(
        "most", .choice(BatchPage.sizes.dropFirst().map(String.init)), fallback: "16",
        "how many texts at once in the last round"),
      .named("symbols", .count(2...512), fallback: "32", "how many symbols each text gets"),
      .named(
        "temperature", .quantity(.number, 0...5), fallback: "1", "how freely symbols are drawn"),
    ],
    facts: BatchPage.declarations,
    example:
      "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\nbatch most=4 symbols=8",
    errors: ["no-model", "model-gone", "no-symbol", "too-long"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let entry = session.state.models.entry(nil) else {
      throw arguments.error(
        "no-model", "There is no language model yet.", help: "Train one: train shop-talk")
    }
    let model = try entry.loaded(context, arguments)
    // `Chosen:` a word that any text in English can begin with.
    let beginning = arguments.word("prompt") ?? "We"
    let prompt = try model.symbols(arguments) { try model.tokenizer.encode(beginning) }
    guard !prompt.isEmpty else {
      throw arguments.error("too-long", "There is nothing to go on from.", at: "prompt")
    }
    let most = arguments.word("most").flatMap(Int.init) ?? 1
    let symbols = arguments.count("symbols") ?? 0
    var rounds: [BatchMeasurement] = []
    var texts: [[Int32]] = []
    for size in BatchPage.sizes where size <= most {
      context.progress(.init(share: Double(size - 1) / Double(most), note: "\(size) at once"))
      do {
        let round = try model.engine.generate(
          prompt, sequences: size, tokens: symbols, clock: { context.host.monotonicSeconds },
          checkpoint: context.checkpoint
        ) { number in
          Sampler(
            temperature: Float(arguments.quantity("temperature") ?? 0),
            seed: session.state.world.seed &+ UInt64(number))
        }
        rounds.append(round.measurement)
        texts = round.texts
      } catch is TransformerEngine.Fault {
        throw arguments.error(
          "too-long",
          "\(counted(prompt.count + symbols, "symbol")) are asked for, and the model '\(entry.name)' has room for "
            + "\(model.engine.context).",
          at: "symbols", help: "Take a smaller symbols=.")
      }
    }
    return BatchPage(
      name: entry.name, rounds: rounds,
      samples: texts.prefix(2).map { beginning + model.tokenizer.decode($0) }
    ).report
  }
}
