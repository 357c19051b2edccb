import Foundation
import Quantities
import Testing

@testable import Service

let spring = Moment(year: 2004, month: 3, day: 1)
/// A Monday evening, the busiest hours of the day.
let evening = spring + .hours(18)
let t1 = DataRate.bitsPerSecond(1_544_000)
let firstServer = ServerModel(id: "1u-2004", cores: 1, speed: 1)

/// The course's shop with one server on a T1.
func courseShop(
  start: Moment = spring, seed: UInt64 = 1, factor: Double = 1, uplink: DataRate = t1,
  servers: Int = 1
) -> Shop {
  var shop = Shop(start: start, seed: seed, demand: Demand(factor: factor), uplink: uplink)
  shop.addServers(firstServer, count: servers)
  return shop
}

/// The complete state as text; equal states give equal texts.
func state(_ shop: Shop) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return String(decoding: try encoder.encode(shop), as: UTF8.self)
}

@Suite("The quilt shop")
struct ShopTests {
  @Test("answers nearly everybody on an ordinary day, with a page in about a third of a second")
  func ordinaryDay() throws {
    var shop = courseShop(servers: 2)
    shop.run(to: spring + .days(1))
    let total = shop.accounts.total
    #expect(try #require(total.answeredIn2s) > 0.99)
    // Alone in the shop the mean page takes 0.120 + 0.012 + 0.008 + 0.178 s = 0.318 s.
    let mean = try #require(total.responseMean)
    #expect(mean > .seconds(0.31))
    #expect(mean < .seconds(0.45))
    #expect(try shop.accounts.bottleneck(in: shop.accounts.wholeTime).station == nil)
    // Three in a hundred visits order, for $69 on average.
    #expect(abs(Double(total.orders) - 0.03 * Double(total.visits)) < 60)
    #expect(abs(total.revenue.dollars / Double(total.orders) - 69) < 14)
    #expect(total.revenue.microdollars % 10_000 == 0)
  }

  @Test("loses no request and no visit without counting it", arguments: [0, 1, 3])
  func conservation(servers: Int) {
    var shop = courseShop(start: evening, factor: 6, servers: servers)
    for minute in [1, 60, 90] {
      shop.run(to: evening + .minutes(minute) + TimeSpan(nanoseconds: 123_456_789))
      expectConsistent(shop)
    }
  }

  @Test("answers nobody without a server, and says that servers are the limit")
  func noServers() throws {
    var shop = courseShop(servers: 0)
    shop.run(to: spring + .hours(12))
    let total = shop.accounts.total
    #expect(total.answeredIn2s == 0)
    #expect(total.visitsLost == total.visitsEnded)
    #expect(total.requestsAnswered == 0)
    #expect(total.orders == 0)
    // Everybody asks twice for the first page; who is still there has asked once.
    #expect(total.requests == 2 * total.visitsEnded + shop.visitsUnderWay)
    #expect(total.responseMean == nil)
    #expect(try shop.accounts.bottleneck(in: shop.accounts.wholeTime).name == "servers")
  }

  @Test("does not call a visit answered in time when a page took three seconds")
  func slowPages() throws {
    // 100 KB at 40 KB/s are 2.5 s, alone on the line: less than anybody's patience of 4 s.
    var shop = Shop(
      start: spring, seed: 1, demand: Demand(visitsPerDay: 300),
      uplink: DataRate(bytesPerSecond: 40_000))
    shop.addServers(firstServer)
    shop.run(to: spring + .days(1))
    let total = shop.accounts.total
    #expect(total.answeredIn2s == 0)
    #expect(total.visitsLost < total.visitsEnded / 4)
    #expect(try #require(total.responseMax) > .seconds(2.5))
  }

  @Test("is the same after two half runs as after one, whatever was read in between")
  func halfRuns() throws {
    let start = evening + .minutes(17) + TimeSpan(nanoseconds: 5)
    var whole = courseShop(start: start, factor: 5)
    whole.run(to: evening + .hours(2))
    var halves = courseShop(start: start, factor: 5)
    for minute in [17, 18, 42, 59, 60, 61, 93] {
      halves.run(to: evening + .minutes(minute) + TimeSpan(nanoseconds: 77_777_777))
      _ = halves.accounts.total
      _ = try halves.accounts.bottleneck(in: halves.accounts.wholeTime)
    }
    halves.run(to: evening + .hours(2))
    #expect(try state(whole) == state(halves))
  }

