import CommandLanguage
import Quantities
import Reports
import WorldModel

extension FactFamily {
  /// What became of the orders once they had come.
  static let orders = FactFamily(
    declarations: [
      FactDeclaration("orders.kept", .gauge, "orders that the store holds"),
      FactDeclaration("orders.lost", .counter, "orders that were lost with their data"),
      FactDeclaration("orders.disks", .gauge, "disks that hold the orders"),
      FactDeclaration(
        "orders.disks.down", .gauge, "disks of them that failed and are not yet full again"),
    ],
    value: { query throws(FactUnavailable) in try query.orderValue() })
}

extension WorldQuery {
  func orderValue() throws(FactUnavailable) -> FactValue {
    guard world.shop != nil else { throw .notYet("there is no shop yet; 'new shop' opens one") }
    let key = fact.declaration.key
    guard key == "orders.lost" else {
      try forNow()
      switch key {
      case "orders.disks": return .count(world.store.scheme.layout.devices)
      case "orders.disks.down": return .count(world.store.disksDown(at: world.now))
      default: return .count(world.ordersKept)
      }
    }
    let stretch = try stretch()
    let losses = world.store.losses.filter { loss in
      guard let stretch else { return true }
      if case .at? = window { return loss.moment < stretch.end }
      // What is lost in the present moment belongs to it.
      return stretch.start <= loss.moment
        && (loss.moment < stretch.end || stretch.end == world.now && loss.moment == world.now)
    }
    return .count(losses.reduce(0) { $0 + $1.orders })
  }
}

extension OrderStore.Scheme {
  /// How orders are kept, in words behind "are".
  var words: String {
    switch self {
    case .single: "on one disk"
    case .mirror: "on two disks that hold the same"
    case .raid5: "on four disks, one of which may fail"
    case .raid6: "on six disks, two of which may fail"
    case .replicas: "on three disks that hold the same"
    }
  }
}
