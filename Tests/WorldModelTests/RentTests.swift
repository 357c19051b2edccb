import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

@Suite("A shop on rented machines")
struct RentTests {
  private static func book() throws -> PriceBook {
    try #require(Catalog.standard.priceBook("aws"))
  }

  private static func shop(
    own: Int = 0, visits: Double = 4_000, at start: Moment = Moment(year: 2006, month: 9, day: 1)
  ) throws -> World {
    var world = World(seed: 2, start: start, cash: .dollars(20_000))
    world.openShop(
      demand: Demand(visitsPerDay: visits),
      servers: (try #require(Catalog.standard.server("1u-2004")), own),
      uplink: try #require(Catalog.standard.uplink("t1")))
    return world
  }

  private static func small() throws -> InstanceType {
    try #require(try book().instance("m1.small"))
  }

  @Test("gets its pages from them once they have started, and they do get work")
  func serves() throws {
    var world = try Self.shop()
    try world.rent(Self.small(), of: Self.book(), count: 2)
    let boot = TimeSpan.seconds(96.9)
    _ = try world.run(to: world.now + boot - .seconds(1)) { _, _ in }
    #expect(world.shop?.isServerUp(0) == false)
    #expect(world.shop?.accounts.total.requestsAnswered == 0)
    _ = try world.run(to: world.now + .hours(10)) { _, _ in }
    let shop = try #require(world.shop)
    #expect(shop.isServerUp(0) && shop.isServerUp(1))
    #expect(shop.busyTime(ofServer: 0) > .zero && shop.busyTime(ofServer: 1) > .zero)
    let account = shop.accounts.total
    #expect(account.requestsAnswered > 1_000)
    // All of it went over the provider's line.
    #expect(account.dataSent.bytes == 0 && account.dataSentRemotely.bytes > 0)
  }

  // 2006: 720 h for one, 3 h for another that ran 2 h 1 min, and what was sent at 20 cents.
  @Test("pays at the end of the month what the price book says, to the cent")
  func bill() throws {
    var world = try Self.shop(visits: 300)
    try world.rent(Self.small(), of: Self.book(), count: 1)
    _ = try world.run(to: Moment(year: 2006, month: 9, day: 5)) { _, _ in }
    try world.rent(Self.small(), of: Self.book(), count: 1)
    _ = try world.run(to: world.now + .hours(2) + .minutes(1)) { _, _ in }
    try world.release("m1.small", count: 1)
    _ = try world.run(to: Moment(year: 2006, month: 9, day: 30)) { _, _ in }
    #expect(
      world.ledger.spent(on: .cloud, from: world.shop?.start ?? world.now, to: world.now) == .zero)
    _ = try world.run(to: Moment(year: 2006, month: 10, day: 1) + .hours(1)) { _, _ in }
    let gigabytes =
      try #require(world.shop).accounts.account(
        of: Window(Moment(year: 2006, month: 9, day: 1), Moment(year: 2006, month: 10, day: 1))
      ).dataSentRemotely.bytes / 1e9
    let expected = Money.dollars(723 * 0.10) + .dollars(gigabytes * 0.20)
    #expect(gigabytes > 0.1)
    let paid = world.ledger.entries.filter { $0.cause == .cloud }
    #expect(paid.map(\.amount) == [expected])
    #expect(world.account("aws")?.bills.map(\.total) == [expected])
    // No watt of it is on the shop's own meter.
    #expect(
      world.ledger.entries.filter { $0.cause == .electricity }.allSatisfy { $0.amount == .zero })
  }

  @Test("is refused what does not exist yet, and more than the quota")
  func refused() throws {
    var early = try Self.shop(at: Moment(year: 2006, month: 8, day: 1))
    #expect(throws: CloudProblem.notForRent("m1.small")) {
      try early.rent(Self.small(), of: Self.book(), count: 1)
    }
    var world = try Self.shop()
    // 2006: 20 machines, whatever their size.
    #expect(throws: CloudProblem.quota(.machines(20))) {
      try world.rent(Self.small(), of: Self.book(), count: 21)
    }
    #expect(throws: CloudProblem.tooFew("m1.small", present: 0)) {
      try world.release("m1.small", count: 1)
    }
  }

  @Test("scales with its visitors, and is the same in pieces as in one")
  func scales() throws {
    var whole = try Self.shop(visits: 25_000)
    let rule = Autoscaler(target: 0.5, minimum: 1, maximum: 12, cooldown: .minutes(5))
    try whole.scale(rule, size: try Self.small(), of: try Self.book())
    var pieces = whole
    let start = whole.now
    _ = try whole.run(to: start + .hours(20)) { _, _ in }
    for moment in [start + .seconds(1), start + .minutes(61), start + .hours(9) + .seconds(33)] {
      _ = try pieces.run(to: moment) { _, _ in }
    }
    _ = try pieces.run(to: start + .hours(20)) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
    let runs = try #require(whole.account("aws")).usage.runs
    // More in the day than at night, and some were given back.
    #expect(runs.count > 3)
    #expect(whole.machines.count { $0.rental != nil } <= 12)
    // At the end the use is near the target.
    let busy = try #require(
      try whole.shop?.accounts.utilization(
        of: .servers, in: Window(start + .hours(18), start + .hours(20))))
    #expect(busy.mean > 0.3 && busy.mean < 0.6, "\(busy.mean)")
  }

  @Test("loses a machine with the host under it, and a rule starts another")
  func hostFails() throws {
    var world = try Self.shop()
    try world.rent(Self.small(), of: Self.book(), count: 1)
    _ = try world.run(to: world.now + .hours(1)) { _, _ in }
    #expect(try world.failHost() == "m1.small")
    #expect(world.rentedCounts.isEmpty)
    #expect(throws: CloudProblem.noAccount) { try world.failHost() }
    // Its time is over, and billed to the hour that was begun.
    let account = try #require(world.account("aws"))
    #expect(account.usage.runs[0].ended == world.now)
    let rule = Autoscaler(target: 0.6, minimum: 2, maximum: 4, cooldown: .minutes(5))
    try world.scale(rule, size: try Self.small(), of: try Self.book())
    _ = try world.run(to: world.now + .minutes(10)) { _, _ in }
    #expect(world.machines.filter { $0.isUp && $0.rental != nil }.count == 2)
  }

  @Test("can stand beside servers of one's own, each with its line")
  func hybrid() throws {
    var world = try Self.shop(own: 1, visits: 8_000)
    try world.rent(Self.small(), of: Self.book(), count: 1)
    _ = try world.run(to: world.now + .hours(12)) { _, _ in }
    let total = try #require(world.shop).accounts.total
    #expect(total.dataSent.bytes > 0 && total.dataSentRemotely.bytes > 0)
  }
}
