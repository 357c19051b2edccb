import Compute
import Testing

@testable import LanguageModel

/// What an exam measures, and what it is measured with.
@Suite struct ShopExamTests {
  private func conversation(_ question: String, _ answer: String, _ intent: ShopIntent)
    -> Conversation
  {
    Conversation(question: question, answer: answer, intent: intent, rightAnswers: [answer])
  }

  /// Shorter questions are one run, and runs end with a message; shares by hand.
  @Test func runsOfFiveWordsAreCounted() {
    let known = FiveGrams(of: ["One, two three FOUR five.", "six seven"], checkpoint: {})
    #expect(known.overlap(of: "one two three four five") == 1)
    #expect(known.overlap(of: "one two three four five six") == 0.5)
    #expect(known.overlap(of: "Three four?") == 1)
    #expect(known.overlap(of: "four three") == 0)
    #expect(known.overlap(of: "five six") == 0)
    #expect(known.overlap(of: "zero one two three four five six") == 1.0 / 3)
  }

  /// Three of four words in common of five in all are 0.6; two of six are too few.
  @Test func theJudgeTakesTheNearestAnswer() {
    let judge = AnswerJudge([
      conversation("", "wash it cold today", .care),
      conversation("", "it costs nine", .shippingCost),
    ])
    #expect(judge.intent(of: "Wash it cold please") == .care)
    #expect(judge.intent(of: "it costs nine!") == .shippingCost)
    #expect(judge.intent(of: "please wash it") == nil)
    #expect(judge.intent(of: "") == nil)
  }

  /// Cosines with "price not time": 2/√6 = 0.82 and 3/3 = 1, by hand; the order of words does not
  /// count.
  @Test func theBaselineIsBlindToOrder() {
    let nearest = NearestQuestion(
      [
        conversation("price time", "a", .priceSize),
        conversation("time not price", "b", .shippingTime),
      ], checkpoint: {})
    #expect(nearest.nearest(to: "price not time").answer == "b")
    #expect(nearest.nearest(to: "Time, price?").answer == "a")
    #expect(nearest.nearest(to: "nothing known").answer == "a")
  }

  /// What is learned is what the chat writes.
  @Test func conversationsAreWrittenAsAChatIsAsked() throws {
    let corpus = try ShopCorpus(conversations: 120, symbols: 400)
    let template = try ChatTemplate(tokenizer: corpus.tokenizer, system: nil)
    for conversation in corpus.conversations.prefix(20) {
      let learned = try corpus.tokenizer.encode(
        ChatFormat.text(of: conversation), recognizingControls: true)
      let asked = try template.question(conversation.question)
      let answered = try corpus.tokenizer.encode(conversation.answer) + template.answerEnd()
      #expect(learned == asked + answered)
    }
  }

  /// Other texts come first, so that the validation part is conversations.
  @Test func proseIsLearnedToo() throws {
    let prose = String(repeating: "A rack has forty-two units. ", count: 40)
    let plain = try ShopCorpus(conversations: 120, symbols: 300)
    let mixed = try ShopCorpus(conversations: 120, prose: [prose], symbols: 300)
    let text = mixed.tokenizer.decode(mixed.text.training)
    #expect(text.hasPrefix(prose))
    #expect(mixed.text.training.first == mixed.tokenizer.control("<|endoftext|>"))
    #expect(plain.conversations == mixed.conversations)
  }

  /// A model that was never trained, side by side and one after the other: the same answers.
  @Test func answersDoNotDependOnWhoElseAsks() throws {
    let corpus = try ShopCorpus(conversations: 150, symbols: 280)
    let shape = TransformerShape(
      layers: 1, heads: 1, keyValueHeads: 1, width: 16, headWidth: 16, feedForwardWidth: 16,
      context: 96, symbols: corpus.tokenizer.symbols.count, positions: .learned, feedForward: .gelu,
      normEpsilon: 1e-5, tiesHead: true)
    let model = try LoadedModel(
      name: "fresh", weights: TransformerWeights(shape: shape, seed: 1) {},
      tokenizer: corpus.tokenizer, stops: [], pool: WorkerPool(threads: 1))
    let exam = try ShopExam(on: corpus, questions: 3)
    let result = try exam.take(by: model) {}
    #expect(result.answers.count == 3)
    #expect(result.right <= 1)
    let template = try ChatTemplate(tokenizer: corpus.tokenizer, system: nil)
    for (question, answer) in zip(exam.questions, result.answers) {
      var sampler = Sampler()
      let alone = try model.engine.generate(
        template.question(question.question), cache: model.engine.makeCache(), sampler: &sampler,
        limit: 96, stops: [template.end], clock: { 0 })
      #expect(model.tokenizer.decode(alone.tokens) == answer)
    }
  }

  /// The answers of the exam itself are all right; no answer is.
  @Test func theBaselineIsGradedAsAModelIs() throws {
    let corpus = try ShopCorpus(conversations: 400, symbols: 280)
    let exam = try ShopExam(on: corpus, questions: 40)
    #expect(exam.questions.count == 40)
    #expect(exam.meanOverlap < ShopExam.overlapLimit)
    let baseline = try exam.baseline()
    #expect(baseline.answers.count == 40)
    #expect((baseline.exact...40).contains(baseline.right))
  }
}
