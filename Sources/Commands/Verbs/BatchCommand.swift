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
      .named("symbols", .count(2...512), fallback: "16", "how many symbols each text gets"),
      .named(
        "temperature", .quantity(.number, 0...5), fallback: "1", "how freely symbols are drawn"),
    ],
    facts: BatchPage.declarations,
    example:
      "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\nbatch most=4 symbols=8",
    errors: ["no-model", "model-gone", "no-symbol", "too-long"])

  /// `Chosen:` of three, the fastest says what the machine can do; in the others somebody else used it.
  static let tries = 3

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let entry = try session.state.models.entryInUse(arguments)
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
    let sizes = BatchPage.sizes.filter { $0 <= most }
    for (number, size) in sizes.enumerated() {
      context.progress(.init(share: Double(number) / Double(sizes.count), note: "\(size) at once"))
      do {
        let tries = try (0..<BatchCommand.tries).map { _ in
          try model.engine.generate(
            prompt, sequences: size, tokens: symbols, clock: { context.host.monotonicSeconds },
            checkpoint: context.checkpoint
          ) { text in
            Sampler(
              temperature: Float(arguments.quantity("temperature") ?? 0),
              seed: session.state.world.seed &+ UInt64(text))
          }
        }
        let best = tries.min { $0.measurement.decode.seconds < $1.measurement.decode.seconds }
        rounds += best.map { [$0.measurement] } ?? []
        texts = best?.texts ?? []
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
