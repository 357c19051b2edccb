import Quantities
import Testing

@testable import Queueing

@Suite struct QueueErrorTests {
  func refusal(_ change: (inout QueueParameters) -> Void) -> QueueError? {
    var parameters = QueueParameters(arrivalRate: 0.8, serviceRate: 1)
    change(&parameters)
    do throws(QueueError) {
      try parameters.validate()
      return nil
    } catch {
      return error
    }
  }

  @Test func `a load of one or more needs a limit`() {
    #expect(refusal { $0.arrivalRate = 1 } == .unstable(utilization: 1))
    #expect(
      refusal {
        $0.arrivalRate = 3; $0.servers = 2
      } == .unstable(utilization: 1.5))
    #expect(
      refusal {
        $0.arrivalRate = 3; $0.capacity = 4
      } == nil)
    #expect(
      refusal {
        $0.arrivalRate = 3; $0.patience = .seconds(1)
      } == nil)
  }

  @Test func `rates, servers, customers and limits have ranges`() {
    #expect(refusal { $0.arrivalRate = 0 } == .arrivalRateOutOfRange(0, most: 1e7))
    #expect(refusal { $0.arrivalRate = 1e8 } == .arrivalRateOutOfRange(1e8, most: 1e7))
    #expect(refusal { $0.serviceRate = -1 } == .serviceRateOutOfRange(-1, most: 1e7))
    #expect(refusal { $0.serviceRate = .nan } != nil)
    #expect(refusal { $0.servers = 0 } == .serversOutOfRange(0, allowed: 1...10_000))
    #expect(
      refusal { $0.customers = 10 } == .customersOutOfRange(10, allowed: 1_000...1_000_000_000))
    #expect(
      refusal {
        $0.servers = 3; $0.capacity = 2
      }
        == .capacityOutOfRange(2, allowed: 3...1_000_000))
    #expect(
      refusal { $0.patience = .zero } == .patienceOutOfRange(0, mostSeconds: 31_557_600))
  }

  @Test func `a law has the variation that it can have`() {
    #expect(
      refusal {
        $0.law = .deterministic; $0.coefficientOfVariation = 1
      }
        == .variationOutOfRange(1, law: .deterministic, allowed: 0...0))
    #expect(
      refusal {
        $0.law = .hyperexponential; $0.coefficientOfVariation = 0.5
      }
        == .variationOutOfRange(0.5, law: .hyperexponential, allowed: 1...20))
    #expect(
      refusal {
        $0.law = .lognormal; $0.coefficientOfVariation = 3
      } == nil)
  }

  @Test func `Erlang's variation is one over the root of a whole number`() {
    #expect(
      refusal {
        $0.law = .erlang; $0.coefficientOfVariation = 0.58
      } == nil)
    #expect(
      refusal {
        $0.law = .erlang; $0.coefficientOfVariation = 0.1
      } == nil)
    // Between 1/√2 and 1.
    #expect(
      refusal {
        $0.law = .erlang; $0.coefficientOfVariation = 0.8
      }
        == .variationNotErlang(0.8, below: 0.5.squareRoot(), above: 1))
  }

  @Test func `a run fits into the calendar`() {
    // A million customers at one a day: 2,738 years.
    let refused = refusal {
      $0.arrivalRate = 1 / 86_400
      $0.serviceRate = 1 / 43_200
    }
    guard case .tooLong(let years, mostYears: 50) = refused else {
      Issue.record("not refused as too long: \(String(describing: refused))")
      return
    }
    #expect(abs(years - 2_738) < 1)
    // A thousand places, a server, and a month for each: 83 years to serve a full line.
    let full = refusal {
      $0.serviceRate = 1 / 2_629_800
      $0.capacity = 1_000
    }
    #expect(full == .tooLong(years: 1_000.0 * 2_629_800 / 31_557_600, mostYears: 50))
  }
}
