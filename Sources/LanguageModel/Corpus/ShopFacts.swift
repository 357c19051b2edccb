/// What the shop's answers are about: sizes and prices, places, days and colours.
///
/// All of it is made up for the course.
enum ShopFacts {
  /// A quilt by the bed that it is for: inches and dollars.
  struct Size {
    let name: String
    let inches: String
    let dollars: Int
  }

  static let sizes = [
    Size(name: "crib", inches: "36 by 52", dollars: 90),
    Size(name: "throw", inches: "50 by 65", dollars: 140),
    Size(name: "twin", inches: "70 by 90", dollars: 220),
    Size(name: "full", inches: "80 by 90", dollars: 260),
    Size(name: "queen", inches: "90 by 100", dollars: 320),
    Size(name: "king", inches: "105 by 100", dollars: 380),
  ]

  /// Where parcels go at home, and the working days that they take.
  static let places: [(name: String, days: String)] = [
    ("Boston", "two"), ("Maine", "two"), ("Ohio", "three"), ("Chicago", "three"),
    ("Texas", "four"), ("Denver", "four"), ("Oregon", "five"), ("Seattle", "five"),
  ]

  static let countries = [
    "Canada", "Norway", "Japan", "France", "Brazil", "Ireland", "Germany", "Australia",
  ]

  static let colours = ["red", "blue", "green", "yellow", "grey", "white", "purple", "brown"]

  /// What may still change in an order.
  static let changes = ["address", "size", "colour", "name"]

  /// Days, and when the shop is open.
  static let days: [(name: String, hours: String)] = [
    ("Monday", "from ten to six"), ("Tuesday", "from ten to six"), ("Wednesday", "from ten to two"),
    ("Thursday", "from ten to eight"), ("Friday", "from ten to six"),
    ("Saturday", "from nine to four"),
    ("Sunday", "by appointment"),
  ]

  /// The names that a slot of a question may take.
  static func names(of slot: String) -> [String] {
    switch slot {
    case "size": sizes.map(\.name)
    case "place": places.map(\.name)
    case "country": countries
    case "colour": colours
    case "change": changes
    case "day": days.map(\.name)
    default: preconditionFailure("no slot is named \(slot)")
    }
  }
}
