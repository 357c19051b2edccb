import CommandLanguage
import Compute
import Reports
import Testing

@testable import Commands

@Suite struct MultiplyCommandTests {
  @Test func eachRungIsRightAndReadAgainOnReplay() throws {
    var session = Session()
    let source = Source(text: "multiply size=24")
    let report = try session.execute(source, source.all, CommandContext(host: TickingHost()))
    #expect(!report.isError, "\(report.diagnostics)")
    #expect(try number("multiply.size", in: session) == 24)
    // The tolerance of 32 bits that the ladder states, and that of 8.
    #expect(try number("multiply.error", in: session) < 2e-5)
    #expect(try number("multiply.bytes.error", in: session) < 0.02)
    for rung in MultiplyLadder.Rung.allCases {
      #expect(try number("multiply.\(rung.rawValue).rate", in: session) > 0)
    }
    // Nothing is measured again: this host would not allow it.
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(try value("multiply.gain", in: again) == value("multiply.gain", in: session))
  }

  @Test func whatIsNotAllowedIsNotMeasured() throws {
    #expect(try problem("multiply").code == "not-safe")
  }

  @Test(arguments: ["", "nested 8 baseline 1 1,1,1,1", "nested 0 baseline 1 1,1,1,1 1,1,1,1 0"])
  func aRecordingThatIsNoneIsRefused(text: String) throws {
    #expect(try problem("multiply recorded=\"\(text)\"").code == "bad-recording")
  }
}
