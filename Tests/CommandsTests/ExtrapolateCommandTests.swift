import CommandLanguage
import Reports
import Testing

@testable import Commands

/// Against sums by hand, and figures that others publish.
@Suite struct ExtrapolateCommandTests {
  // 3.14e23 / 1e11 = 3.14e12 s, which is 99,500 years; a month has 2.592e6 s, so 1,211,420 machines; at 65 W that
  // is 5.669e7 kWh, at 8 cents in 2004 $4.54 million.
  @Test func gptThreeOnAMachineOfAHundredGigaflops() throws {
    let session = try played("extrapolate rate=100GFLOP/s")
    #expect(abs(try number("extrapolate.gpt-3.seconds", in: session) - 3.14e12) < 1e6)
    #expect(abs(try number("extrapolate.gpt-3.machines", in: session) - 1_211_420) < 1)
    #expect(abs(try number("extrapolate.gpt-3.electricity", in: session) - 4_535_555) < 10)
    guard case .undefined = try value("extrapolate.own.seconds", in: session) else {
      Issue.record("nothing was trained")
      return
    }
  }

  // 3.14e23 operations at 1e6 a second and 1 MW are 8.7e16 kWh, at 8 cents more than a ledger holds; an answer,
  // 500 symbols of 2 · 175e9 operations, is 1.75e8 s and 4.86e7 kWh.
  @Test func aMachineMayBeSlowAndHungry() throws {
    let session = try played("extrapolate rate=0.001GFLOP/s watts=1000000W")
    #expect(abs(try number("extrapolate.gpt-3.electricity", in: session) / 6.978e15 - 1) < 0.001)
    #expect(
      abs(try number("extrapolate.gpt-3.answer.electricity", in: session) / 3.889e6 - 1) < 0.001)
  }

  // GPT-3 took 10,000 V100 of 24.6 TFLOP/s 14.8 days (Patterson et al., 2021, table 4): about half a month.
  @Test func whatOthersPublishComesOut() {
    let chips = Extrapolation(rate: 24.6e12, watts: 330, dollarsPerKilowattHour: 0.1)
    let days = chips.seconds(operations: 3.14e23) / 10_000 / 86_400
    #expect(abs(days - 14.8) < 0.1, "\(days)")
    // 1,287 MWh with 1.10 at the meter for each watt of a chip.
    let megawattHours = chips.electricity(operations: 3.14e23) / 0.1 / 1_000 * 1.1
    #expect(abs(megawattHours - 1_287) < 13, "\(megawattHours)")
  }

  // 2 · 1e9 operations a symbol at 1e11 a second are 20 ms; 2e9 bytes at 1e10 a second are 200 ms.
  @Test func anAnswerWaitsForMemoryWhereThatIsSlower() {
    var machine = Extrapolation(rate: 1e11, watts: 65, dollarsPerKilowattHour: 0.1)
    #expect(
      abs(machine.answerSeconds(parameters: 1e9, question: 10, answer: 5, bytes: 2) - 0.3) < 1e-12)
    machine.bandwidth = 1e10
    #expect(
      abs(machine.answerSeconds(parameters: 1e9, question: 10, answer: 5, bytes: 2) - 1.2) < 1e-12)
  }

  @Test func withoutAMeasurementItSaysHowToGetOne() throws {
    let diagnostic = try problem("extrapolate")
    #expect(diagnostic.code == "not-measured")
    #expect(diagnostic.help?.contains("probe") == true)
  }

  @Test func oneTakesTheRateOfTheLastTraining() throws {
    var session = Session()
    let script = "train tiny steps=4 width=16 layers=1 conversations=100 questions=0\nextrapolate"
    for report in try session.run(Source(text: script), CommandContext(host: TickingHost())) {
      #expect(!report.isError, "\(report.diagnostics)")
    }
    #expect(try number("extrapolate.rate", in: session) == number("train.rate", in: session))
    // Each step takes one tick of a millisecond.
    let steps = try number("train.operations", in: session)
    #expect(abs(try number("extrapolate.rate", in: session) - steps / 0.004) < steps)
    // Ten times the numbers on ten times the text.
    #expect(
      abs(try number("extrapolate.own.seconds", in: session) - 0.4) < 1e-3)
  }
}
