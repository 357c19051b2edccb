/// Questions that the training text does not have, and how many of them a model gets right.
///
/// Each question has a pair of words that never stand beside each other in the training text in
/// that place, and less than 60 % of its runs of five words stand there (`FiveGrams`). An answer is
/// right if `AnswerJudge` finds the intent in it that the question was written for.
package struct ShopExam: Sendable {
  /// The questions, with the answers that would be right.
  package let questions: [Conversation]
  /// The mean share of a question's runs of five words that the training text has.
  package let meanOverlap: Double
  private let judge: AnswerJudge
  private let nearest: NearestQuestion

  /// The largest share of a question's runs of five words that the training text may have.
  package static let overlapLimit = 0.6

  /// How an exam went.
  package struct Result: Hashable, Sendable {
    /// The answers, in the order of the questions.
    package var answers: [String] = []
    /// How many have the right intent.
    package var right = 0
    /// How many are word for word an answer that the shop gives, facts included.
    package var exact = 0

    /// The share with the right intent.
    package var rightShare: Double { Double(right) / Double(max(answers.count, 1)) }
    /// The share that is right word for word.
    package var exactShare: Double { Double(exact) / Double(max(answers.count, 1)) }
  }

  /// So many questions, none of which the corpus has.
  /// - Throws: what `checkpoint` throws, which is called after less than a millisecond of work each time.
  package init(
    on corpus: ShopCorpus, questions count: Int = 500, checkpoint: () throws -> Void = {}
  ) rethrows {
    let known = try FiveGrams(
      of: corpus.conversations.lazy.flatMap { [$0.question, $0.answer] }, checkpoint: checkpoint)
    questions = try corpus.visitors.heldOut(
      count, apartFrom: known, overlapBelow: ShopExam.overlapLimit, checkpoint: checkpoint)
    meanOverlap =
      questions.reduce(0) { $0 + known.overlap(of: $1.question) } / Double(max(questions.count, 1))
    judge = AnswerJudge(corpus.conversations)
    nearest = try NearestQuestion(corpus.conversations, checkpoint: checkpoint)
  }

  /// What a model must beat: for each question the answer to the most similar one in the training
  /// text.
  /// - Throws: what `checkpoint` throws, which is called for each question.
  package func baseline(checkpoint: () throws -> Void = {}) rethrows -> Result {
    var result = Result()
    for question in questions {
      try checkpoint()
      grade(nearest.nearest(to: question.question).answer, to: question, &result)
    }
    return result
  }

  /// A model's answers, always with its most likely symbol, several questions at a time.
  ///
  /// - Throws: what `checkpoint` throws, and `ChatTemplate.Fault` for a model without marks of a chat.
  package func take(by model: LoadedModel, checkpoint: () throws -> Void) throws -> Result {
    var result = Result()
    let template = try ChatTemplate(tokenizer: model.tokenizer, system: nil)
    let size = TransformerEngine.logitRowsAtOnce
    for first in stride(from: 0, to: questions.count, by: size) {
      let group = questions[first..<min(first + size, questions.count)]
      let answers = try self.answers(of: model, template, to: Array(group), checkpoint)
      for (question, answer) in zip(group, answers) { grade(answer, to: question, &result) }
    }
    return result
  }

  /// Answers a group of questions side by side, up to the mark at their end.
  private func answers(
    of model: LoadedModel, _ template: ChatTemplate, to group: [Conversation],
    _ checkpoint: () throws -> Void
  ) throws -> [String] {
    let caches = group.map { _ in model.engine.makeCache() }
    var sampler = Sampler()
    var next = try zip(group, caches).map { question, cache in
      let prompt = try template.question(question.question)
      // Who has no room for the question says nothing.
      guard prompt.count <= model.engine.context else { return template.end }
      return sampler.next(
        try model.engine.prefill(prompt, cache: cache, checkpoint: checkpoint))
    }
    var tokens = group.map { _ in [Int32]() }
    var open = Array(group.indices)
    while true {
      open = open.filter { next[$0] != template.end }
      for index in open { tokens[index].append(next[index]) }
      open = open.filter { caches[$0].count < model.engine.context }
      guard !open.isEmpty else { return tokens.map { model.tokenizer.decode($0) } }
      let logits = try model.engine.decode(
        open.map { next[$0] }, caches: open.map { caches[$0] }, checkpoint: checkpoint)
      for (index, row) in zip(open, logits) { next[index] = sampler.next(row) }
    }
  }

  private func grade(_ answer: String, to question: Conversation, _ result: inout Result) {
    result.answers.append(answer)
    if judge.intent(of: answer) == question.intent { result.right += 1 }
    if question.rightAnswers.contains(answer) { result.exact += 1 }
  }
}
