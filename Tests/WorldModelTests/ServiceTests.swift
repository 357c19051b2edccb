import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

private let start = Moment(year: 2010, month: 12, day: 1)

/// A shop in December 2010, on machines spread over zones, with the provider's book.
private func shop(zones: [Int], count: Int, seed: UInt64 = 5) throws -> (World, PriceBook) {
  var world = World(seed: seed, start: start, cash: .dollars(20_000))
  world.openShop(
    demand: Demand(visitsPerDay: 2_000),
    servers: (try #require(Catalog.standard.server("1u-2004")), 0),
    uplink: try #require(Catalog.standard.uplink("t1")))
  let book = try #require(Catalog.standard.priceBook("aws"))
  if count > 0 {
    try world.rent(
      try #require(book.instance("m1.small")), of: book, count: count, zones: zones)
  }
  return (world, book)
}

@Suite("A managed database")
struct ManagedDatabaseTests {
  private static let noon = start + .hours(12)

  // 270 s from the loss of a zone to the first answer from another, as the book of 2010 has it.
  @Test("with a standby answers again when that has taken over, and a page is lost only until then")
  func standby() throws {
    var (world, book) = try shop(zones: [0, 1], count: 4)
    try world.rentBalancer(of: book)
    try world.rentDatabase(
      try #require(book.database("db.m1.small")), of: book, hasStandby: true)
    _ = try world.run(to: Self.noon) { _, _ in }
    _ = try world.failZone(0, of: "aws", for: .hours(3))
    #expect(world.shop?.isReachable == false)
    _ = try world.run(to: Self.noon + .seconds(270)) { _, _ in }
    #expect(world.shop?.isReachable == false)
    _ = try world.run(to: Self.noon + .seconds(271)) { _, _ in }
    #expect(world.shop?.isReachable == true)
    #expect(world.account("aws")?.database?.zone == 1)
    // The third zone has the standby now, so that the next failure finds one too.
    #expect(world.account("aws")?.database?.standby == 2)
  }

  @Test("without a standby waits for its zone, and has all orders then")
  func alone() throws {
    var (world, book) = try shop(zones: [1, 2], count: 4)
    try world.rentBalancer(of: book)
    try world.rentDatabase(
      try #require(book.database("db.m1.small")), of: book, hasStandby: false)
    _ = try world.run(to: Self.noon) { _, _ in }
    let kept = world.ordersKept
    #expect(kept > 0)
    _ = try world.failZone(0, of: "aws", for: .hours(1))
    _ = try world.run(to: Self.noon + .minutes(59)) { _, _ in }
    #expect(world.shop?.isReachable == false)
    _ = try world.run(to: Self.noon + .minutes(61)) { _, _ in }
    #expect(world.shop?.isReachable == true)
    #expect(world.ordersKept >= kept)
  }

  @Test("loses nothing with a disk or a host, and what was deleted since midnight with a mistake")
  func losses() throws {
    var (world, book) = try shop(zones: [0], count: 2)
    try world.rentDatabase(
      try #require(book.database("db.m1.small")), of: book, hasStandby: false)
    _ = try world.run(to: start + .days(2) + .hours(12)) { _, _ in }
    let kept = world.ordersKept
    #expect(try world.failStorage() == 0)
    _ = try world.failHost()
    #expect(world.ordersKept == kept)
    let today = try #require(world.shop).accounts.account(
      of: Window(start + .days(2), start + .days(2) + .hours(12))
    ).orders
    #expect(today > 0)
    #expect(try world.deleteOrders() == today)
    // Nobody pays a courier for tapes.
    #expect(world.ledger.entries.allSatisfy { $0.cause != .repairs })
  }

  // 744 h in December: 22 cents with the standby, 5 GB at 10 cents.
  @Test("is on the bill by its hours, and for what it keeps")
  func bill() throws {
    var (world, book) = try shop(zones: [0], count: 0)
    try world.rentDatabase(
      try #require(book.database("db.m1.small")), of: book, hasStandby: true)
    _ = try world.run(to: start.adding(months: 1)) { _, _ in }
    #expect(world.account("aws")?.bills.map(\.total) == [.dollars(744 * 0.22 + 5 * 0.10)])
  }
}

@Suite("Services beside machines")
struct CloudServiceTests {
  // 30 days of a balancer from the second day on, ended on the 22nd at 0:30: 20 days and a half hour, 481 h.
  @Test("are billed by begun hours and by what passed through them")
  func balancer() throws {
    var (world, book) = try shop(zones: [0], count: 2)
    _ = try world.run(to: start + .days(1)) { _, _ in }
    let before = try #require(world.shop).accounts.total.dataSentRemotely.bytes
    try world.rentBalancer(of: book)
    #expect(throws: CloudProblem.alreadyThere) { try world.rentBalancer(of: book) }
    _ = try world.run(to: start + .days(21) + .minutes(30)) { _, _ in }
    let passed = try #require(world.shop).accounts.total.dataSentRemotely.bytes - before
    try world.release(.balancer)
    _ = try world.run(to: start + .days(30)) { _, _ in }
    let lines = world.billSoFar(try #require(world.account("aws"))).lines
    #expect(lines.first { $0.item == .balancer }?.quantity == 481)
    let data = try #require(lines.first { $0.item == .balancerData })
    #expect(abs(data.quantity - passed / 1e9) < 1e-12)
    #expect(throws: CloudProblem.notThere) { try world.release(.balancer) }
  }

  // 50 GB for ten days and 20 GB for twenty-one, of 31: 29.677 GB on average, at 14 cents since November 2010.
  @Test("keep gigabytes by the share of the month")
  func kept() throws {
    var (world, book) = try shop(zones: [0], count: 0)
    try world.keep(DataSize(bytes: 50e9), at: book)
    _ = try world.run(to: start + .days(10)) { _, _ in }
    try world.keep(DataSize(bytes: 20e9), at: book)
    _ = try world.run(to: start.adding(months: 2)) { _, _ in }
    let bills = try #require(world.account("aws")?.bills)
    #expect(abs(bills[0].total.dollars - 920 / 31.0 * 0.14) < 1e-5)
    #expect(bills[1].total == .dollars(20 * 0.14))
  }

  @Test("send pictures from elsewhere, and the shop's own line has the rest")
  func delivery() throws {
    var (world, book) = try shop(zones: [0], count: 2)
    try world.rentDelivery(of: book)
    _ = try world.run(to: start + .days(1)) { _, _ in }
    let total = try #require(world.shop).accounts.total
    #expect(total.dataDelivered.bytes > total.dataSentRemotely.bytes)
    let lines = world.billSoFar(try #require(world.account("aws"))).lines
    let line = try #require(lines.first { $0.item == .delivery })
    #expect(abs(line.quantity - total.dataDelivered.bytes / 1e9) < 1e-12)
  }

  @Test("cannot be had before their time")
  func early() throws {
    var world = World(seed: 1, start: Moment(year: 2007, month: 1, day: 1))
    world.openShop(
      demand: Demand(visitsPerDay: 10),
      servers: (try #require(Catalog.standard.server("1u-2004")), 1),
      uplink: try #require(Catalog.standard.uplink("t1")))
    let book = try #require(Catalog.standard.priceBook("aws"))
    #expect(throws: CloudProblem.notForRent("balancer")) { try world.rentBalancer(of: book) }
    #expect(throws: CloudProblem.notForRent("cdn")) { try world.rentDelivery(of: book) }
    #expect(throws: CloudProblem.notForRent("db.m1.small")) {
      try world.rentDatabase(
        try #require(book.database("db.m1.small")), of: book, hasStandby: false)
    }
  }
}

@Suite("Machines of the idle rest")
struct SpotTests {
  // Four a month of 730 h: a day has one with probability 1 − e^(−4·24/730) = 0.1232. Of 3,000 days of pools
  // 370 are expected, with a deviation of 18; five of them are allowed.
  @Test("are asked back as often as the book says")
  func rate() throws {
    let (world, _) = try shop(zones: [0], count: 0)
    var count = 0
    for zone in 0..<3 {
      let pool = SpotPool(provider: "aws", size: "m1.small", zone: zone)
      for day in 0..<1_000 where world.interruption(of: pool, on: (start + .days(day)).date) != nil
      {
        count += 1
      }
    }
    #expect(abs(count - 370) < 90, "\(count)")
  }

  /// A day on which the pool of the first zone is asked back, from a year on.
  private func day(_ world: World, from first: Moment) throws -> Moment {
    let pool = SpotPool(provider: "aws", size: "m1.small", zone: 0)
    return try #require(
      (0..<400).lazy.compactMap { world.interruption(of: pool, on: (first + .days($0)).date) }.first
    )
  }

  @Test("are gone when they are asked back, and those of the usual price stay")
  func taken() throws {
    var (world, book) = try shop(zones: [0], count: 1)
    let size = try #require(book.instance("m1.small"))
    try world.rent(size, of: book, count: 2, isSpot: true)
    let moment = try day(world, from: start)
    _ = try world.run(to: moment) { _, _ in }
    #expect(world.machines.count == 3)
    _ = try world.run(to: moment + .seconds(1)) { _, _ in }
    #expect(world.machines.count == 1 && world.machines[0].rental?.isSpot == false)
    #expect(world.account("aws")?.usage.runs.filter(\.isSpot).map(\.ended) == [moment, moment])
    #expect(world.cloudEvents.last?.what == .taken(count: 2))
  }

  // Since January 2015 they are told two minutes before.
  @Test("are told two minutes before, and a balancer sends nobody there any more")
  func notice() throws {
    let later = Moment(year: 2016, month: 3, day: 1)
    var world = World(seed: 5, start: later)
    world.openShop(
      demand: Demand(visitsPerDay: 20_000),
      servers: (try #require(Catalog.standard.server("1u-2004")), 0),
      uplink: try #require(Catalog.standard.uplink("t1")))
    let book = try #require(Catalog.standard.priceBook("aws"))
    let size = try #require(book.instance("m1.small"))
    try world.rent(size, of: book, count: 3, zones: [1])
    try world.rent(size, of: book, count: 2, isSpot: true)
    try world.rentBalancer(of: book)
    let moment = try day(world, from: later)
    _ = try world.run(to: moment + .seconds(1)) { _, _ in }
    #expect(world.cloudEvents.last?.what == .notice(count: 2, at: moment + .minutes(2)))
    #expect(world.machines.count == 5)
    _ = try world.run(to: moment + .seconds(90)) { _, _ in }
    let refused = try #require(world.shop).accounts.total.requestsRefused
    _ = try world.run(to: moment + .seconds(121)) { _, _ in }
    #expect(world.machines.count == 3)
    // Whatever they had was finished by then.
    let after = try #require(world.shop).accounts.total.requestsRefused
    #expect(after == refused)
  }

  @Test("are the same in pieces as in one, asked back or not")
  func pieces() throws {
    var (whole, book) = try shop(zones: [0], count: 1)
    try whole.rent(
      try #require(book.instance("m1.small")), of: book, count: 2, isSpot: true, zones: [0, 1])
    let moment = try day(whole, from: start)
    var pieces = whole
    _ = try whole.run(to: moment + .days(1)) { _, _ in }
    for stop in [moment - .seconds(1), moment, moment + .seconds(1)] {
      _ = try pieces.run(to: stop) { _, _ in }
    }
    _ = try pieces.run(to: moment + .days(1)) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
  }
}

@Suite("A budget")
struct BudgetTests {
  // One m1.small at 8.5 cents is $2.04 a day, and $32 of it are reached on the 16th day; egress is small.
  @Test("tells once when half, four fifths and all of it are spent, and anew each month")
  func told() throws {
    var (world, _) = try shop(zones: [0], count: 1)
    try world.setBudget(.dollars(32), of: "aws")
    _ = try world.run(to: start.adding(months: 1)) { _, _ in }
    let told = world.cloudEvents.compactMap { event -> (Double, Int)? in
      if case .budget(let share, let bill) = event.what {
        #expect(bill.dollars >= 32 * share)
        return (share, event.moment.date.day)
      }
      return nil
    }
    #expect(told.map(\.0) == [0.5, 0.8, 1])
    #expect(told.map(\.1).sorted() == told.map(\.1) && (told.last?.1 ?? 0) <= 16)
    _ = try world.run(to: start.adding(months: 2)) { _, _ in }
    #expect(world.cloudEvents.count == 6)
  }
}

@Suite("Machines that are kept warm")
struct WarmTests {
  @Test("are there within a minute of being asked for, where others have to start")
  func warm() throws {
    func serving(warm: Int) throws -> Int {
      var (world, book) = try shop(zones: [0], count: 0)
      let rule = Autoscaler(
        target: 0.6, minimum: 1, maximum: 10, cooldown: .minutes(1),
        schedule: .init(from: 9, to: 10, count: 5))
      try world.scale(
        rule, size: try #require(book.instance("m1.small")), of: book, warm: warm)
      _ = try world.run(to: start + .hours(9) + .seconds(70)) { _, _ in }
      return world.machines.count { $0.isUp }
    }
    // A start takes 97 s.
    #expect(try serving(warm: 0) == 1)
    #expect(try serving(warm: 4) == 5)
  }

  @Test("are paid like the others, and get no page")
  func paid() throws {
    var (world, book) = try shop(zones: [0], count: 0)
    let rule = Autoscaler(target: 0.9, minimum: 1, maximum: 1, cooldown: .minutes(1))
    try world.scale(rule, size: try #require(book.instance("m1.small")), of: book, warm: 2)
    _ = try world.run(to: start + .days(1)) { _, _ in }
    #expect(world.machines.count == 3)
    let waiting = world.machines.indices.filter { world.machines[$0].rental?.isWarm ?? false }
    #expect(waiting.count == 2)
    let busy = try #require(world.shop?.busyTimes)
    for index in waiting { #expect(busy[index] == .zero) }
    let hours = world.billSoFar(try #require(world.account("aws"))).lines[0].quantity
    #expect(hours == 72)
  }
}

@Suite("A busy neighbor")
struct NeighborTests {
  // Half of the cores for two hours of one machine alone: it does in each second half of what it did.
  @Test("takes cores for as long as it lasts, and no longer")
  func disturbs() throws {
    var (world, _) = try shop(zones: [0], count: 1)
    _ = try world.run(to: start + .hours(10)) { _, _ in }
    _ = try world.disturb(share: 0.5, for: .hours(2))
    #expect(world.shop?.pace(ofServer: 0) == 0.5)
    _ = try world.run(to: start + .hours(12)) { _, _ in }
    #expect(world.shop?.pace(ofServer: 0) == 0.5)
    _ = try world.run(to: start + .hours(12) + .seconds(1)) { _, _ in }
    #expect(world.shop?.pace(ofServer: 0) == 1)
  }

  @Test("makes pages slower, and is the same in pieces as in one")
  func pieces() throws {
    var (quiet, _) = try shop(zones: [0], count: 1)
    _ = try quiet.run(to: start + .hours(10)) { _, _ in }
    var whole = quiet
    _ = try whole.disturb(share: 0.6, for: .minutes(90))
    var pieces = whole
    let end = start + .hours(13)
    _ = try quiet.run(to: end) { _, _ in }
    _ = try whole.run(to: end) { _, _ in }
    for minutes in [29, 90, 91] {
      _ = try pieces.run(to: start + .hours(10) + .minutes(minutes)) { _, _ in }
    }
    _ = try pieces.run(to: end) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
    func slowest(_ world: World) throws -> TimeSpan {
      let shop = try #require(world.shop)
      let window = Window(start + .hours(10), start + .minutes(690))
      return try #require(try shop.accounts.responses(in: window).percentile(0.99))
    }
    let (before, during) = (try slowest(quiet), try slowest(whole))
    #expect(during > before)
  }
}
