import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `reserve`: money down, or dollars an hour that are owed, for cheaper hours.
struct ReserveCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "reserve",
    "Pay money down, or owe dollars an hour, for cheaper hours; 'price SIZE' lists offers.",
    group: .cloud,
    parameters: [
      .positional("offer", .name("offer"), "the offer, such as m1.small-1y or compute-1y"),
      .named("count", .count(1...1_000), fallback: "1", "for how many machines"),
      .named(
        "owe", .quantity(.money, 0.001...1e5), "of a savings plan, dollars for each hour"),
    ],
    example:
      "new shop start=2009-04-01 visits=500/day\nrent m1.small\nreserve m1.small-1y\nrun 1 h\n"
      + "show bill",
    errors: ["unknown-offer", "not-for-rent", "no-commitment"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("offer") else { preconditionFailure("'reserve' declares this") }
    for book in world.catalog.priceBooks {
      if let offer = book.offer(id) { return try reserve(offer, of: book, &world) }
      if let offer = book.savingsOffer(id) { return try reserve(offer, of: book, &world) }
    }
    let names = world.catalog.priceBooks.flatMap {
      $0.reservations.map(\.id) + $0.savings.map(\.id)
    }
    throw arguments.error(
      "unknown-offer", "No provider has an offer '\(id)'.", at: "offer",
      help: NearMiss.question(for: id, among: names) ?? "'price SIZE' lists the offers.")
  }

  private func reserve(
    _ offer: ReservationOffer, of book: PriceBook, _ world: inout World
  ) throws(Diagnostic) -> Report {
    let count = arguments.count("count") ?? 1
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

  private func reserve(
    _ offer: SavingsOffer, of book: PriceBook, _ world: inout World
  ) throws(Diagnostic) -> Report {
    guard offer.isOffered(at: world.now) else {
      throw CloudProblem.notOffered(offer.id).diagnostic(arguments, at: "offer")
    }
    guard let dollars = arguments.quantity("owe") else {
      throw arguments.error(
        "no-commitment", "How many dollars do you owe for each hour?", at: "offer",
        help: "Write owe=$0.10, for one.")
    }
    let commitment = Money.dollars(dollars)
    do throws(CloudProblem) {
      try world.reserve(offer, of: book, commitment: commitment)
    } catch {
      throw error.diagnostic(arguments, at: "offer")
    }
    let usual = Money.dollars(dollars / (1 - offer.discount))
    return Report([
      .paragraph(
        "\(offer.id): you owe \(RateText.text(commitment)) for each hour of \(counted(offer.months, "month")), used or "
          + "not. It covers machines of any size that cost \(RateText.text(usual)) an hour together, so they are "
          + "\(FactValue.share(offer.discount).text) cheaper.")
    ])
  }
}
