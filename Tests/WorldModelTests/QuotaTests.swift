import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

/// What a new customer may run at once.
@Suite("A quota")
struct QuotaTests {
  private static func shop(at start: Moment) throws -> World {
    var world = World(seed: 2, start: start, cash: .dollars(20_000))
    world.openShop(
      demand: Demand(visitsPerDay: 300),
      servers: (try #require(Catalog.standard.server("1u-2004")), 0),
      uplink: try #require(Catalog.standard.uplink("t1")))
    return world
  }

  private static func size(_ id: String, of provider: String) throws -> (PriceBook, InstanceType) {
    let book = try #require(Catalog.standard.priceBook(provider))
    return (book, try #require(book.instance(id)))
  }

  // Two cores each: 16 of them are 32 cores, the first are 20 machines of one core.
  @Test(
    "counts machines at first and cores later, as the provider's book has it",
    arguments: [
      ("aws", "m1.small", 2010, 20, Quota.machines(20)),
      ("aws", "m4.large", 2016, 20, .machines(20)),
      ("aws", "m5.large", 2021, 16, .cores(32)), ("azure", "small", 2011, 20, .cores(20)),
      ("google", "n1-standard-1", 2015, 24, .cores(24)),
      ("google", "n1-standard-4", 2015, 6, .cores(24)),
    ])
  func counts(provider: String, id: String, year: Int, most: Int, quota: Quota) throws {
    var world = try Self.shop(at: Moment(year: year, month: 6, day: 1))
    let (book, size) = try Self.size(id, of: provider)
    #expect(throws: CloudProblem.quota(quota)) { try world.rent(size, of: book, count: most + 1) }
    try world.rent(size, of: book, count: most)
    #expect(throws: CloudProblem.quota(quota)) { try world.rent(size, of: book, count: 1) }
    #expect(world.machines.count == most)
    try world.release(id, count: 1)
    try world.rent(size, of: book, count: 1)
  }

  // 4 cores each, 24 in all.
  @Test("bounds what a rule starts, too")
  func boundsRules() throws {
    var world = try Self.shop(at: Moment(year: 2015, month: 6, day: 1))
    let (book, size) = try Self.size("n1-standard-4", of: "google")
    let rule = Autoscaler(target: 0.5, minimum: 9, maximum: 12, cooldown: .minutes(5))
    try world.scale(rule, size: size, of: book)
    _ = try world.run(to: world.now + .minutes(30)) { _, _ in }
    #expect(world.machines.count { $0.rental != nil } == 6)
  }

  @Test("binds nobody where a book has none")
  func none() throws {
    var world = try Self.shop(at: Moment(year: 2010, month: 6, day: 1))
    var (book, size) = try Self.size("m1.small", of: "aws")
    book.quota = []
    size.cores = 64
    try world.rent(size, of: book, count: 40)
    #expect(world.machines.count == 40)
  }
}
