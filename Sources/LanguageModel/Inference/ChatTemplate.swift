/// How a conversation is written for a model: ChatML, the one form known here.
///
/// A message is `<|im_start|>ROLE`, a line break, its text, `<|im_end|>`, and a line break. Templates in model
/// files are programs; this one is recognised by its marks, and no other is guessed at. A model without
/// it can go on with plain text.
package struct ChatTemplate: Hashable, Sendable {
  /// What a model is told first, if nobody says otherwise.
  package let system: String?

  /// The mark at which a message ends.
  package let end: Int32

  private let tokenizer: Tokenizer

  /// Why there is no template.
  package enum Fault: Error, Hashable, Sendable {
    /// The file has no `tokenizer.chat_template`.
    case none
    /// It has one, and it is not ChatML.
    case unknown(String)
    /// The tokenizer lacks a control symbol that ChatML needs.
    case missingControl(String)
  }

  private static let startMark = "<|im_start|>"
  private static let endMark = "<|im_end|>"

  /// The template of a tokenizer with ChatML's marks.
  ///
  /// - Throws: `missingControl` for a tokenizer without them.
  package init(tokenizer: Tokenizer, system: String?) throws(Fault) {
    guard let end = tokenizer.control(Self.endMark) else { throw .missingControl(Self.endMark) }
    guard tokenizer.control(Self.startMark) != nil else { throw .missingControl(Self.startMark) }
    self.end = end
    self.tokenizer = tokenizer
    self.system = system
  }

  /// The template that a file's text of a template describes.
  ///
  /// - Throws: `none` without text, `unknown` if it does not write ChatML's marks.
  package init(template: String?, tokenizer: Tokenizer) throws(Fault) {
    guard let template else { throw .none }
    let opening = "'\(Self.startMark)' + message['role'] + '"
    guard template.firstRange(of: opening) != nil, template.firstRange(of: Self.endMark) != nil
    else { throw .unknown(template) }
    try self.init(tokenizer: tokenizer, system: Self.defaultSystem(in: template))
  }

  /// What stands between the opening of a system message and the next end.
  private static func defaultSystem(in template: String) -> String? {
    for lineBreak in ["\n", "\\n"] {
      guard let opening = template.firstRange(of: "\(startMark)system\(lineBreak)"),
        let ending = template[opening.upperBound...].firstRange(of: endMark)
      else { continue }
      return String(template[opening.upperBound..<ending.lowerBound])
    }
    return nil
  }

  /// The symbols of a message of the system.
  package func systemMessage(_ text: String) throws(TokenizerFault) -> [Int32] {
    try message("system", text)
  }

  /// The symbols of a question, and of the beginning of an answer.
  package func question(_ text: String) throws(TokenizerFault) -> [Int32] {
    try message("user", text)
      + tokenizer.encode("\(Self.startMark)assistant\n", recognizingControls: true)
  }

  /// The symbols that end an answer, whose own end the model has said or not.
  package func answerEnd() throws(TokenizerFault) -> [Int32] {
    try tokenizer.encode("\(Self.endMark)\n", recognizingControls: true)
  }

  /// What was typed never becomes a mark.
  private func message(_ role: String, _ text: String) throws(TokenizerFault) -> [Int32] {
    try tokenizer.encode("\(Self.startMark)\(role)\n", recognizingControls: true)
      + tokenizer.encode(text) + answerEnd()
  }
}

extension StringProtocol {
  /// Where a text stands first in this one.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
      formIndex(after: &place)
    }
    return nil
  }
}
