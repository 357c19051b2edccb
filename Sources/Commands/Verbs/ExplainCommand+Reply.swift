import CommandLanguage
import Compute
import Quantities
import Reports

// Why an answer took as long as it did.
extension ExplainCommand {
  /// The report on the last answer of `chat` or `generate`, beside what this machine can do.
  func reply(_ state: SessionState, _ context: CommandContext) throws -> Report {
    guard let answer = state.findings["chat"] else {
      throw arguments.error(
        "no-reply", "No language model has answered yet.",
        help: "Ask one: chat \"do you ship to Ohio\"")
    }
    let entry = try state.models.entryInUse(arguments)
    let matrices = try entry.loaded(context, arguments).engine.matrices
    let isRounded = matrices.bytesByType.contains { ![.f32, .f16, .bf16].contains($0.type) }
    let probe = MachineProbe(
      scope: .init(folder: nil, usesLoopback: false), checkpoint: context.checkpoint)
    return ReplyPage(
      prefill: phase("prefill", tokens: "prefill.tokens", answer.facts),
      decode: phase("decode", tokens: "tokens", answer.facts),
      roof: try probe.roofline(
        context.host.shelf.pool, isRounded ? .int8 : .float32, workingSet: matrices.bytesPerToken)
    ).report
  }

  private func phase(_ name: String, tokens: String, _ facts: [Fact]) -> ReplyPage.Phase {
    func number(_ key: String) -> Double {
      guard
        case .quantity(let quantity, _)? = facts.first(where: { $0.key == "chat.\(key)" })?.value
      else { return 0 }
      return quantity.value
    }
    return ReplyPage.Phase(
      tokens: Int(number(tokens)), seconds: number("\(name).seconds"),
      operations: number("\(name).operations"), bytes: number("\(name).bytes"))
  }
}
