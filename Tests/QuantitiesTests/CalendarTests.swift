import Quantities
import Testing

@Suite struct CalendarTests {
  // Day numbers: Hinnant's page, and `date -u -d 2004-02-29 +%s` divided by 86,400.
  @Test(arguments: [
    (1970, 1, 1, 0), (2000, 3, 1, 11_017), (2004, 2, 29, 12_477), (1969, 12, 31, -1),
    (2100, 3, 1, 47_541),
  ])
  func datesAreNumberedFromTheEpoch(year: Int, month: Int, day: Int, number: Int) {
    let date = CivilDate(year: year, month: month, day: day)
    #expect(date.daysSince1970 == number)
    #expect(CivilDate(daysSince1970: number) == date)
  }

  @Test func everyDayOfFiveCenturiesComesBack() {
    for number in stride(from: -98_000, to: 100_000, by: 1) {
      let date = CivilDate(daysSince1970: number)
      #expect(date.isValid && date.daysSince1970 == number)
    }
  }

  // Thanksgiving 2005 was Thursday 24 November; 1 March 2004 a Monday.
  @Test func weekdaysAreRight() {
    #expect(Moment(year: 2005, month: 11, day: 24).weekday == .thursday)
    #expect(Moment(year: 2004, month: 3, day: 1, hour: 23).weekday == .monday)
    #expect(Moment(nanoseconds: -1).weekday == .wednesday)
  }

  @Test func monthsEndWhereTheCalendarSays() {
    let january = CivilDate(year: 2004, month: 1, day: 31)
    #expect(january.adding(months: 1) == CivilDate(year: 2004, month: 2, day: 29))
    #expect(january.adding(months: 13) == CivilDate(year: 2005, month: 2, day: 28))
    #expect(january.adding(months: -2) == CivilDate(year: 2003, month: 11, day: 30))
  }

  @Test func momentsAreWrittenAsShortAsTheyAre() {
    #expect("\(Moment(year: 2004, month: 3, day: 1))" == "2004-03-01")
    #expect("\(Moment(year: 2004, month: 3, day: 1, hour: 9, minute: 5))" == "2004-03-01 09:05")
    let exact = Moment(year: 2004, month: 3, day: 1) + .seconds(1.25)
    #expect("\(exact)" == "2004-03-01 00:00:01.25")
    #expect(exact.iso8601 == "2004-03-01T00:00:01.25Z")
    #expect(Moment(year: 2004, month: 3, day: 1).iso8601 == "2004-03-01T00:00:00Z")
  }
}

@Suite struct CalendarEdgeTests {
  @Test func spansAndPeriodsStopWhereTheCalendarDoes() {
    let start = Moment(year: 2004, month: 3, day: 1)
    let end = Moment(year: 2251, month: 1, day: 1)
    #expect(start.adding(months: 120_000) == end)
    #expect(start.adding(months: -120_000) == Moment(year: 1700, month: 1, day: 1))
    #expect(start.saturatingAdd(.days(100_000)) == end)
    #expect(Moment.distantFuture.saturatingAdd(.days(1)) == end)
    #expect(Moment(nanoseconds: .min).saturatingAdd(.days(-1)) == .calendarStart)
    #expect(start.saturatingAdd(.days(31)) == Moment(year: 2004, month: 4, day: 1))
  }
}

@Suite struct DimensionTests {
  @Test func dimensionsMultiplyAndDivide() {
    #expect(Dimension.power * .time == .energy)
    #expect(Dimension.data / .time == .dataRate)
    #expect(Dimension.number / .time == .rate)
    #expect(Dimension.time.name == "time")
    #expect((Dimension.money / .data).name == "B^-1 $")
  }

  @Test func unitsOfOneDimensionConvert() {
    #expect(Quantity(1.544, unit: .megabitPerSecond).value == 193_000)
    #expect(Unit.named("KiB")?.scale == 1_024)
    #expect(Unit.named("kwh") == nil)
    #expect(Set(Unit.all.map(\.symbol)).count == Unit.all.count)
  }

  @Test func moneyIsExactToTheMicrodollar() {
    #expect(Money.dollars(0.1) + .dollars(0.2) == .dollars(0.3))
    #expect(Money.dollars(-1.5).microdollars == -1_500_000)
    #expect((Money.dollars(19.99) * 3).dollars == 59.97)
  }
}
