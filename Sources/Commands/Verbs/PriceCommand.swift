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
    if let (book, database) = world.catalog.database(id, arguments) {
      return history(
        .init(
          id: database.id, words: database.words, hourly: database.hourly,
          withStandby: database.withStandby), book, world.now)
    }
    let (book, type) = try world.catalog.size(id, arguments)
    return history(.init(id: type.id, words: type.words, hourly: type.hourly), book, world.now)
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
    if let databases = PriceListPage.databases(of: world.catalog.priceBooks, at: now) {
      blocks.append(databases)
    }
    for book in world.catalog.priceBooks where book.isOpen(at: now) {
      blocks += PriceListPage(book: book, now: now).blocks
    }
    return Report(blocks)
  }

  /// Something rented by the hour: a machine or a database.
  private struct Rented {
    var id: String
    var words: String
    var hourly: [Dated<Money>]
    var withStandby: [Dated<Money>] = []
  }

  private func history(_ rented: Rented, _ book: PriceBook, _ now: Moment) -> Report {
    func table(_ prices: [Dated<Money>], _ key: String, _ column: String) -> Block? {
      let rows: [[Table.Cell]] = prices.filter { Moment($0.from) <= now }.map { price in
        [
          .words("\(Moment(price.from).date)"), .words(RateText.text(price.value)),
          .words(price.source),
        ]
      }
      guard !rows.isEmpty else { return nil }
      return .table(
        Table(key: key, columns: ["from", column, "source"].map { .init($0) }, rows: rows))
    }
    var blocks: [Block] = [
      .heading("\(rented.id) of \(book.name)", remark: "\(now.date)"), .paragraph(rented.words),
      table(rented.hourly, "price.history", "an hour") ?? .paragraph("It cannot be rented yet."),
    ]
    if let standby = table(rented.withStandby, "price.standby", "with a standby") {
      blocks.append(standby)
    }
    for offer in book.reservations where offer.instance == rented.id && offer.isOffered(at: now) {
      blocks.append(
        .paragraph(
          "\(offer.id): \(FactValue.money(offer.upfront).text) down, then \(RateText.text(offer.hourly)) an "
            + "hour for \(counted(offer.months, "month")). \(offer.source)."))
    }
    if book.instance(rented.id) != nil, let price = rented.hourly.at(now)?.value {
      blocks += TermsText(book: book, now: now).words(hour: price).map { .paragraph($0) }
    }
    var report = Report(blocks, facts: facts(rented.hourly, now))
    report.subject = "price"
    return report
  }

  private func facts(_ hourly: [Dated<Money>], _ now: Moment) -> [Fact] {
    guard let price = hourly.at(now), let first = hourly.first else {
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

extension InstanceType {
  /// What it is, in a sentence or two.
  fileprivate var words: String {
    "\(summary.capitalizedFirst): \(counted(cores, "core")) of \(QuantityText.significant(speed)) "
      + "times the speed of a server of 2004. \(source)."
  }
}

extension DatabaseSize {
  /// What it is, in a sentence or two.
  fileprivate var words: String {
    "\(summary.capitalizedFirst): \(QuantityText.significant(speed)) times as fast as a shop's own database of "
      + "2004. \(source)."
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

  /// The managed database of a name, and who rents it out; nil if there is none.
  func database(_ id: String, _ arguments: Arguments) -> (PriceBook, DatabaseSize)? {
    let wanted = arguments.word("provider")
    for book in priceBooks where wanted == nil || book.id == wanted {
      if let size = book.database(id) { return (book, size) }
    }
    return nil
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
