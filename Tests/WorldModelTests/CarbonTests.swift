import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

@Suite("Carbon dioxide and hours")
struct CarbonTests {
  private static func shop(own: Int, at start: Moment) throws -> World {
    var world = World(seed: 3, start: start, cash: .dollars(20_000))
    world.openShop(
      demand: Demand(visitsPerDay: 10),
      servers: (try #require(Catalog.standard.server("1u-2004")), own),
      uplink: try #require(Catalog.standard.uplink("t1")))
    return world
  }

  // Two servers by their plates, a day: 2 · peak · 24 h; the grid of Virginia at 416 g (EPA eGRID, SERC).
  @Test("of one's own machines are their electricity times what the grid stands for")
  func own() throws {
    let start = Moment(year: 2010, month: 3, day: 1)
    var world = try Self.shop(own: 2, at: start)
    _ = try world.run(to: start + .days(1)) { _, _ in }
    let peak = try #require(Catalog.standard.server("1u-2004")).peak.kilowatts
    #expect(abs(world.carbon.own.kilograms - 2 * peak * 24 * 0.416) < 1e-9)
    #expect(world.carbon.rented.kilograms == 0)
  }

  // One core of 2010 idles at 2.2 W, with 0.7 W of the hall for each: 12 h in the first day, 24 h in the
  // second, at 416 g. Ten visits a day keep it busy for less than a hundredth of the time.
  @Test("of rented machines are their cores' share of a hall")
  func rented() throws {
    let start = Moment(year: 2010, month: 3, day: 1)
    var world = try Self.shop(own: 0, at: start)
    _ = try world.run(to: start + .hours(12)) { _, _ in }
    let book = try #require(Catalog.standard.priceBook("aws"))
    try world.rent(try #require(book.instance("m1.small")), of: book, count: 1)
    _ = try world.run(to: start + .days(2)) { _, _ in }
    let idle = 2.2 * 1.7 / 1_000 * 36 * 0.416
    #expect(world.carbon.rented.kilograms >= idle * 0.9999)
    #expect(world.carbon.rented.kilograms < idle * 1.05)
    #expect(world.carbon.own.kilograms == 0)
  }

  // Half an hour a month for a machine: one for two months, another for the second of them, 1.5 machine-months.
  @Test("of one's own count each machine for as long as it was there")
  func hours() throws {
    let start = Moment(year: 2010, month: 3, day: 1)
    var world = try Self.shop(own: 1, at: start)
    let month = TimeSpan.hours(730)
    _ = try world.run(to: start + month) { _, _ in }
    let book = try #require(Catalog.standard.priceBook("aws"))
    try world.rent(try #require(book.instance("m1.small")), of: book, count: 1)
    _ = try world.run(to: start + month + .hours(365)) { _, _ in }
    try world.release("m1.small", count: 1)
    _ = try world.run(to: start + .hours(1_460)) { _, _ in }
    let hours = world.ownHours(in: Window(start, world.now))
    #expect(abs(hours - 0.5 * 2.5) < 1e-9)
  }
}
