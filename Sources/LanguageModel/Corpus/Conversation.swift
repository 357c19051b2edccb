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

/// How a conversation is written down for a model: each message between marks, with who says it.
///
/// - Source: OpenAI, "Chat Markup Language", 2023, as SmolLM2's chat template uses it.
package enum ChatFormat {
  /// Between texts that have nothing to do with each other.
  package static let endOfText = "<|endoftext|>"
  /// Before each message.
  package static let start = "<|im_start|>"
  /// After each message.
  package static let end = "<|im_end|>"
  /// The control symbols, in the order of their numbers.
  package static let controls = [endOfText, start, end]

  /// A question as a model reads it, up to where its answer begins.
  package static func prompt(_ question: String) -> String {
    "\(start)user\n\(question)\(end)\n\(start)assistant\n"
  }

  /// A question and its answer.
  package static func text(of conversation: Conversation) -> String {
    prompt(conversation.question) + "\(conversation.answer)\(end)\n"
  }
}
