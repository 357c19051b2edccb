import Catalogs
import Facility
import Quantities
import Randomness
import Service
import Testing

@testable import WorldModel

@Suite("The store of orders")
struct OrderStoreTests {
  private let noon = Moment(year: 2005, month: 10, day: 4) + .hours(12)

  @Test("loses everything with its one disk")
  func single() {
    var store = OrderStore()
    #expect(store.diskFailed(at: noon, counted: 40) == 40)
    #expect(store.kept(counted: 45) == 5)
  }

  @Test("outlives a disk with a mirror, and loses everything with the second within a day")
  func mirror() {
    var store = OrderStore()
    store.setScheme(.mirror)
    #expect(store.diskFailed(at: noon, counted: 40) == 0)
    var later = store
    #expect(later.diskFailed(at: noon + .hours(25), counted: 50) == 0)
    #expect(store.diskFailed(at: noon + .hours(5), counted: 50) == 50)
  }

  @Test(
    "outlives as many disks as its scheme says, and no more", arguments: OrderStore.Scheme.allCases)
  func tolerated(scheme: OrderStore.Scheme) {
    var store = OrderStore()
    store.setScheme(scheme)
    for count in 0..<scheme.layout.tolerated {
      #expect(store.diskFailed(at: noon + .hours(count), counted: 40) == 0)
      #expect(store.disksDown(at: noon + .hours(count)) == count + 1)
    }
    // A day later all are full again.
    var later = store
    let healed = later.diskFailed(at: noon + .hours(50), counted: 40)
    #expect(healed == (scheme == .single ? 40 : 0))
    #expect(store.diskFailed(at: noon + .hours(10), counted: 40) == 40)
  }

