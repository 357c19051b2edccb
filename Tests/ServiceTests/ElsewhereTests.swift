import Quantities
import Testing

@testable import Service

@Suite("What a shop has others do")
struct ElsewhereTests {
  // A visit's first page has 80 of 100 KB of pictures, a later one 15 of 25 KB.
  @Test("a content delivery network sends the pictures, and the line sends the rest")
  func delivery() throws {
    var alone = courseShop()
    var delivered = courseShop()
    delivered.setDelivered(true)
    alone.run(to: spring + .days(1))
    delivered.run(to: spring + .days(1))
    expectConsistent(delivered)
    let (a, b) = (alone.accounts.total, delivered.accounts.total)
    // The same visitors, who all got their pages.
    #expect(a.requestsAnswered == b.requestsAnswered && a.visitsLost == b.visitsLost)
    #expect(a.dataDelivered.bytes == 0)
    #expect(a.dataSent.bytes == b.dataSent.bytes + b.dataDelivered.bytes)
    // With f first pages of p: (100 f + 25 (p − f)) KB in all, (20 f + 10 (p − f)) KB of them on the line.
    let pages = Double(b.requestsAnswered)
    let first = (a.dataSent.bytes / 1_000 - 25 * pages) / 75
    #expect(abs(b.dataSent.bytes / 1_000 - (20 * first + 10 * (pages - first))) < 1)
  }

  @Test("a line that was full has room again when pictures come from elsewhere")
  func room() throws {
    func lost(_ isDelivered: Bool) -> Int {
      var shop = courseShop(start: evening, factor: 4, servers: 4)
      shop.setDelivered(isDelivered)
      shop.run(to: evening + .hours(3))
      return shop.accounts.total.visitsLost
    }
    #expect(lost(false) > 100)
    #expect(lost(true) == 0)
  }

  // Utilization law: a station is busy for its rate times its service time, and that is halved.
  @Test("a data tier twice as fast is busy half the time")
  func dataSpeed() throws {
    func busy(_ speed: Double) throws -> Double {
      var shop = courseShop()
      shop.setDataSpeed(speed)
      shop.run(to: spring + .days(1))
      let range = try shop.accounts.utilization(of: .data, in: shop.accounts.wholeTime)
      return try #require(range).mean
    }
    let (one, two) = (try busy(1), try busy(2))
    #expect(abs(two / one - 0.5) < 0.01)
  }

  @Test("nobody who does not find the way in is served")
  func wayIn() throws {
    var shop = courseShop(start: evening)
    shop.run(to: evening + .minutes(10))
    shop.setReachable(false)
    shop.run(to: evening + .minutes(20))
    expectConsistent(shop)
    let dark = try #require(shop.accounts.lastMinute)
    #expect(dark.requests > 0 && dark.requestsRefused == dark.requests)
    shop.setReachable(true)
    shop.run(to: evening + .minutes(30))
    #expect(try #require(shop.accounts.lastMinute).requestsAnswered > 0)
  }

  @Test("a server that will be gone finishes what it has and gets nothing new")
  func draining() throws {
    var shop = courseShop(start: evening, servers: 2)
    shop.run(to: evening + .minutes(10))
    shop.drainServer(0)
    shop.run(to: evening + .minutes(12))
    let worked = shop.busyTime(ofServer: 0)
    let refused = shop.accounts.total.requestsRefused
    shop.run(to: evening + .minutes(30))
    #expect(shop.busyTime(ofServer: 0) == worked)
    #expect(shop.accounts.total.requestsRefused == refused)
    shop.removeServer(at: 0)
    #expect(shop.accounts.total.requestsRefused == refused)
    expectConsistent(shop)
  }
}
