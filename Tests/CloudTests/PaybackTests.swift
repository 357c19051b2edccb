import Quantities
import Testing

@testable import Cloud

@Suite("Money down against money saved")
struct PaybackTests {
  // $3,000 against $250 a month.
  @Test("is back after its price over what is saved a month")
  func months() throws {
    let change = Payback(price: .dollars(3_000), before: .dollars(300), after: .dollars(50))
    #expect(change.months == 12)
    #expect(change.saved(months: 24) == .dollars(3_000))
    #expect(Payback(price: .dollars(1), before: .dollars(5), after: .dollars(5)).months == nil)
  }

  // Rented all the time: 730 · $0.10 · 2 are $146 a month; $46 of power leave $100: 15 months for $1,500.
  // In half of the hours: 73 − 46 = $27: 55.6 months; in a quarter 36.50, less than the power: never.
  @Test("depends on the share of hours in which there is work")
  func use() throws {
    let choice = OwnOrRent(
      ownYearly: .dollars(1), rentedForOne: 2, hourly: .dollars(0.10), target: 0.6)
    func months(_ busy: Double) -> Double? {
      choice.payback(price: .dollars(1_500), running: .dollars(46), busy: busy).months
    }
    #expect(abs(try #require(months(1)) - 15) < 1e-9)
    #expect(abs(try #require(months(0.5)) - 1_500 / 27.0) < 1e-9)
    #expect(months(0.25) == nil)
  }
}
