import Quantities
import Randomness
import SimulationKernel
import Testing

@testable import Service

@Suite("The accounts of the shop")
struct AccountsTests {
  /// A shop with few visits that has been open for ten days, from an odd moment on.
  static let start = spring + .hours(9) + .minutes(30) + .seconds(17)
  static let end = spring + .days(10) + .hours(5) + .minutes(7) + .seconds(3)
  static let accounts = {
    var shop = Shop(start: start, seed: 2, demand: Demand(visitsPerDay: 400), uplink: t1)
    shop.addServers(firstServer)
    shop.run(to: end)
    return shop.accounts
  }()

  @Test("add up: hours, days and any two parts make the whole")
  func additivity() throws {
    let accounts = Self.accounts
    let whole = accounts.wholeTime
    let total = accounts.total
    #expect(try accounts.account(of: whole) == total)
    #expect(total.span == Self.end - Self.start)
    for parts in [try accounts.hours(in: whole), try accounts.days(in: whole)] {
      #expect(parts.map(\.requests).reduce(0, +) == total.requests)
      #expect(parts.map(\.visitsEnded).reduce(0, +) == total.visitsEnded)
      #expect(parts.map(\.span.nanoseconds).reduce(0, +) == total.span.nanoseconds)
      #expect(parts.first?.window.start == Self.start)
      #expect(parts.last?.window.end == Self.end)
    }
    let middle = spring + .days(9) + .hours(13) + .minutes(11)
    let first = try accounts.account(of: Window(Self.start, middle))
    let second = try accounts.account(of: Window(middle, Self.end))
    #expect(first.requests + second.requests == total.requests)
    #expect(first.revenue + second.revenue == total.revenue)
    #expect(try accounts.responses(in: whole).count == total.requestsAnswered)
  }

