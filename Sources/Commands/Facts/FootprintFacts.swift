import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

extension FactFamily {
  /// What running everything took beside money: carbon dioxide, and hours of one's own.
  static let footprint = FactFamily(
    declarations: [
      FactDeclaration(
        "carbon.own", .gauge, .kilogram, "carbon dioxide of the electricity of your own machines"),
      FactDeclaration(
        "carbon.rented", .gauge, .kilogram, "the same of rented machines, with their hall"),
      FactDeclaration("carbon.total", .gauge, .kilogram, "both together"),
      FactDeclaration("work.hours", .gauge, "hours of your own that machines and room took"),
    ],
    value: { query throws(FactUnavailable) in try query.footprintValue() })
}

extension WorldQuery {
  func footprintValue() throws(FactUnavailable) -> FactValue {
    let key = fact.declaration.key
    if key == "work.hours", let shop = world.shop {
      let window = try stretch() ?? Service.Window(shop.start, world.now)
      return .quantity(Quantity(world.ownHours(in: window)), .none)
    }
    try forNow()
    let mass =
      switch key {
      case "carbon.own": world.carbon.own
      case "carbon.rented": world.carbon.rented
      case "carbon.total": world.carbon.total
      default: throw .notYet("there is no shop yet")
      }
    return .quantity(Quantity(mass.kilograms, .mass), .kilogram)
  }
}
