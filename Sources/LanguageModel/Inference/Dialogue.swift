/// A talk with a model: questions and answers share one cache, so that an answer takes its
/// question only, and not all that was said before.
///
/// A class, because its cache grows in place.
package final class Dialogue {
  private let model: LoadedModel
  private let template: ChatTemplate
  private let cache: KeyValueCache
  /// What stands before the next question: the system's message, or the end of the last answer.
  private var waiting: [Int32]

  /// A dialogue that begins with what the system says, if anything.
  package init(
    with model: LoadedModel, template: ChatTemplate, system: String?
  ) throws(TokenizerFault) {
    self.model = model
    self.template = template
    cache = model.engine.makeCache()
    waiting =
      try system.map { text throws(TokenizerFault) in
        try template.systemMessage(text)
      } ?? []
  }

  /// How many tokens were said and taken so far.
  package var tokens: Int { cache.count }

  /// Asks, and has the answer come as text in whole characters.
  ///
  /// If something throws, the question counts as not asked.
  /// - Throws: `TransformerEngine.Fault.contextFull` when question and all before do not fit.
  package func ask(
    _ question: String, sampler: inout Sampler, limit: Int, clock: () -> Double,
    checkpoint: () throws -> Void = {}, onText: (String) throws -> Void
  ) throws -> Generation {
    let before = cache.count
    do {
      var text = StreamingText()
      let generation = try model.engine.generate(
        waiting + template.question(question), cache: cache, sampler: &sampler, limit: limit,
        stops: model.stops + [template.end], clock: clock, checkpoint: checkpoint
      ) { token in
        let whole = text.append(model.tokenizer.bytes(of: token))
        if !whole.isEmpty { try onText(whole) }
      }
      let rest = text.finish()
      if !rest.isEmpty { try onText(rest) }
      waiting = try generation.untaken + template.answerEnd()
      return generation
    } catch {
      cache.truncate(to: before)
      throw error
    }
  }
}
