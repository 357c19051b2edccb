import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `reserve`: money down for cheaper hours.
struct ReserveCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "reserve", "Pay money down for cheaper hours over years; 'price SIZE' lists the offers.",
    group: .cloud,
    parameters: [
      .positional("offer", .name("offer"), "the offer, such as m1.small-1y"),
      .named("count", .count(1...1_000), fallback: "1", "for how many machines"),
    ],
    example:
      "new shop start=2009-04-01 visits=500/day\nrent m1.small\nreserve m1.small-1y\nrun 1 h\n"
      + "show bill",
    errors: ["unknown-offer", "not-for-rent"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("offer"), let count = arguments.count("count") else {
      preconditionFailure("'reserve' declares these")
    }
    let books = world.catalog.priceBooks
    guard let book = books.first(where: { $0.offer(id) != nil }), let offer = book.offer(id) else {
      let names = books.flatMap { $0.reservations.map(\.id) }
      throw arguments.error(
        "unknown-offer", "No provider has an offer '\(id)'.", at: "offer",
        help: NearMiss.question(for: id, among: names) ?? "'price SIZE' lists the offers.")
    }
    do throws(CloudProblem) {
      try world.reserve(offer, of: book, count: count)
    } catch {
      throw error.diagnostic(arguments, at: "offer")
    }
    return Report([
      .paragraph(
        "\(count) × \(offer.id): \(FactValue.money(offer.upfront * count).text) down on this month's bill, then "
          + "\(RateText.text(offer.hourly)) an hour for \(counted(offer.months, "month")).")
    ])
  }
}
