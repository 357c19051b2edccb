import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

/// A shop on rented machines alone.
private func shop(
  at start: Moment, zones: [Int], count: Int, size id: String, visits: Double = 2_000
) throws -> World {
  var world = World(seed: 3, start: start, cash: .dollars(20_000))
  world.openShop(
    demand: Demand(visitsPerDay: visits),
    servers: (try #require(Catalog.standard.server("1u-2004")), 0),
    uplink: try #require(Catalog.standard.uplink("t1")))
  let book = try #require(Catalog.standard.priceBook("aws"))
  try world.rent(try #require(book.instance(id)), of: book, count: count, zones: zones)
  return world
}

private let december = Moment(year: 2019, month: 12, day: 1)

@Suite("What a provider promised")
struct AgreementTests {
  /// Two machines in two zones in December 2019, both zones down for a while at noon of the 10th.
  private func bill(down: TimeSpan, zones: [Int] = [0, 1]) throws -> (CloudBill, uptime: Double) {
    var world = try shop(at: december, zones: [0, 1], count: 2, size: "m5.large", visits: 20)
    _ = try world.run(to: december + .days(9) + .hours(12)) { _, _ in }
    for zone in zones { _ = try world.failZone(zone, of: "aws", for: down) }
    _ = try world.run(to: december + .days(31) - .hours(1)) { _, _ in }
    let account = try #require(world.account("aws"))
    let agreement = Catalog.standard.priceBook("aws")?.agreement.at(world.now)?.value
    let uptime = world.uptime(account, agreement, until: december + .days(31))
    _ = try world.run(to: december + .days(31)) { _, _ in }
    return (try #require(world.account("aws")?.bills.last), uptime)
  }

  // 744 h in the month. Two hours are 0.269 % of it, so 99.73 % were up: a tenth is given back below 99.99 %.
  @Test("is paid for when more than one zone was down, as the arithmetic has it")
  func tenth() throws {
    let (bill, uptime) = try bill(down: .hours(2))
    #expect(abs(uptime - (1 - 2 / 744.0)) < 1e-12)
    let whole = bill.total + bill.credit
    // 2 machines · 744 h · $0.096, and a little egress.
    #expect(whole >= .dollars(2 * 744 * 0.096) && whole < .dollars(2 * 744 * 0.096 + 1))
    #expect(abs(bill.credit.dollars - whole.dollars * 0.1) < 1e-6)
  }

  // Four minutes are 0.009 %: 99.991 % were up, more than was promised.
  @Test("covers four minutes a month")
  func fourMinutes() throws {
    let (bill, uptime) = try bill(down: .minutes(4))
    #expect(uptime > 0.9999)
    #expect(bill.credit == .zero)
  }

  // Eight hours are 1.075 %: 98.92 % were up, and three tenths are given back below 99 %.
  @Test("gives more back for a longer outage")
  func threeTenths() throws {
    let (bill, _) = try bill(down: .hours(8))
    #expect(abs(bill.credit.dollars - (bill.total + bill.credit).dollars * 0.3) < 1e-6)
  }

  @Test("says nothing of a single zone, however long it is down")
  func oneZone() throws {
    let (bill, uptime) = try bill(down: .hours(48), zones: [0])
    #expect(uptime == 1)
    #expect(bill.credit == .zero)
  }

  // 99.95 % of a year: 4.38 h. Five hours in June 2009 are beyond it, and are paid for once.
  @Test("of 2008 looked at the whole year, and paid once for an outage")
  func year() throws {
    let june = Moment(year: 2009, month: 6, day: 1)
    var world = try shop(at: june, zones: [0, 1], count: 2, size: "m1.small", visits: 20)
    _ = try world.run(to: june + .days(3)) { _, _ in }
    for zone in [0, 1] { _ = try world.failZone(zone, of: "aws", for: .hours(5)) }
    _ = try world.run(to: june.adding(months: 3)) { _, _ in }
    let bills = try #require(world.account("aws")?.bills)
    let whole = bills[0].total + bills[0].credit
    #expect(abs(bills[0].credit.dollars - whole.dollars * 0.1) < 1e-6)
    #expect(bills.map(\.credit).dropFirst().allSatisfy { $0 == .zero })
  }
}

@Suite("A zone that is down")
struct ZoneTests {
  private static let noon = december + .hours(12)

  @Test("takes the machines in it down until it is back and they have started anew")
  func down() throws {
    var world = try shop(at: december, zones: [0, 1], count: 4, size: "m5.large")
    _ = try world.run(to: Self.noon) { _, _ in }
    let hit = try world.failZone(1, of: "aws", for: .hours(1))
    #expect(hit == 2)
    #expect(world.machines.map(\.isUp) == [true, false, true, false])
    let boot = try #require(
      Catalog.standard.priceBook("aws")?.boot.at(Self.noon)?.value)
    _ = try world.run(to: Self.noon + .hours(1) + boot - .seconds(1)) { _, _ in }
    #expect(world.machines.map(\.isUp) == [true, false, true, false])
    _ = try world.run(to: Self.noon + .hours(1) + boot + .seconds(1)) { _, _ in }
    #expect(world.machines.filter { !$0.isUp }.isEmpty)
    #expect(throws: CloudProblem.noZone(present: 3)) {
      try world.failZone(3, of: "aws", for: .hours(1))
    }
  }

  @Test("loses nobody who came in by a balancer, as long as the orders are elsewhere")
  func balancer() throws {
    var world = try shop(at: december, zones: [0, 1], count: 4, size: "m5.large")
    try world.rentBalancer(of: try #require(Catalog.standard.priceBook("aws")))
    _ = try world.run(to: Self.noon) { _, _ in }
    _ = try world.failZone(1, of: "aws", for: .hours(1))
    let lost = try #require(world.shop).accounts.total.visitsLost
    _ = try world.run(to: Self.noon + .hours(2)) { _, _ in }
    // Pages that were under way in it are asked for once more, and then found elsewhere.
    let after = try #require(world.shop).accounts.total.visitsLost
    #expect(after == lost)
  }

  @Test("closes the shop for ten minutes if the way in stood in it, and as long as the orders did")
  func entrance() throws {
    var world = try shop(at: december, zones: [0, 1], count: 4, size: "m5.large")
    _ = try world.run(to: Self.noon) { _, _ in }
    #expect(world.entrance?.door == 1 && world.entrance?.orders == 1)
    // The machine with the way in and the orders stands in the first zone.
    _ = try world.failZone(0, of: "aws", for: .hours(1))
    #expect(world.shop?.isReachable == false)
    _ = try world.run(to: Self.noon + .minutes(11)) { _, _ in }
    // Another is the way in by now; the orders are out of reach still.
    #expect(world.entrance?.opens == nil && world.entrance?.door == 2)
    #expect(world.shop?.isReachable == false)
    _ = try world.run(to: Self.noon + .hours(2)) { _, _ in }
    #expect(world.shop?.isReachable == true)
  }

  @Test("is the same in pieces as in one")
  func pieces() throws {
    var whole = try shop(at: december, zones: [0, 1], count: 3, size: "m5.large")
    _ = try whole.run(to: Self.noon) { _, _ in }
    _ = try whole.failZone(0, of: "aws", for: .minutes(50))
    var pieces = whole
    _ = try whole.run(to: Self.noon + .hours(3)) { _, _ in }
    for minutes in [9, 10, 31, 50, 52, 100] {
      _ = try pieces.run(to: Self.noon + .minutes(minutes)) { _, _ in }
    }
    _ = try pieces.run(to: Self.noon + .hours(3)) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
  }

  @Test("is left by a rule, which starts machines where there is power")
  func rule() throws {
    var world = try shop(at: december, zones: [0, 1], count: 4, size: "m5.large")
    let book = try #require(Catalog.standard.priceBook("aws"))
    try world.rentBalancer(of: book)
    try world.scale(
      Autoscaler(target: 0.6, minimum: 4, maximum: 8, cooldown: .minutes(5)),
      size: try #require(book.instance("m5.large")), of: book, zones: 2)
    _ = try world.run(to: Self.noon) { _, _ in }
    _ = try world.failZone(1, of: "aws", for: .hours(5))
    _ = try world.run(to: Self.noon + .minutes(10)) { _, _ in }
    #expect(world.machines.count { $0.isUp } == 4)
    #expect(world.machines.allSatisfy { $0.rental?.zone == 0 || !$0.isUp })
  }
}

@Suite("A rule whose zone is down")
struct LostZoneTests {
  // Machines 3 and 4 came last and stand in the first zone; machine 4 has the orders.
  @Test("gives up what stands there, but never the machine with the orders, whichever came last")
  func keepsOrders() throws {
    var world = try shop(at: december, zones: [1, 1, 0, 0], count: 4, size: "m5.large")
    let book = try #require(Catalog.standard.priceBook("aws"))
    try world.rentBalancer(of: book)
    _ = try world.run(to: december + .hours(1)) { _, _ in }
    world.entrance?.orders = 4
    try world.scale(
      Autoscaler(target: 0.6, minimum: 4, maximum: 8, cooldown: .minutes(5)),
      size: try #require(book.instance("m5.large")), of: book, zones: 2)
    _ = try world.failZone(0, of: "aws", for: .hours(5))
    _ = try world.run(to: december + .hours(1) + .minutes(10)) { _, _ in }
    // Two were started in the other zone; one was given up for the first of them, and 4 stays.
    #expect(world.machines.map(\.number) == [1, 2, 4, 5, 6])
    #expect(world.machines.count { $0.isUp } == 4)
  }
}

@Suite("A zone that is planned to go down")
struct PlannedOutageTests {
  @Test("goes down at its time, wherever the run was cut")
  func planned() throws {
    var whole = try shop(at: december, zones: [0, 1], count: 3, size: "m5.large")
    let noon = december + .hours(12)
    try whole.planOutage(1, of: "aws", at: noon, for: .hours(1))
    var pieces = whole
    _ = try whole.run(to: noon + .minutes(5)) { _, _ in }
    #expect(whole.machines.map(\.isUp) == [true, false, true])
    for moment in [noon - .seconds(1), noon, noon + .seconds(1)] {
      _ = try pieces.run(to: moment) { _, _ in }
    }
    _ = try pieces.run(to: noon + .minutes(5)) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
  }

  @Test("is the one with most machines, where none is named")
  func busiest() throws {
    var world = try shop(at: december, zones: [2, 2, 0], count: 3, size: "m5.large")
    try world.planOutage(nil, of: "aws", at: december + .hours(2), for: .hours(1))
    _ = try world.run(to: december + .hours(3) - .seconds(1)) { _, _ in }
    #expect(world.account("aws")?.outages.map(\.zone) == [2])
    #expect(throws: CloudProblem.noZone(present: 3)) {
      try world.planOutage(7, of: "aws", at: world.now, for: .hours(1))
    }
  }
}
