import Quantities
import Service

extension World {
  /// Orders for each visit that was not lost, so far; the course's shop's share before there are any.
  ///
  /// `Chosen:` three in a hundred, as `Visitors` has it.
  package var ordersPerVisit: Double {
    guard let total = shop?.accounts.total, total.orders > 0 else { return 0.03 }
    return Double(total.orders) / Double(max(1, total.visitsEnded - total.visitsLost))
  }

  /// What an order is worth, so far; the course's shop's mean before there are any.
  ///
  /// `Chosen:` $69, as `Visitors` has it.
  package var salesPerOrder: Money {
    guard let total = shop?.accounts.total, total.orders > 0 else { return .dollars(69) }
    return .dollars(total.revenue.dollars / Double(total.orders))
  }

  /// What the visits that were lost would have left, at the shop's own share of orders.
  package func lostSales(
    visitsLost: Int
  ) -> (orders: Double, sales: Money, earnings: Money) {
    let orders = Double(visitsLost) * ordersPerVisit
    let sales = orders * salesPerOrder.dollars
    return (orders, .dollars(sales), .dollars(sales * World.margin))
  }

  /// The room as its meters would show it now: with what was measured up to this moment.
  ///
  /// Reading changes nothing: it settles a copy.
  package var measuredRoom: MachineRoom? {
    guard machineRoom != nil else { return nil }
    var copy = self
    copy.settleRoom()
    return copy.machineRoom
  }
}
