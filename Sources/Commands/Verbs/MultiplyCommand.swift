import CommandLanguage
import Compute
import Quantities
import Reports
import WorldModel

/// `multiply`: the same matrix product, each time in a way that wastes less of the processor.
struct MultiplyCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "multiply", "Multiply two matrices in eight ways, from plain loops to all of the processor.",
    group: .compute,
    parameters: [
      .named("size", .count(16...2_048), fallback: "512", "rows and columns of the matrices"),
      .named(
        "threads", .count(1...256), "how many threads the last rungs take; all cores if not given"),
      .named("recorded", .text, "what was measured before, as the log keeps it"),
    ],
    facts: MultiplyPage.declarations, example: "multiply size=128\nexpect multiply.gain > 1",
    errors: ["bad-recording", "not-safe"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let recorded = arguments.word("recorded") else {
      let steps = try climb(context)
      var report = MultiplyPage(steps: steps).report
      report.recorded = MultiplyLadder.Step.text(of: steps)
      return report
    }
    guard let steps = MultiplyLadder.Step.steps(text: recorded) else {
      throw arguments.error(
        "bad-recording", "This is no measurement that 'multiply' has recorded.", at: "recorded",
        help: "Leave 'recorded=' out to measure this machine.")
    }
    return MultiplyPage(steps: steps).report
  }

  private func climb(_ context: CommandContext) throws -> [MultiplyLadder.Step] {
    guard let size = arguments.count("size") else {
      preconditionFailure("'multiply' declares a default for 'size'")
    }
    guard context.host.allowsMeasurement else {
      throw HostError.notAllowed.diagnostic("this machine", at: arguments.place())
    }
    let host = context.host
    let ladder = try MultiplyLadder(
      size: size, pool: WorkerPool(threads: arguments.count("threads") ?? host.cores),
      clock: { host.monotonicSeconds }, checkpoint: context.checkpoint)
    let rungs = MultiplyLadder.Rung.allCases
    return try rungs.enumerated().map { index, rung in
      context.progress(
        .init(moment: .origin, share: Double(index) / Double(rungs.count), note: rung.words))
      return try ladder.climb(rung)
    }
  }
}
