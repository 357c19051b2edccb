import Quantities
import Testing

@testable import Service

@Suite("The demand for quilts")
struct DemandTests {
  @Test(
    "knows Thanksgiving of any year",
    // The fourth Thursdays of November, from printed calendars.
    arguments: [(2004, 25), (2005, 24), (2006, 23), (2023, 23), (2024, 28), (2029, 22)])
  func thanksgiving(year: Int, day: Int) {
    #expect(DemandShape.thanksgiving(in: year) == CivilDate(year: year, month: 11, day: day))
  }

  @Test("has shapes whose mean is one, and an evening peak of 2.11")
  func means() {
    #expect(abs(DemandShape.hourOfDay.reduce(0, +) - 24) < 1e-9)
    #expect(abs(DemandShape.dayOfWeek.reduce(0, +) - 7) < 1e-9)
    #expect(DemandShape.hourOfDay.max() == 2.11)
    #expect(DemandShape.hourOfDay.count == 24)
    #expect(DemandShape.dayOfWeek.count == 7)
  }

  @Test("adds up to its daily average over a year", arguments: [2004, 2005, 2010])
  func yearlyAverage(year: Int) {
    let demand = Demand(visitsPerDay: 1_000)
    let days = CivilDate.isLeap(year) ? 366.0 : 365.0
    let visits = demand.expectedVisits(
      from: Moment(year: year, month: 1, day: 1), to: Moment(year: year + 1, month: 1, day: 1))
    #expect(abs(visits / days - 1_000) < 3)
  }

  @Test("is 2.3 times as high on a Friday of the holiday weeks as on one of spring")
  func holidays() {
    let demand = Demand()
    let holiday = demand.rate(at: Moment(year: 2004, month: 11, day: 26, hour: 20))
    let spring = demand.rate(at: Moment(year: 2004, month: 3, day: 26, hour: 20))
    let boxingDay = demand.rate(at: Moment(year: 2004, month: 12, day: 31, hour: 20))
    #expect(abs(holiday.perSecond / spring.perSecond - 2.3) < 1e-9)
    #expect(boxingDay == spring)
  }

  @Test("is multiplied by a campaign inside its window only, to the minute")
  func campaigns() {
    let start = Moment(year: 2004, month: 3, day: 1, hour: 9, minute: 30)
    var demand = Demand()
    let before = demand.rate(at: start)
    demand.campaigns = [Campaign(start: start, end: start + .minutes(45), factor: 8)]
    let oneNanosecond = TimeSpan(nanoseconds: 1)
    #expect(demand.rate(at: start - oneNanosecond) == before)
    #expect(abs(demand.rate(at: start).perSecond - 8 * before.perSecond) < 1e-12)
    #expect(demand.rate(at: start + .minutes(45)).perSecond < 2 * before.perSecond)
    // Half an hour of factor 1, 45 minutes of 8, a quarter of 1, with 1.05 at nine and 1.20 at ten.
    let visits = demand.expectedVisits(from: start - .minutes(30), to: start + .hours(1))
    let perHour = before.perSecond * 3_600 / 1.05
    #expect(abs(visits / perHour - (1.05 * (0.5 + 8 * 0.5) + 1.20 * (8 * 0.25 + 0.25))) < 1e-9)
  }

  @Test("brings visits hour by hour as a Poisson process of its rate (chi-square, 336 hours)")
  func chiSquare() throws {
    let start = Moment(year: 2004, month: 3, day: 1)
    let end = start + .days(14)
    let demand = Demand(visitsPerDay: 5_000)
    var shop = Shop(start: start, seed: 3, demand: demand, uplink: .bitsPerSecond(1e6))
    shop.run(to: end)
    var chiSquare = 0.0
    for hour in try shop.accounts.hours(in: Window(start, end)) {
      let expected = demand.expectedVisits(from: hour.window.start, to: hour.window.end)
      let difference = Double(hour.visits) - expected
      chiSquare += difference * difference / expected
    }
    // 336 degrees of freedom: mean 336, standard deviation √672 = 25.9; four of them either way.
    #expect(abs(chiSquare - 336) < 104)
  }

  @Test("changes from the moment of the change on, and brings nobody twice")
  func changeOfDemand() throws {
    let start = Moment(year: 2004, month: 3, day: 1)
    var shop = Shop(start: start, seed: 3, demand: Demand(), uplink: .bitsPerSecond(1e6))
    shop.run(to: start + .hours(12))
    var none = shop
    none.setDemand(Demand(visitsPerDay: 0))
    none.run(to: start + .days(30))
    #expect(none.accounts.total.visits == shop.accounts.total.visits)
    none.setDemand(Demand())
    none.run(to: start + .days(31))
    #expect(none.accounts.total.visits > 2 * shop.accounts.total.visits)

    var again = shop
    for _ in 0..<5 { again.setDemand(again.demand) }
    again.run(to: start + .days(1))
    shop.run(to: start + .days(1))
    #expect(again.accounts.total.visits == shop.accounts.total.visits)
  }
}
