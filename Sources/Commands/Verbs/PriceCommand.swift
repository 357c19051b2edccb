import Catalogs
import Cloud
import CommandLanguage
import Quantities
import Randomness
import Reports
import WorldModel

/// `price`: what rented machines cost now, or how the price of one came about.
struct PriceCommand: Question {
  static let declaration = CommandDeclaration(
    "price", "What rented machines cost now; of one size, how its price came about, with sources.",
    group: .cloud,
    parameters: [
      .positional("size", .name("size"), optional: true, "the size of machine, such as m1.small"),
      .named("provider", .name("provider"), "whose, where several have the name"),
    ],
    facts: [
      FactDeclaration("price.hour", .gauge, .dollar, "what an hour of the size costs now"),
      FactDeclaration("price.month", .gauge, .dollar, "what 730 hours of it cost now"),
      FactDeclaration(
        "price.yearly-change", .gauge, .percent,
        "by how much it changed a year since its first price"),
    ],
    example:
      "new shop start=2006-09-01\nprice\nprice m1.small\nexpect price.hour ~= $0.10 within 1%",
    errors: ["unknown-size"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let world = session.state.world
    guard let id = arguments.word("size") else { return list(world) }
    let (book, type) = try world.catalog.size(id, arguments)
    return history(type, book, world.now)
  }

  private func list(_ world: World) -> Report {
    let now = world.now
    var rows: [[Table.Cell]] = []
    for book in world.catalog.priceBooks {
      for type in book.instances(at: now) {
        guard let hour = type.hourly.at(now)?.value else { continue }
        rows.append([
          .words(book.id), .words(type.id), .words(type.summary), .words(RateText.text(hour)),
          .value(.money(.dollars(hour.dollars * 730))),
        ])
      }
    }
    guard !rows.isEmpty else {
      return Report([
        .paragraph("Nothing is for rent by the hour yet; 'providers' tells who comes when.")
      ])
    }
    var blocks: [Block] = [
      .heading("rented by the hour", remark: "\(now.date)"),
      .table(
        Table(
          key: "price.sizes", columns: ["", "size", "", "an hour", "a month"].map { .init($0) },
          rows: rows)),
    ]
    for book in world.catalog.priceBooks where book.isOpen(at: now) {
      blocks.append(.paragraph(rest(book, now)))
    }
    return Report(blocks)
  }

  /// What else the provider charges for.
  private func rest(_ book: PriceBook, _ now: Moment) -> String {
    var parts: [String] = []
    if let tiers = book.egress.at(now)?.value {
      parts.append(
        "a gigabyte out costs "
          + tiers.map { tier in
            "\(RateText.text(tier.price))"
              + (tier.gigabytes.map { " for \(QuantityText.grouped(Int($0))) GB" } ?? "")
          }.joined(separator: ", then "))
    }
    if let price = book.ingress.at(now)?.value {
      parts.append("one in \(price == .zero ? "nothing" : RateText.text(price))")
    }
    if let price = book.storage.at(now)?.value {
      parts.append("one kept for a month \(RateText.text(price))")
    }
    if let price = book.balancer.at(now)?.value {
      parts.append("a balancer \(RateText.text(price)) an hour")
    }
    if let share = book.spot.at(now)?.value {
      parts.append("what can be taken back some \(FactValue.share(share).text) of the usual price")
    }
    return "\(book.name): " + parts.joined(separator: ", ") + "."
  }

  private func history(_ type: InstanceType, _ book: PriceBook, _ now: Moment) -> Report {
    let rows: [[Table.Cell]] = type.hourly.map { price in
      let isAhead = Moment(price.from) > now
      return [
        .words("\(Moment(price.from).date)"), .words(RateText.text(price.value)),
        .words(isAhead ? "ahead of you" : price.source),
      ]
    }
    let shown = rows.enumerated().filter { Moment(type.hourly[$0.offset].from) <= now }.map(
      \.element)
    var blocks: [Block] = [
      .heading("\(type.id) of \(book.name)", remark: "\(now.date)"),
      .paragraph(
        "\(type.summary.capitalizedFirst): \(counted(type.cores, "core")) of \(QuantityText.significant(type.speed)) "
          + "times the speed of a server of 2004. \(type.source)."),
    ]
    blocks.append(
      shown.isEmpty
        ? .paragraph("It cannot be rented yet.")
        : .table(
          Table(
            key: "price.history", columns: ["from", "an hour", "source"].map { .init($0) },
            rows: shown)))
    for offer in book.reservations where offer.instance == type.id && offer.isOffered(at: now) {
      blocks.append(
        .paragraph(
          "\(offer.id): \(FactValue.money(offer.upfront).text) down, then \(RateText.text(offer.hourly)) an "
            + "hour for \(counted(offer.months, "month")). \(offer.source)."))
    }
    var report = Report(blocks, facts: facts(type, now))
    report.subject = "price"
    return report
  }

  private func facts(_ type: InstanceType, _ now: Moment) -> [Fact] {
    guard let price = type.hourly.at(now), let first = type.hourly.first else {
      let reason = FactValue.undefined("it cannot be rented yet")
      return PriceCommand.declaration.facts.map { Fact($0.key, reason, .computed) }
    }
    let years = (now - Moment(first.from)).seconds / 31_557_600
    let provenance = Provenance.given(source: price.source)
    return [
      Fact("price.hour", .rate(price.value), provenance),
      Fact("price.month", .rate(.dollars(price.value.dollars * 730)), provenance),
      Fact(
        "price.yearly-change",
        years >= 1
          ? .share(Portable.pow(price.value.dollars / first.value.dollars, 1 / years) - 1)
          : .undefined("less than a year has passed since its first price"), .computed),
    ]
  }
}

extension Catalog {
  /// The provider that is named, or the first.
  func provider(_ arguments: Arguments) throws(Diagnostic) -> PriceBook {
    let books = priceBooks
    guard let wanted = arguments.word("provider") else { return books[0] }
    if let book = books.first(where: { $0.id == wanted }) { return book }
    let names = books.map(\.id)
    throw arguments.error(
      "unknown-provider", "There is no provider '\(wanted)'.", at: "provider",
      help: [
        NearMiss.question(for: wanted, among: names),
        "Providers: \(names.joined(separator: ", ")).",
      ].compactMap { $0 }.joined(separator: " "))
  }

  /// The size of machine of a name, and who rents it out.
  func size(_ id: String, _ arguments: Arguments) throws(Diagnostic) -> (PriceBook, InstanceType) {
    let wanted = arguments.word("provider")
    for book in priceBooks where wanted == nil || book.id == wanted {
      if let type = book.instance(id) { return (book, type) }
    }
    let names = priceBooks.flatMap { $0.instances.map(\.id) }
    throw arguments.error(
      "unknown-size", "No provider has a size '\(id)'.", at: "size",
      help: [NearMiss.question(for: id, among: names), "'price' lists what is for rent now."]
        .compactMap { $0 }.joined(separator: " "))
  }
}
