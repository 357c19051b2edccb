import LanguageModel

/// What a model reads before it answers: what was said so far, as far as it fits, and the question.
struct ChatPrompt {
  /// All of it.
  let tokens: [Int32]
  /// The symbols at which an answer ends.
  let stops: [Int32]
  /// Questions and answers that did not fit and were left out.
  let forgotten: Int

  /// The prompt of a question.
  ///
  /// A model that was trained on conversations here has seen single questions only, so it is given no more. A
  /// model of plain text, or with a template that is not known, goes on with what is typed.
  init(
    _ model: LoadedModel, _ entry: ModelList.Entry, _ talk: [ModelList.Turn], _ question: String,
    limit: Int, _ arguments: Arguments
  ) throws {
    guard let template = try ChatPrompt.template(of: model, entry.origin) else {
      tokens = try model.symbols(arguments) { try model.tokenizer.encode(question) }
      (stops, forgotten) = (model.stops, 0)
      return
    }
    stops = model.stops + [template.end]
    let system = try template.system.map { try template.systemMessage($0) } ?? []
    let last = try model.symbols(arguments) { try template.question(question) }
    var turns: [[Int32]] = []
    for turn in talk {
      turns.append(
        try template.question(turn.question) + model.tokenizer.encode(turn.answer)
          + template.answerEnd())
    }
    let remembers = !entry.origin.isConversations
    let room = model.engine.context - limit - system.count - last.count
    var kept = remembers ? turns.count : 0
    while kept > 0, turns.suffix(kept).reduce(0, { $0 + $1.count }) > room { kept -= 1 }
    forgotten = remembers ? turns.count - kept : 0
    tokens = system + turns.suffix(kept).flatMap { $0 } + last
  }

  private static func template(of model: LoadedModel, _ origin: ModelList.Origin) throws
    -> ChatTemplate?
  {
    switch origin {
    case .conversations: return try ChatTemplate(tokenizer: model.tokenizer, system: nil)
    case .text: return nil
    case .file:
      do {
        return try ChatTemplate(template: model.chatTemplate, tokenizer: model.tokenizer)
      } catch {
        return nil
      }
    }
  }
}
