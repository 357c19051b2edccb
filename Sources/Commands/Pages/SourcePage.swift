import Catalogs
import Cloud
import Quantities
import Reports

/// What `source` tells of the story, of providers and of what they rent out.
struct SourcePage {
  private let books: [PriceBook]

  init(_ books: [PriceBook]) { self.books = books }

  /// The page of a name; nil if it is none of these.
  func report(_ name: String) -> Report? {
    if name == "story" { return contents }
    if let fact = StoryFact.all.first(where: { $0.id == name }) { return report(fact) }
    if let book = books.first(where: { $0.id == name }) { return report(book) }
    for book in books {
      if let size = book.instance(name) {
        return prices(size.id, size.source, [("an hour", size.hourly)])
      }
      if let size = book.database(name) {
        return prices(
          size.id, size.source, [("an hour", size.hourly), ("with a standby", size.withStandby)])
      }
    }
    return nil
  }

  private var contents: Report {
    Report([
      .heading("what the story tells", remark: ""),
      .table(
        Table(
          key: "source.story", columns: ["", "when", ""].map { .init($0) },
          rows: StoryFact.all.map { [.words($0.id), .words($0.date), .words($0.says)] })),
    ])
  }

  private func report(_ fact: StoryFact) -> Report {
    Report(
      [.heading(fact.id, remark: fact.date), .paragraph("\(fact.says).")]
        + fact.sources.map { .paragraph("Known from: \($0).") })
  }

  private func prices(
    _ id: String, _ source: String, _ lists: [(column: String, prices: [Dated<Money>])]
  ) -> Report {
    Report(
      [.heading(id, remark: "size"), .paragraph("\(source).")]
        + lists.flatMap { list in
          list.prices.map { line(list.column, $0, RateText.text($0.value)) }
        })
  }

  private func report(_ book: PriceBook) -> Report {
    var blocks: [Block] = [.heading(book.name, remark: book.id)]
    for region in book.regions {
      for zones in region.zones {
        blocks.append(line(region.id, zones, counted(zones.value, "zone")))
      }
    }
    func add<Value>(_ name: String, _ list: [Dated<Value>], _ text: (Value) -> String) {
      for entry in list { blocks.append(line(name, entry, text(entry.value))) }
    }
    func first(_ tiers: [PriceTier]) -> String {
      tiers.map { RateText.text($0.price) }.joined(separator: ", ")
    }
    add("billed in pieces of", book.billing) { FactValue.span($0.increment).text }
    add("a start takes", book.boot) { FactValue.span($0).text }
    add("a gigabyte kept", book.storage, RateText.text)
    add("a gigabyte out", book.egress, first)
    add("a gigabyte in", book.ingress, RateText.text)
    add("a balancer's hour", book.balancer) { RateText.text($0.hourly) }
    add("a gigabyte from the edge", book.deliveries, first)
    add("the idle rest, of the price", book.spot) { FactValue.share($0.share).text }
    add("the promise", book.agreement) { agreement in
      agreement.steps.first.map { "\(QuantityText.significant($0.below * 100, 4))%" } ?? "none"
    }
    return Report(blocks + terms(of: book))
  }

  /// On what terms a provider takes a customer, and what makes hours cheaper.
  private func terms(of book: PriceBook) -> [Block] {
    var blocks = book.quota.map { line("a new customer at once", $0, $0.value.words) }
    blocks += book.savings.map {
      .paragraph(
        "\($0.id), from \(Moment($0.offered.from).date): \(FactValue.share($0.discount).text) cheaper. \($0.source)."
      )
    }
    blocks += book.sustained.map {
      let off = 1 - ShareTier.total(of: 1, $0.value)
      return line("through a whole month", $0, "\(FactValue.share(off).text) cheaper")
    }
    for plan in book.support {
      blocks += plan.prices.map { line("support '\(plan.id)'", $0, $0.value.words) }
    }
    return blocks
  }

  /// What was so from a day on, and where that is known from.
  private func line<Value>(_ name: String, _ entry: Dated<Value>, _ text: String) -> Block {
    .paragraph("\(name), from \(Moment(entry.from).date): \(text). \(entry.source).")
  }
}
