import Quantities
import Reports

/// What `chat` and `generate` report: the text, and what it took.
struct AnswerPage {
  let name: String
  let record: AnswerRecord

  static let declarations: [FactDeclaration] =
    [
      FactDeclaration("chat.tokens", .gauge, "symbols that the model said"),
      FactDeclaration("chat.prefill.tokens", .gauge, "symbols of the question that it had to read"),
      FactDeclaration("chat.prefill.rate", .gauge, .perSecond, "how many of these it read"),
      FactDeclaration("chat.decode.rate", .gauge, .perSecond, "how many symbols it said"),
      FactDeclaration(
        "chat.operations", .gauge, "operations of the whole answer, a multiply-add as two"),
      FactDeclaration(
        "chat.bytes-per-token", .gauge, .byte, "what was read from memory for each symbol said"),
      FactDeclaration("chat.answer", .text, "what the model said"),
    ]
    + [("prefill", "reading the question"), ("decode", "saying the answer")].flatMap { key, words in
      [
        FactDeclaration("chat.\(key).seconds", .gauge, .second, "how long \(words) took"),
        FactDeclaration("chat.\(key).operations", .gauge, "operations of \(words)"),
        FactDeclaration(
          "chat.\(key).bytes", .gauge, .byte, "weights, keys and values read while \(words)"),
      ]
    }

  var report: Report {
    var report = Report(
      [.paragraph(shown), .paragraph(remark)],
      facts: facts)
    report.subject = "chat"
    return report
  }

  /// The text without the line breaks around it.
  private var shown: String {
    let lines = record.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
    let text = lines.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return text.isEmpty ? "(nothing that can be seen)" : text.joined(separator: "\n")
  }

  private var remark: String {
    var parts = [
      "\(name): read \(counted(record.prefill.tokens, "symbol")) in "
        + "\(FactValue.span(.seconds(record.prefill.seconds)).text)"
    ]
    if let rate = record.decode.tokensPerSecond {
      parts.append(
        "said \(counted(record.tokens, "symbol")) at \(QuantityText.significant(rate)) a second")
    }
    if record.forgotten > 0 {
      parts.append("left out \(counted(record.forgotten, "older question")) for want of room")
    }
    switch record.end {
    case .stop: break
    case .limit: parts.append("stopped at the limit")
    case .full: parts.append("stopped as its context was full")
    }
    return parts.joined(separator: ", ") + "."
  }

  private var facts: [Fact] {
    func measured(_ key: String, _ value: FactValue) -> Fact {
      Fact("chat.\(key)", value, .measured(repetitions: 1))
    }
    func rate(_ phase: AnswerRecord.Phase) -> FactValue {
      phase.tokensPerSecond.map { .quantity(Quantity($0, .rate), .perSecond) }
        ?? .undefined("nothing was said")
    }
    let each = record.decode.tokens > 0 ? record.decode.bytes / Double(record.decode.tokens) : nil
    return [
      measured("tokens", .count(record.tokens)),
      measured("prefill.tokens", .count(record.prefill.tokens)),
      measured("prefill.rate", rate(record.prefill)), measured("decode.rate", rate(record.decode)),
      measured(
        "operations",
        .quantity(Quantity(record.prefill.operations + record.decode.operations), .none)),
      measured(
        "bytes-per-token",
        each.map { .quantity(Quantity($0, .data), .byte) } ?? .undefined("nothing was said")),
      measured("answer", .text(record.text)),
    ]
      + [("prefill", record.prefill), ("decode", record.decode)].flatMap { key, phase in
        [
          measured("\(key).seconds", .span(.seconds(phase.seconds))),
          measured("\(key).operations", .quantity(Quantity(phase.operations), .none)),
          measured("\(key).bytes", .quantity(Quantity(phase.bytes, .data), .byte)),
        ]
      }
  }
}
