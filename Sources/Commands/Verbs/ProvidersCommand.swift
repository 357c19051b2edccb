import Catalogs
import Cloud
import Quantities
import Reports
import WorldModel

/// `providers`: who rents out machines now, and what has become of it since.
struct ProvidersCommand: Question {
  static let declaration = CommandDeclaration(
    "providers",
    "Who rents out machines now: regions, sizes, how time is billed, what is promised.",
    group: .cloud,
    facts: [
      FactDeclaration("providers.open", .gauge, "how many providers there are now"),
      FactDeclaration("providers.regions", .gauge, "how many regions they have now"),
      FactDeclaration("providers.sizes", .gauge, "how many sizes of machines can be rented now"),
    ],
    example: "new shop start=2006-09-01\nproviders\nexpect providers.sizes == 1")

  init(_ arguments: Arguments) {}

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let world = session.state.world
    let now = world.now
    let books = world.catalog.priceBooks
    let open = books.filter { $0.isOpen(at: now) }
    var blocks: [Block] = [.heading("machines for rent", remark: "\(now.date)")]
    if open.isEmpty {
      blocks.append(.paragraph("Nobody rents out machines by the hour yet."))
    } else {
      blocks.append(.table(table(open, now)))
      blocks += open.map { .paragraph(sentence($0, now)) }
    }
    let next = books.compactMap { book -> (day: CivilDate, book: PriceBook)? in
      book.regions.first?.zones.first.map { ($0.from, book) }
    }.filter { Moment($0.day) > now }.min { Moment($0.day) < Moment($1.day) }
    if let next {
      blocks.append(.paragraph("\(next.book.name) opens on \(Moment(next.day).date)."))
    }
    if !open.isEmpty {
      blocks.append(
        .paragraph("'price' lists sizes and what they cost, 'price NAME' how that came about."))
    }
    var report = Report(
      blocks,
      facts: [
        Fact("providers.open", .count(open.count), .computed),
        Fact(
          "providers.regions", .count(open.reduce(0) { $0 + $1.regions(at: now).count }), .computed),
        Fact(
          "providers.sizes", .count(open.reduce(0) { $0 + $1.instances(at: now).count }), .computed),
      ])
    report.subject = "providers"
    return report
  }

  private func table(_ books: [PriceBook], _ now: Moment) -> Table {
    Table(
      key: "providers",
      columns: ["", "regions", "zones", "sizes", "cheapest hour"].map { .init($0) },
      rows: books.map { book in
        let regions = book.regions(at: now)
        let cheapest = book.instances(at: now).compactMap { $0.hourly.at(now)?.value }.min()
        return [
          .words(book.id), .value(.count(regions.count)),
          .value(.count(regions.reduce(0) { $0 + ($1.zones.at(now)?.value ?? 0) })),
          .value(.count(book.instances(at: now).count)),
          cheapest.map { .words(RateText.text($0)) } ?? .none,
        ]
      })
  }

  private func sentence(_ book: PriceBook, _ now: Moment) -> String {
    var words = "\(book.name): "
    words += book.regions(at: now).map { "\($0.id) (\($0.place))" }.joined(separator: ", ") + "."
    if let rule = book.billing.at(now)?.value {
      words += " Time is billed by the \(rule.increment.unitWord)"
      words +=
        rule.minimum > rule.increment
        ? ", at least \(FactValue.span(rule.minimum).text)." : "."
    }
    if let boot = book.boot.at(now)?.value {
      words += " A start takes \(FactValue.span(boot).text)."
    }
    if let quota = book.quota.at(now)?.value {
      words += " A new customer may have \(quota.words) at once."
    }
    if let agreement = book.agreement.at(now)?.value, let first = agreement.steps.first {
      words +=
        " Below \(QuantityText.significant(first.below * 100, 4))% of a \(agreement.months == 1 ? "month" : "year") up, "
        + "\(FactValue.share(first.credit).text) of the bill comes back."
    }
    return words + services(book, now) + carbon(book, now)
  }

  /// What it does beside machines.
  private func services(_ book: PriceBook, _ now: Moment) -> String {
    var names: [String] = []
    if book.storage.at(now) != nil { names.append("storage") }
    if book.balancer.at(now) != nil { names.append("load balancers") }
    if book.deliveries.at(now) != nil { names.append("a content delivery network") }
    if !book.databases(at: now).isEmpty {
      var name = "databases"
      if let failover = book.failover.at(now)?.value {
        name += " (a standby takes over in \(FactValue.span(failover).text))"
      }
      names.append(name)
    }
    return names.isEmpty ? "" : " Beside machines: \(names.joined(separator: ", "))."
  }

  /// What a kilowatt-hour of its regions stands for.
  private func carbon(_ book: PriceBook, _ now: Moment) -> String {
    let grids = book.regions(at: now).compactMap { region in
      region.carbon.at(now).map {
        "\(QuantityText.significant($0.value.kilograms * 1_000, 3)) g in \(region.place)"
      }
    }
    return grids.isEmpty
      ? "" : " CO2 of a kilowatt-hour: \(grids.joined(separator: ", "))."
  }
}

extension TimeSpan {
  /// The word for one of it: `hour`.
  fileprivate var unitWord: String {
    switch self {
    case .hours(1): "hour"
    case .minutes(1): "minute"
    case .seconds(1): "second"
    default: FactValue.span(self).text
    }
  }
}

/// Prices that have parts of a cent, with all their digits up to a hundredth of it: `$0.085`.
enum RateText {
  /// The price in words.
  static func text(_ money: Money) -> String {
    if money < .zero { return "−" + text(-money) }
    let parts = (money.microdollars + 50) / 100
    var cents = String(parts % 10_000)
    cents = String(repeating: "0", count: 4 - cents.count) + cents
    while cents.count > 2, cents.last == "0" { cents.removeLast() }
    return "$\(QuantityText.grouped(Int(parts / 10_000))).\(cents)"
  }
}

extension FactValue {
  /// A price as a quantity.
  static func rate(_ money: Money) -> FactValue {
    .quantity(Quantity(money.dollars, .money), .dollar)
  }
}
