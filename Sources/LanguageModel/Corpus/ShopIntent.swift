/// What a visitor of the quilt shop wants to know.
package enum ShopIntent: String, CaseIterable, Hashable, Sendable {
  case sizeHelp = "size.help"
  case fabricKind = "fabric.kind"
  case colour = "colour"
  case priceSize = "price.size"
  case priceDiscount = "price.discount"
  case payment = "payment"
  case shippingTime = "shipping.time"
  case shippingCost = "shipping.cost"
  case shippingAbroad = "shipping.abroad"
  case orderStatus = "order.status"
  case orderChange = "order.change"
  case orderCancel = "order.cancel"
  case sendingBack = "return"
  case repair = "repair"
  case care = "care"
  case custom = "custom"
  case gift = "gift"
  case hours = "hours"
  case thanks = "thanks"

  /// Those that two-part questions are made of.
  static let topical = allCases.filter { $0 != .thanks }
}
