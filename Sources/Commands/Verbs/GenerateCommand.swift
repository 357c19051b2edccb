import CommandLanguage
import LanguageModel
import Quantities
import Reports
import WorldModel

/// `generate`: lets the model in use go on from a beginning.
struct GenerateCommand: Question {
  static let declaration = CommandDeclaration(
    "generate", "Let the language model in use go on from a beginning.", group: .compute,
    parameters: [
      .positional("prompt", .text, "the beginning, in quotation marks"),
      .named(
        "temperature", .quantity(.number, 0...5), fallback: "0",
        "how freely symbols are drawn; 0 takes the most likely one"),
      .named("top-k", .count(1...1_000_000), "of how many symbols at most one is drawn"),
      .named(
        "top-p", .quantity(.number, 0.01...1), "of the likely symbols that reach this together"),
      .named(
        "min-p", .quantity(.number, 0...1), "of those that reach this share of the likeliest"),
      .named("limit", .count(1...8_192), fallback: "64", "how many symbols at most"),
    ],
    facts: [],
    example:
      "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\ngenerate \"We\" limit=8",
    errors: ["no-model", "model-gone", "no-symbol", "too-long"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let prompt = arguments.word("prompt") else {
      preconditionFailure("'generate' requires a prompt")
    }
    let entry = try session.state.models.entryInUse(arguments)
    let model = try entry.loaded(context, arguments)
    let sampler = Sampler(
      temperature: Float(arguments.quantity("temperature") ?? 0), topK: arguments.count("top-k"),
      topP: Float(arguments.quantity("top-p") ?? 1), minP: Float(arguments.quantity("min-p") ?? 0),
      seed: session.state.world.seed)
    let record = try model.go(
      on: model.symbols(arguments) { try model.tokenizer.encode(prompt) }, entry, sampler: sampler,
      limit: arguments.count("limit") ?? 64, stops: model.stops, context, arguments)
    var report = AnswerPage(name: entry.name, record: record).report
    report.streamed = context.stream != nil ? 1 : 0
    return report
  }
}
