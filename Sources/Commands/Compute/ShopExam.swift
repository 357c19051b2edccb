import LanguageModel

/// Questions that nobody trained on, and who answers how many of them right.
struct ShopExam {
  private let training: [Conversation]
  private let questions: [Conversation]
  private let grams: FiveGrams

  /// The least that a question must not share with the training text, as the share of its 5-grams.
  static let overlapMax = 0.6
  /// `Chosen:` no answer of the corpus is longer.
  private static let answerMax = 60

  init(_ plan: TrainingPlan, questions count: Int) {
    let conversations = ShopConversations(seed: plan.seed)
    training = conversations.training(TrainingPlan.conversations)
    grams = FiveGrams(of: training.map(\.question))
    questions = conversations.heldOut(
      count, apartFrom: grams, overlapBelow: ShopExam.overlapMax)
  }

  /// Asks a model, and whoever gives the answer of the nearest known question.
  func exam(_ model: LoadedModel, _ context: CommandContext) throws -> TrainingRecord.Exam? {
    guard !questions.isEmpty else { return nil }
    let judge = AnswerJudge(training)
    let nearest = NearestQuestion(training)
    var exam = TrainingRecord.Exam(asked: questions.count, right: 0, nearestRight: 0, overlap: 0)
    let cache = model.engine.makeCache()
    for (index, question) in questions.enumerated() {
      cache.truncate(to: 0)
      var greedy = Sampler()
      let answer = try model.engine.generate(
        model.tokenizer.encode(ChatFormat.prompt(question.question), recognizingControls: true),
        cache: cache, sampler: &greedy, limit: ShopExam.answerMax, stops: model.stops,
        clock: { 0 }, checkpoint: context.checkpoint)
      let text = model.tokenizer.decode(answer.tokens)
      exam.right += judge.intent(of: text) == question.intent ? 1 : 0
      let near = nearest.nearest(to: question.question)
      exam.nearestRight += near.intent == question.intent ? 1 : 0
      exam.overlap += grams.overlap(of: question.question) / Double(questions.count)
      context.progress(
        .init(share: Double(index + 1) / Double(questions.count), note: "held-out questions"))
    }
    return exam
  }
}
