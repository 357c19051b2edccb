import CommandLanguage
import LanguageModel
import Quantities
import Reports
import WorldModel

/// `chat`: asks the model in use, and shows its answer as it comes.
struct ChatCommand: ModelChange {
  static let declaration = CommandDeclaration(
    "chat", "Ask the language model in use.", group: .compute,
    parameters: [
      .positional("question", .text, optional: true, "what to ask, in quotation marks"),
      .named(
        "temperature", .quantity(.number, 0...5), fallback: "0",
        "how freely symbols are drawn; 0 takes the most likely one"),
      .named("limit", .count(1...8_192), fallback: "128", "the longest answer, in symbols"),
      .named("recorded", .text, "what was answered before, as the log keeps it"),
    ],
    facts: AnswerPage.declarations,
    example: "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\nchat \"Hello\"",
    errors: ["no-model", "no-question", "model-gone", "no-symbol", "too-long", "bad-recording"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in models: inout ModelList, of world: World, _ context: CommandContext) throws -> Report
  {
    let entry = try models.entryInUse(arguments)
    guard let question = arguments.word("question") else {
      throw arguments.error(
        "no-question", "'chat' alone is a mode of the prompt; here it needs a question.",
        help: "chat \"do you ship to Ohio\"")
    }
    let record = try answer(to: question, entry, models.talk, world, context)
    models.say(.init(question: question, answer: record.text))
    var report = AnswerPage(name: entry.name, record: record).report
    report.recorded = arguments.word("recorded") == nil ? record.line : nil
    report.streamed = context.stream != nil && arguments.word("recorded") == nil ? 1 : 0
    return report
  }

  private func answer(
    to question: String, _ entry: ModelList.Entry, _ talk: [ModelList.Turn], _ world: World,
    _ context: CommandContext
  ) throws -> AnswerRecord {
    if let line = arguments.word("recorded") {
      guard let record = AnswerRecord(line: line) else {
        throw arguments.error(
          "bad-recording", "This is no answer that 'chat' has recorded.", at: "recorded",
          help: "Leave 'recorded=' out to ask again.")
      }
      return record
    }
    let model = try entry.loaded(context, arguments)
    let limit = arguments.count("limit") ?? 128
    let prompt = try ChatPrompt(model, entry, talk, question, limit: limit, arguments)
    var record = try model.go(
      on: prompt.tokens, entry, sampler: sampler(world), limit: limit, stops: prompt.stops, context,
      arguments)
    record.forgotten = prompt.forgotten
    return record
  }

  private func sampler(_ world: World) -> Sampler {
    Sampler(temperature: Float(arguments.quantity("temperature") ?? 0), seed: world.seed)
  }
}
