import Catalogs
import Quantities
import Service

extension World {
  /// All orders that ever came.
  var ordersSoFar: Int { shop?.accounts.total.orders ?? 0 }

  /// How many orders the store holds.
  package var ordersKept: Int { store.kept(counted: ordersSoFar) }

  /// Keeps the orders in another way from now on; a second disk costs its price.
  /// - Throws: `noShop`, `tooLittleCash`.
  package mutating func setStorage(_ scheme: OrderStore.Scheme) throws(WorldProblem) {
    guard shop != nil else { throw .noShop }
    if scheme == .mirror, store.scheme == .single,
      let disk = Catalog.parts.first(where: { $0.component == .disk })
    {
      try pay(disk.price(at: now), .plant)
    }
    store.scheme = scheme
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
    return store.lose(at: now, counted: ordersSoFar, cause: .deletion)
  }

  /// Breaks a disk on which the orders are.
  /// - Returns: how many orders are gone for good.
  /// - Throws: `noShop`.
  package mutating func failStorage() throws(WorldProblem) -> Int {
    guard shop != nil else { throw .noShop }
    return store.diskFailed(at: now, counted: ordersSoFar)
  }
}