  // Two disks, each failing λ times a year, and a day until one is whole again: data are lost
  // 2λ (1 − e^(−λT)) times in a year of whole mirrors.
  @Test("loses a mirror as often as the law says")
  func mirrorLaw() {
    let perYear = 12.0
    let day = (OrderStore.replacement + OrderStore.filling).seconds / 31_557_600
    var store = OrderStore()
    store.setScheme(.mirror)
    let stream = RandomStream(seed: 5, name: "mirror law").entity(0)
    var (years, losses, draw) = (0.0, 0, 0)
    // Of a mirror that is whole, the first of two fails; of one that is not, the other may.
    while losses < 150 {
      years += stream.exponential(draw) / (2 * perYear)
      let first = noon + .seconds(years * 31_557_600)
      _ = store.diskFailed(at: first, counted: 0)
      let other = stream.exponential(draw + 1) / perYear
      draw += 2
      if other < day {
        years += other
        _ = store.diskFailed(at: first + .seconds(other * 31_557_600), counted: 0)
        losses += 1
      } else {
        years += day
      }
    }
    #expect(store.losses.count == losses)
    let up = 1 / (2 * perYear)
    let chance = 1 - Portable.exp(-perYear * day)
    let expected = years * chance / (up + day)
    #expect(
      PoissonBand(mean: expected, confidence: 0.99).contains(losses), "\(losses) of \(expected)")
  }

  private func shop(visits: Double = 4_000) throws -> World {
    var world = World(seed: 3, start: noon - .hours(2), cash: .dollars(20_000))
    world.openShop(
      demand: Demand(visitsPerDay: visits),
      servers: (try #require(Catalog.standard.server("1u-2004")), 3),
      uplink: try #require(Catalog.standard.uplink("t3")))
    return world
  }

  @Test("leaves pages seven tenths of the disk while a new one is filled, for four hours")
  func filling() throws {
    var world = try shop(visits: 15_000)
    let paid = try world.setStorage(.raid5)
    // Three disks more.
    #expect(paid == .dollars(750))
    _ = try world.run(to: noon) { _, _ in }
    #expect(try world.failStorage() == 0)
    let comes = noon + OrderStore.replacement
    func diskTime(_ start: Moment, _ end: Moment) throws -> (busy: Double, pages: Int) {
      let account = try #require(world.shop).accounts.account(of: Window(start, end))
      let range = try #require(
        try world.shop?.accounts.utilization(of: .disk, in: Window(start, end)))
      return (range.mean * (end - start).seconds, account.requestsAnswered)
    }
    _ = try world.run(to: comes) { _, _ in }
    #expect(world.shop?.diskPace == 1)
    _ = try world.run(to: comes + .hours(1)) { _, _ in }
    #expect(world.shop?.diskPace == 0.7)
    let before = try diskTime(comes - .hours(1), comes)
    let during = try diskTime(comes, comes + .hours(1))
    let ratio = (during.busy / Double(during.pages)) / (before.busy / Double(before.pages))
    #expect(abs(ratio - 1 / 0.7) < 0.05, "\(ratio)")
    _ = try world.run(to: comes + .hours(5)) { _, _ in }
    #expect(world.shop?.diskPace == 1)
    #expect(world.store.rebuilds == [])
  }

  @Test("refuses all pages while a copy is put back, and none after")
  func restore() throws {
    var world = try shop()
    try world.setBackup(.nightly)
    _ = try world.run(to: noon + .days(1)) { _, _ in }
    _ = try world.deleteOrders()
    let began = world.now
    _ = try world.run(to: began + .hours(6)) { _, _ in }
    let accounts = try #require(world.shop).accounts
    let closed = try accounts.account(of: Window(began + .minutes(1), began + .hours(4)))
    #expect(closed.requestsAnswered == 0 && closed.requestsRefused == closed.requests)
    let open = try accounts.account(of: Window(began + .hours(4) + .minutes(5), began + .hours(6)))
    #expect(open.requestsRefused == 0 && open.requestsAnswered > 0)
  }

  @Test("is the same in pieces as in one, in a room and without", arguments: [false, true])
  func pieces(hasRoom: Bool) throws {
    var whole = try shop(visits: 2_000)
    if hasRoom {
      whole.haveRoom(site: try #require(Catalog.standard.site("washington")), isFurnished: true)
    }
    _ = try whole.setStorage(.mirror)
    _ = try whole.failStorage()
    var pieces = whole
    let comes = whole.now + OrderStore.replacement
    let end = comes + .hours(5)
    _ = try whole.run(to: end) { _, _ in }
    for moment in [comes - .seconds(1), comes, comes + .seconds(3_601), comes + .hours(4), end] {
      _ = try pieces.run(to: moment) { _, _ in }
    }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
  }

  @Test("is gone after a mistake, mirror or not, but for what was copied")
  func deletion() {
    for scheme in OrderStore.Scheme.allCases {
      var bare = OrderStore()
      bare.setScheme(scheme)
      #expect(bare.lose(at: noon, counted: 40, cause: .deletion) == 40)
      var copied = OrderStore()
      copied.setScheme(scheme)
      copied.backup = .nightly
      copied.makeBackup(at: noon - .hours(12), counted: 30)
      #expect(copied.lose(at: noon, counted: 40, cause: .deletion) == 10)
      #expect(copied.kept(counted: 42) == 32)
      // Twice in a day: the same copy is put back again.
      #expect(copied.lose(at: noon + .hours(1), counted: 42, cause: .deletion) == 2)
    }
  }

  @Test("loses at most a day's orders with a copy every night, in the shop")
  func inTheShop() throws {
    var world = World(seed: 3, start: noon - .hours(12))
    world.openShop(
      demand: Demand(visitsPerDay: 2_000),
      servers: (try #require(Catalog.standard.server("1u-2004")), 1),
      uplink: try #require(Catalog.standard.uplink("t1")))
    try world.setBackup(.nightly)
    _ = try world.run(to: noon + .hours(24)) { _, _ in }
    let accounts = try #require(world.shop).accounts
    let today = try accounts.account(of: Window(noon + .hours(12), noon + .hours(24))).orders
    #expect(today > 0)
    #expect(try world.deleteOrders() == today)
    #expect(world.ordersKept == accounts.total.orders - today)
  }
}
