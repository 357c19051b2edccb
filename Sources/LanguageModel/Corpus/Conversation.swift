/// A question to the shop and its answer.
package struct Conversation: Hashable, Sendable {
  /// What the visitor types.
  package let question: String
  /// What the shop answers.
  package let answer: String
  /// What the visitor wants to know.
  package let intent: ShopIntent
  /// All answers that would be right, `answer` among them.
  package let rightAnswers: [String]
}

/// How conversations and other texts are written down to be learned: ChatML, as `ChatTemplate`
/// writes it for a model that is asked.
package enum ChatFormat {
  /// Before a text that is no conversation.
  static let endOfText = "<|endoftext|>"
  static let start = "<|im_start|>"
  static let end = "<|im_end|>"
  /// The control symbols, in the order of their numbers.
  package static let controls = [endOfText, start, end]

  /// A question and its answer, each between marks, with who says it.
  static func text(of conversation: Conversation) -> String {
    "\(start)user\n\(conversation.question)\(end)\n"
      + "\(start)assistant\n\(conversation.answer)\(end)\n"
  }
}