  @Test("say the same of an hour by its minutes")
  func minutesOfAnHour() throws {
    let window = Window(spring + .days(8), spring + .days(9))
    let minutes = try Self.accounts.series(of: window, by: .minute)
    let hours = try Self.accounts.series(of: window, by: .hour)
    #expect(minutes.count == 1_440)
    #expect(hours.count == 24)
    #expect(minutes.map(\.visits).reduce(0, +) == hours.map(\.visits).reduce(0, +))
    #expect(minutes.map(\.visitsEnded).reduce(0, +) == hours.map(\.visitsEnded).reduce(0, +))
    #expect(
      minutes.map { $0.stay(at: .uplink).nanoseconds }.reduce(0, +)
        == hours.map { $0.stay(at: .uplink).nanoseconds }.reduce(0, +))
  }

  @Test("know the last whole minute, once there is one")
  func lastMinute() throws {
    var shop = courseShop(start: spring + .seconds(30))
    #expect(shop.accounts.lastMinute == nil)
    shop.run(to: spring + .seconds(59))
    #expect(shop.accounts.lastMinute == nil)
    shop.run(to: spring + .seconds(61))
    let first = Window(spring + .seconds(30), spring + .minutes(1))
    #expect(shop.accounts.lastMinute?.window == first)
    shop.run(to: spring + .hours(1) + .seconds(1))
    let last = Window(spring + .minutes(59), spring + .hours(1))
    #expect(try shop.accounts.lastMinute == shop.accounts.account(of: last))
  }

  @Test("say why there is no account of a window")
  func problems() {
    let accounts = Self.accounts
    let day = spring + .days(2)
    let kept = spring + .days(3) + .hours(5)
    #expect(accounts.minutesKeptSince == kept)
    let cases: [(Window, WindowProblem)] = [
      (Window(day, day), .empty),
      (Window(spring, day), .beforeStart(start: Self.start)),
      (Window(day, Self.end + .seconds(1)), .notYetSimulated(now: Self.end)),
      (Window(day, day + .seconds(90)), .notWholeMinutes),
      (Window(day, day + .minutes(90)), .noLongerKept(minutesSince: kept)),
      (Window(day + .minutes(1), day + .hours(90)), .noLongerKept(minutesSince: kept)),
    ]
    for (window, problem) in cases {
      #expect(throws: problem) { try accounts.account(of: window) }
    }
    #expect(throws: WindowProblem.noLongerKept(minutesSince: kept)) {
      try accounts.series(of: Window(day, day + .hours(1)), by: .minute)
    }
  }

  @Test("credit a visit's fate to the time of its arrival")
  func lateCredit() throws {
    // One visit alone, begun in the first hour and seen to its end long after.
    var shop = Shop(
      start: spring, seed: 4, demand: Demand(visitsPerDay: 20_000), uplink: t1)
    shop.addServers(firstServer, count: 2)
    shop.run(to: spring + .hours(1))
    let atOnce = shop.accounts.total
    #expect(atOnce.visitsEnded < atOnce.visits)
    shop.run(to: spring + .hours(2))
    let later = try shop.accounts.account(of: Window(spring, spring + .hours(1)))
    #expect(later.visits == atOnce.visits)
    #expect(later.visitsEnded == later.visits)
    #expect(later.requests == atOnce.requests)
  }

  @Test("range from the idlest to the busiest minute")
  func utilizationRange() throws {
    let window = Window(spring + .days(8), spring + .days(9))
    let range = try #require(try Self.accounts.utilization(of: .uplink, in: window))
    #expect(range.low == 0)
    #expect(range.high > 5 * range.mean)
    #expect(range.high <= 1)
    let shares = Station.allCases.compactMap { Self.accounts.total.shareOfTime(at: $0) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  @Test("find the busiest hour, and how far above the mean it is")
  func peak() throws {
    var shop = Shop(
      start: spring, seed: 4, demand: Demand(visitsPerDay: 9_000), uplink: .bitsPerSecond(1e9))
    shop.run(to: spring + .days(1))
    let whole = shop.accounts.wholeTime
    let busiest = try #require(try shop.accounts.busiestHours(in: whole, count: 3).first)
    #expect([20, 21].contains(busiest.window.start.hour))
    // 2.11 of the shape; the busiest of 24 Poisson hours of some 800 visits lies a little above.
    let peak = try #require(try shop.accounts.demandPeak(in: whole))
    #expect(peak > 2)
    #expect(peak < 2.4)
  }

  @Test("name the day and the hours in which the crowd came as the worst, and what was busy then")
  func crowd() throws {
    let rush = spring + .days(1) + .hours(12)
    var shop = Shop(
      start: spring, seed: 4,
      demand: Demand(
        visitsPerDay: 200, campaigns: [Campaign(start: rush, end: rush + .hours(2), factor: 150)]),
      uplink: .bitsPerSecond(400_000))
    shop.addServers(firstServer, count: 2)
    shop.run(to: spring + .days(3))
    let accounts = shop.accounts
    let whole = accounts.wholeTime
    #expect(try accounts.worstDay(in: whole)?.window == Window(day: (spring + .days(1)).date))
    #expect(
      Set(try accounts.busiestHours(in: whole, count: 2).map(\.window.start.hour)) == [12, 13])
    // Three days are mostly idle; but most requests came in these two hours and met a full line.
    #expect(try accounts.bottleneck(in: whole).name == "uplink")
    #expect(try accounts.bottleneck(in: Window(spring, spring + .days(1))).name == "none")
    let stretch = try #require(try accounts.busiestStretch(of: .uplink, above: 0.9, in: whole))
    #expect(stretch.start >= rush && stretch.start <= rush + .minutes(15))
    #expect(stretch.end >= rush + .hours(2) && stretch.end <= rush + .minutes(165))
    #expect(try accounts.busiestStretch(of: .disk, above: 0.9, in: whole) == nil)
  }

  @Test("give percentiles within one percent of the sorted response times")
  func percentiles() throws {
    var totals = ResponseTotals()
    var open = ResponseCounts()
    var spans: [TimeSpan] = []
    var bytes: [UInt8] = []
    let draws = RandomStream(seed: 1, name: "spans").entity(0)
    for index in 0..<5_000 {
      let span = TimeSpan.seconds(0.3 * draws.exponential(index))
      spans.append(span)
      open.record(span)
      if index % 500 == 499 {
        bytes = []
        open.pack(into: &bytes)
        totals.add(packed: bytes[...])
        open.clear()
      }
    }
    spans.sort()
    let sketch = totals.sketch
    #expect(sketch.count == 5_000)
    for rank in stride(from: 1, through: 5_000, by: 37) {
      let estimate = try #require(sketch.percentile(Double(rank) / 5_000))
      #expect(abs(estimate / spans[rank - 1] - 1) <= 0.01)
    }
    #expect(open.buckets.isEmpty)
  }

  @Test("give the same percentiles so far as of the hours and minutes that are over")
  func percentilesSoFar() throws {
    let accounts = Self.accounts
    let middle = spring + .days(9) + .hours(13) + .minutes(11)
    var parts = try accounts.responses(in: Window(Self.start, middle))
    parts.merge(try accounts.responses(in: Window(middle, Self.end)))
    #expect(accounts.responses == parts)
    #expect(accounts.responses.count == accounts.total.requestsAnswered)
  }

  @Test("begin a window at the latest moment that they know, not after the one wished for")
  func windowStarts() {
    let accounts = Self.accounts
    let odd = TimeSpan.minutes(11) + .seconds(7)
    let recent = spring + .days(9) + .hours(13)
    #expect(accounts.latestWindowStart(notAfter: recent + odd) == recent + .minutes(11))
    let old = spring + .days(1) + .hours(13)
    #expect(accounts.latestWindowStart(notAfter: old + odd) == old)
    #expect(accounts.latestWindowStart(notAfter: Self.start + .seconds(1)) == Self.start)
    #expect(accounts.latestWindowStart(notAfter: spring) == Self.start)
  }
}