  @Test("is the same to the last bit in a line that is never empty, stopped every second")
  func manyStops() throws {
    var whole = courseShop(start: evening, factor: 8, uplink: .bitsPerSecond(3e5), servers: 4)
    whole.run(to: evening + .minutes(10))
    var pieces = whole
    whole.run(to: evening + .minutes(11))
    for second in 601...660 { pieces.run(to: evening + .seconds(Double(second) - 0.1)) }
    pieces.run(to: evening + .minutes(11))
    #expect(whole.requestsInFlight > 5)
    #expect(try state(whole) == state(pieces))
  }

  @Test("goes on from what was written down as if nothing had happened")
  func decoded() throws {
    var shop = courseShop(start: evening, factor: 5)
    shop.run(to: evening + .minutes(70))
    let encoded = try JSONEncoder().encode(shop)
    var copy = try JSONDecoder().decode(Shop.self, from: encoded)
    shop.run(to: evening + .minutes(130))
    copy.run(to: evening + .minutes(130))
    #expect(try state(shop) == state(copy))
  }

  @Test("has events of eight bytes at most, so that the future fits the caches")
  func eventSize() {
    #expect(MemoryLayout<ShopModel.Event>.stride <= 8)
  }

  @Test("another seed is another world, the same seed the same")
  func seeds() throws {
    var shops = [UInt64(1), 1, 2].map { courseShop(seed: $0) }
    for index in shops.indices { shops[index].run(to: spring + .hours(6)) }
    #expect(try state(shops[0]) == state(shops[1]))
    #expect(shops[0].accounts.total != shops[2].accounts.total)
  }

  @Test("meets the same visitors whatever its servers and its line")
  func forks() throws {
    var small = courseShop(start: evening, factor: 4)
    small.run(to: evening + .minutes(20))
    var large = small
    large.addServers(ServerModel(id: "2u", cores: 4, speed: 1.5), count: 3)
    large.setUplink(.bitsPerSecond(45e6))
    small.run(to: evening + .hours(3))
    large.run(to: evening + .hours(3))
    let window = small.accounts.wholeTime
    let minutes = try small.accounts.series(of: window, by: .minute).map(\.visits)
    #expect(try large.accounts.series(of: window, by: .minute).map(\.visits) == minutes)
    #expect(small.accounts.total.visitsLost > large.accounts.total.visitsLost)
  }

  @Test("gives visitor 4711 of a seed the same patience, pages and basket in every world")
  func visitorsAreFunctions() {
    let visitors = Visitors(seed: 5)
    let visit = Visit(number: 4_711, begun: spring, visitors: visitors, attempt: 3)
    #expect(visit.patience == Visitors(seed: 5).patience(ofVisit: 4_711))
    #expect(visitors.basket(ofVisit: 4_711) == Visitors(seed: 5).basket(ofVisit: 4_711))
    #expect(visitors.patience(ofVisit: 4_711) != Visitors(seed: 6).patience(ofVisit: 4_711))
  }

  @Test("has visitors with the means that are written beside them")
  func visitorMeans() {
    let visitors = Visitors(seed: 5)
    let count = 20_000
    let visits = 0..<count
    let mean = { (value: (Int) -> Double) in visits.map(value).reduce(0, +) / Double(count) }
    // Standard errors: pages √56/√20,000 = 0.053, patience 6/141 = 0.042 s, basket 49/141 = $0.35,
    // buyers √(.03 · .97)/141 = .0012, thinking 30/141 = 0.21 s. Four of them either way.
    #expect(abs(mean { Double(visitors.pageCount(ofVisit: $0)) } - 8) < 0.21)
    #expect(abs(mean { visitors.patience(ofVisit: $0).seconds } - 10) < 0.17)
    #expect(abs(mean { visitors.basket(ofVisit: $0).dollars } - 69) < 1.4)
    #expect(abs(mean { visitors.buys(visit: $0) ? 1 : 0 } - 0.03) < 0.0048)
    #expect(abs(mean { visitors.think(visit: $0, afterPage: 2).seconds } - 35) < 0.84)
  }
}
