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
        "Yes, we send quilts to \(value). It takes two weeks and costs thirty dollars.",
        "Gladly. A parcel to \(value) takes two weeks and costs thirty dollars.",
      ]
    case .colour:
      return [
        "Yes, we sew it in \(value) too. Ask for a swatch and see the shade at home.",
        "We have a lovely \(value). A swatch is free, so you can see the shade at home.",
      ]
    case .orderChange:
      return [
        "Of course. Send us the order number and the new \(value), and we change it today.",
        "That is easy. We change the \(value) today if you send us the order number.",
      ]
    default: return fixed(intent)
    }
  }

  private static func sizeHelp(_ name: String) -> [String] {
    ShopFacts.sizes.filter { $0.name == name }.flatMap { size in
      [
        "For a \(size.name) take the quilt of \(size.inches) inches. It hangs down nicely.",
        "The one of \(size.inches) inches fits a \(size.name) best and hangs down nicely.",
      ]
    }
  }

  private static func priceSize(_ name: String) -> [String] {
    ShopFacts.sizes.filter { $0.name == name }.flatMap { size in
      [
        "The price of a \(size.name) quilt is \(size.dollars) dollars, washed and ready to use.",
        "A \(size.name) quilt is \(size.dollars) dollars, washed and ready to use.",
      ]
    }
  }

  private static func shippingTime(_ name: String) -> [String] {
    ShopFacts.places.filter { $0.name == name }.flatMap { place in
      [
        "A parcel reaches \(place.name) in \(place.days) working days.",
        "It is in \(place.name) after \(place.days) working days, often sooner.",
      ]
    }
  }

  private static func hours(_ name: String) -> [String] {
    ShopFacts.days.filter { $0.name == name }.flatMap { day in
      [
        "On \(day.name) the shop is open \(day.hours).",
        "We are open \(day.hours) on \(day.name). Do come by.",
      ]
    }
  }

  private static func fixed(_ intent: ShopIntent) -> [String] {
    switch intent {
    case .fabricKind:
      [
        "The top is pure cotton and the filling is wool, both from small farms.",
        "Pure cotton outside and wool inside, both from small farms.",
      ]
    case .priceDiscount:
      [
        "In January everything is a fifth off, and two quilts together are always a tenth off.",
        "Two quilts together are always a tenth off, and in January everything is a fifth off.",
      ]
    case .payment:
      [
        "You can pay by card, by bank transfer or with a voucher.",
        "We take cards, bank transfers and vouchers.",
      ]
    case .shippingCost:
      [
        "Postage is nine dollars, and we pay it ourselves above two hundred.",
        "We ask nine dollars for postage, and nothing above two hundred.",
      ]
    case .orderStatus:
      [
        "It is on the sewing table. You get a tracking number as soon as it leaves us.",
        "Still on the sewing table. A tracking number follows as soon as it leaves us.",
      ]
    case .orderCancel:
      [
        "No trouble at all. We cancel it and your money is back within three days.",
        "That is fine, it is cancelled. Your money is back within three days.",
      ]
    case .sendingBack:
      [
        "You have thirty days to return it. The label for the way back lies in the box.",
        "Return it within thirty days. The label for the way back lies in the box.",
      ]
    case .repair:
      [
        "Bring it in or mail it. We mend our own work for free, however old.",
        "We mend our own work for free, however old. Bring it in or mail it.",
      ]
    case .care:
      [
        "Wash it cold with mild soap, and let it dry flat in the shade.",
        "Cold water and mild soap, then let it dry flat in the shade.",
      ]
    case .custom:
      [
        "We love to sew to your own drawing. Send a sketch and we make an offer.",
        "Send us a sketch. We love to sew to your own drawing and make an offer.",
      ]
    case .gift:
      [
        "We wrap it with a ribbon and write your words on a card.",
        "It comes with a ribbon around it and your words on a card.",
      ]
    case .thanks:
      [
        "You are very welcome. Sleep warm.",
        "It was a pleasure. Sleep warm.",
      ]
    default: preconditionFailure("\(intent.rawValue) is answered by its slot")
    }
  }
}
