import Catalogs
import Facility
import Quantities
import Service

extension World {
  /// All orders that ever came.
  var ordersSoFar: Int { shop?.accounts.total.orders ?? 0 }

  /// How many orders the store holds.
  package var ordersKept: Int { store.kept(counted: ordersSoFar) }

  /// Keeps the orders in another way from now on; more disks cost their price.
  /// - Returns: what was paid.
  /// - Throws: `noShop`, `tooLittleCash`.
  package mutating func setStorage(_ scheme: OrderStore.Scheme) throws(WorldProblem) -> Money {
    guard shop != nil else { throw .noShop }
    let more = max(0, scheme.layout.devices - store.scheme.layout.devices)
    let price = World.diskPrice(at: now) * more
    if more > 0 { try pay(price, .plant) }
    store.setScheme(scheme)
    machineRoom?.countStorage(scheme, at: now)
    shop?.follow(store)
    return price
  }

  /// Makes copies every night from now on, or no longer.
  /// - Throws: `noShop`.
  package mutating func setBackup(_ backup: OrderStore.Backup) throws(WorldProblem) {
    guard shop != nil else { throw .noShop }
    store.backup = backup
  }

  /// Deletes the orders by mistake: every disk obeys.
  /// - Returns: how many orders are gone for good.
  /// - Throws: `noShop`.
  package mutating func deleteOrders() throws(WorldProblem) -> Int {
    guard shop != nil else { throw .noShop }
    let lost = store.lose(at: now, counted: ordersSoFar, cause: .deletion)
    shop?.follow(store)
    return lost
  }

  /// Breaks a disk on which the orders are; a new one is paid for.
  /// - Returns: how many orders are gone for good.
  /// - Throws: `noShop`.
  package mutating func failStorage() throws(WorldProblem) -> Int {
    guard shop != nil else { throw .noShop }
    let lost = store.diskFailed(at: now, counted: ordersSoFar)
    guard !store.isManaged else { return 0 }
    ledger.post(World.diskPrice(at: now), .repairs, at: now)
    shop?.follow(store)
    return lost
  }

  /// Ends what is over in the store, and lets the shop follow.
  mutating func settleStore() {
    guard !store.rebuilds.isEmpty || store.closedUntil != nil else { return }
    store.settle(at: now)
    shop?.follow(store)
  }

  /// What a disk costs.
  static func diskPrice(at moment: Moment) -> Money {
    guard let disk = Catalog.standard.parts.first(where: { $0.component == .disk }) else {
      preconditionFailure("a catalog without disks")
    }
    return disk.price(at: moment)
  }
}
