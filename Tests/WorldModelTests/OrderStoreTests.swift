import Catalogs
import Quantities
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
    store.scheme = .mirror
    #expect(store.diskFailed(at: noon, counted: 40) == 0)
    var later = store
    #expect(later.diskFailed(at: noon + .hours(25), counted: 50) == 0)
    #expect(store.diskFailed(at: noon + .hours(5), counted: 50) == 50)
  }

  @Test("is gone after a mistake, mirror or not, but for what was copied")
  func deletion() {
    for scheme in OrderStore.Scheme.allCases {
      var bare = OrderStore()
      bare.scheme = scheme
      #expect(bare.lose(at: noon, counted: 40, cause: .deletion) == 40)
      var copied = OrderStore()
      copied.scheme = scheme
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
      servers: (try #require(Catalog.server("1u-2004")), 1),
      uplink: try #require(Catalog.uplink("t1")))
    try world.setBackup(.nightly)
    _ = try world.run(to: noon + .hours(24)) { _, _ in }
    let accounts = try #require(world.shop).accounts
    let today = try accounts.account(of: Window(noon + .hours(12), noon + .hours(24))).orders
    #expect(today > 0)
    #expect(try world.deleteOrders() == today)
    #expect(world.ordersKept == accounts.total.orders - today)
  }
}
