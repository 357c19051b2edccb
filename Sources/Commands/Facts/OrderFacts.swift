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
    ],
    value: { query throws(FactUnavailable) in try query.orderValue() })
}

extension WorldQuery {
  func orderValue() throws(FactUnavailable) -> FactValue {
    guard world.shop != nil else { throw .notYet("there is no shop yet; 'new shop' opens one") }
    guard fact.declaration.key == "orders.lost" else {
      guard window == nil else {
        throw .never(
          code: "no-window", message: "'orders.kept' is known for now only.",
          help: "Write it without a window.")
      }
      return .count(world.ordersKept)
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
