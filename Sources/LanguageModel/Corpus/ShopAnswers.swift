/// The shop's answers: short, warm, and with the facts that were asked for.
enum ShopAnswers {
  /// The ways to answer an intent; `value` is what the question named in its slot, if it has one.
  static func all(_ intent: ShopIntent, _ value: String?) -> [String] {
    let value = value ?? ""
    switch intent {
    case .sizeHelp: return sizeHelp(value)
    case .priceSize: return priceSize(value)
    case .shippingTime: return shippingTime(value)
    case .hours: return hours(value)
    case .shippingAbroad:
      return [
        "Yes, a parcel to \(value) costs thirty dollars.",
        "Gladly, we send to \(value) for thirty dollars.",
      ]
    case .colour:
      return [
        "Yes, in \(value) too, and a swatch is free.",
        "We have a lovely \(value), and a swatch is free.",
      ]
    case .orderChange:
      return [
        "Of course, just tell us the new \(value).",
        "That is easy, tell us the new \(value).",
      ]
    default: return fixed(intent)
    }
  }

  private static func sizeHelp(_ name: String) -> [String] {
    ShopFacts.sizes.filter { $0.name == name }.flatMap { size in
      [
        "For a \(size.name) take \(size.inches) inches.",
        "A \(size.name) is best with \(size.inches) inches.",
      ]
    }
  }

  private static func priceSize(_ name: String) -> [String] {
    ShopFacts.sizes.filter { $0.name == name }.flatMap { size in
      [
        "The price of a \(size.name) is \(size.dollars) dollars.",
        "A \(size.name) costs \(size.dollars) dollars, ready to use.",
      ]
    }
  }

  private static func shippingTime(_ name: String) -> [String] {
    ShopFacts.places.filter { $0.name == name }.flatMap { place in
      [
        "It reaches \(place.name) in \(place.days) days.",
        "It is in \(place.name) after \(place.days) days.",
      ]
    }
  }

  private static func hours(_ name: String) -> [String] {
    ShopFacts.days.filter { $0.name == name }.flatMap { day in
      [
        "On \(day.name) we are open \(day.hours).",
        "We are open \(day.hours) on \(day.name).",
      ]
    }
  }

  private static func fixed(_ intent: ShopIntent) -> [String] {
    switch intent {
    case .fabricKind:
      [
        "Pure cotton outside, and soft wool inside.",
        "All cotton outside, with soft wool inside.",
      ]
    case .priceDiscount:
      [
        "Two together are always a tenth off.",
        "A tenth off, always, if you take two.",
      ]
    case .payment:
      [
        "Pay by card, by transfer or with a voucher.",
        "By card, by transfer or with a voucher.",
      ]
    case .shippingCost:
      [
        "Postage is nine dollars, wherever it goes here.",
        "We ask nine dollars for postage.",
      ]
    case .orderStatus:
      [
        "It is still on the sewing table.",
        "Still on the sewing table, but nearly done.",
      ]
    case .orderCancel:
      [
        "It is cancelled, and your money comes back.",
        "That is fine, it is cancelled.",
      ]
    case .sendingBack:
      [
        "You have thirty days to return it.",
        "Simply return it within thirty days.",
      ]
    case .repair:
      [
        "We mend our own work for free.",
        "Bring it in, we mend our work for free.",
      ]
    case .care:
      [
        "Wash it cold and dry it flat.",
        "Wash it cold, then let it dry flat.",
      ]
    case .custom:
      [
        "Send us a sketch, and we sew it.",
        "Gladly, send us a sketch to sew from.",
      ]
    case .gift:
      [
        "It comes with a ribbon and a card.",
        "We add a ribbon and a card.",
      ]
    case .thanks:
      [
        "You are very welcome, sleep warm.",
        "It was a pleasure, sleep warm.",
      ]
    default: preconditionFailure("\(intent.rawValue) is answered by its slot")
    }
  }
}
