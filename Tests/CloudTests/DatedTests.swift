import Cloud
import Quantities
import Testing

@Suite("Dated values")
struct DatedTests {
  private let prices = [
    Dated(from: CivilDate(year: 2006, month: 8, day: 25), 10, source: "a"),
    Dated(from: CivilDate(year: 2009, month: 11, day: 1), 8, source: "b"),
  ]

  @Test("hold from their day on, and not a nanosecond before")
  func boundaries() {
    let first = Moment(year: 2006, month: 8, day: 25)
    #expect(prices.at(first - TimeSpan(nanoseconds: 1)) == nil)
    #expect(prices.at(first)?.value == 10)
    let second = Moment(year: 2009, month: 11, day: 1)
    #expect(prices.at(second - TimeSpan(nanoseconds: 1))?.value == 10)
    #expect(prices.at(second)?.value == 8)
  }

  @Test("credit what an agreement says, step by step")
  func agreement() {
    let agreement = ServiceLevelAgreement(
      months: 1, steps: [.init(below: 0.9999, credit: 0.1), .init(below: 0.99, credit: 0.3)])
    #expect(agreement.credit(uptime: 0.9999) == 0)
    #expect(agreement.credit(uptime: 0.99) == 0.1)
    #expect(agreement.credit(uptime: 0.9899) == 0.3)
  }
}
