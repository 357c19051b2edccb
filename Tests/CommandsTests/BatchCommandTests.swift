import Compute
import Reports
import Testing

@testable import Commands

/// Several texts at once, and the two phases of an answer beside the machine's roof.
@Suite struct BatchCommandTests {
  private static let tiny = "train tiny steps=4 width=16 layers=1 conversations=100 questions=0\n"

  // A look at the clock before and after each round, a millisecond apart, whatever the machine does.
  @Test func fourTextsInTheTimeOfOneAreFourTimesAsMany() throws {
    let session = try played(Self.tiny + "batch most=4 symbols=8", host: TickingHost())
    #expect(try abs(number("batch.1.rate", in: session) - 7_000) < 1e-6)
    #expect(try abs(number("batch.gain", in: session) - 4) < 1e-9)
    #expect(try abs(number("batch.slowdown", in: session) - 1) < 1e-9)
    #expect(try abs(number("batch.four.time", in: session) - 1) < 1e-9)
    // Four times the operations over the weights once and four times the keys and values.
    let (one, four) = try (
      number("batch.intensity", in: session), number("batch.intensity.most", in: session)
    )
    #expect(four > 3.5 * one && four < 4 * one, "\(one) to \(four)")
  }

  @Test(
    arguments: zip(
      ["batch", tiny + "batch symbols=512", tiny + "batch \"\"", tiny + "batch most=3"],
      ["no-model", "too-long", "too-long", "unknown-thing"]))
  func whatCannotBeIsSaid(script: String, code: String) throws {
    #expect(try problem(script).code == code)
  }

  // MARK: - The two phases

  @Test func anAnswerIsExplainedByItsOwnNumbers() throws {
    let script = Self.tiny + "chat \"do you ship to Ohio\" limit=6\nexplain reply"
    let session = try played(script, host: TickingHost())
    for phase in ["prefill", "decode"] {
      let intensity = try number("reply.\(phase).intensity", in: session)
      let quotient =
        try number("chat.\(phase).operations", in: session)
        / number("chat.\(phase).bytes", in: session)
      #expect(abs(intensity / quotient - 1) < 1e-9)
    }
    #expect(
      try number("reply.prefill.intensity", in: session)
        > number("reply.decode.intensity", in: session))
  }

  @Test func nothingSaidHasNoCauses() throws {
    #expect(try problem("explain reply").code == "no-reply")
    #expect(
      try problem(Self.tiny + "generate \"We\" limit=3\nmodel remove tiny\nexplain reply").code
        == "no-model")
  }

  // 100 GFLOP/s and 10 GB/s meet at 10 operations a byte. Reading: 40 a byte at 50 GFLOP/s, half of the flat part.
  // Saying: 2 a byte at 5 GFLOP/s, a quarter of the slope's 20.
  @Test func sharesAreThoseOfTheLimitThatAPhaseMet() throws {
    let page = ReplyPage(
      prefill: .init(tokens: 10, seconds: 0.2, operations: 1e10, bytes: 2.5e8),
      decode: .init(tokens: 10, seconds: 0.4, operations: 2e9, bytes: 1e9),
      roof: Roofline(peak: 1e11, bandwidth: 1e10))
    let facts = page.report.facts
    func number(_ key: String) -> Double? {
      guard case .quantity(let quantity, _)? = facts.first(where: { $0.key == key })?.value else {
        return nil
      }
      return quantity.value
    }
    #expect(number("reply.prefill.share") == 0.5)
    #expect(number("reply.decode.share") == 0.25)
    #expect(number("reply.ridge-point") == 10)
    #expect(page.report.words.contains("so arithmetic is the limit. It reached 50% of that limit."))
    #expect(page.report.words.contains("so memory is the limit. It reached 25% of that limit."))
    #expect(!page.report.words.contains("went into neither"))
    var slower = page.prefill
    slower.seconds = 1
    let little = ReplyPage(prefill: slower, decode: page.decode, roof: page.roof)
    #expect(
      little.report.words.contains("It reached 10% of that limit. Most of the time went into"))
  }
}
