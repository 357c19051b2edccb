import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

/// People of a provider who answer questions, and what they are paid.
@Suite("Support")
struct SupportTests {
  private static func book() throws -> PriceBook {
    try #require(Catalog.standard.priceBook("aws"))
  }

  private static func plan(_ id: String) throws -> SupportPlan {
    try #require(try book().supportPlan(id))
  }

  /// A shop with one machine of 2012 on which nobody calls, so that its bill is that of the machine.
  private static func world() throws -> World {
    var world = World(
      seed: 2, start: Moment(year: 2012, month: 9, day: 28), cash: .dollars(20_000))
    world.openShop(
      demand: Demand(visitsPerDay: 1e-6),
      servers: (try #require(Catalog.standard.server("1u-2004")), 0),
      uplink: try #require(Catalog.standard.uplink("t1")))
    try world.rent(try #require(try book().instance("m1.small")), of: book(), count: 1)
    return world
  }

  // Hours at 8 cents: 72 in September, 744 in October; 720 at 6.5 in November. Support is $49 and $100.
  @Test("is on the bill of each month in which it runs, whole, and on none after")
  func bills() throws {
    var world = try Self.world()
    _ = try world.run(to: Moment(year: 2012, month: 9, day: 29)) { _, _ in }
    try world.rentSupport(Self.plan("developer"), of: Self.book())
    #expect(throws: CloudProblem.alreadyThere) {
      try world.rentSupport(Self.plan("business"), of: Self.book())
    }
    _ = try world.run(to: Moment(year: 2012, month: 10, day: 3)) { _, _ in }
    try world.release(.support)
    try world.rentSupport(Self.plan("business"), of: Self.book())
    _ = try world.run(to: Moment(year: 2012, month: 10, day: 31)) { _, _ in }
    try world.release(.support)
    #expect(throws: CloudProblem.notThere) { try world.release(.support) }
    _ = try world.run(to: Moment(year: 2012, month: 12, day: 1) + .hours(1)) { _, _ in }
    let expected = [72 * 0.08 + 49, 744 * 0.08 + 49 + 100, 720 * 0.065]
    let bills = try #require(world.account("aws")).bills
    #expect(bills.map(\.total) == expected.map { .dollars($0) })
    let paid = world.ledger.entries.filter { $0.cause == .cloud }
    #expect(paid.map(\.amount) == bills.map(\.total))
  }

  @Test("is the same in pieces as in one")
  func pieces() throws {
    var whole = try Self.world()
    try whole.rentSupport(Self.plan("business"), of: Self.book())
    var pieces = whole
    let end = Moment(year: 2012, month: 10, day: 3) + .hours(7)
    _ = try whole.run(to: end) { _, _ in }
    for moment in [
      Moment(year: 2012, month: 9, day: 30) + .seconds(11),
      Moment(year: 2012, month: 10, day: 1), Moment(year: 2012, month: 10, day: 1) + .seconds(1),
    ] {
      _ = try pieces.run(to: moment) { _, _ in }
    }
    _ = try pieces.run(to: end) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
    #expect(whole.account("aws")?.supportPlan == "business")
  }

  @Test("cannot be had before its first day, or behind its last")
  func days() throws {
    var world = try Self.world()
    #expect(throws: CloudProblem.notForRent("gold")) {
      try world.rentSupport(Self.plan("gold"), of: Self.book())
    }
  }
}
