import Cloud
import Quantities
import Reports

/// What a provider charges for beside machines and databases, as `price` shows it.
struct PriceListPage {
  let book: PriceBook
  let now: Moment

  var blocks: [Block] {
    var blocks: [Block] = []
    let data = dataParts
    if !data.isEmpty {
      blocks.append(.paragraph("\(book.name): " + data.joined(separator: ", ") + "."))
    }
    let services = serviceSentences
    if !services.isEmpty { blocks.append(.paragraph(services.joined(separator: " "))) }
    let terms = TermsText(book: book, now: now).words
    if !terms.isEmpty { blocks.append(.paragraph(terms.joined(separator: " "))) }
    blocks += supportSentences.map { .paragraph($0) }
    return blocks
  }

  /// The databases of all providers.
  static func databases(of books: [PriceBook], at now: Moment) -> Block? {
    let rows: [[Table.Cell]] = books.flatMap { book in
      book.databases(at: now).map { database in
        [
          .words(book.id), .words(database.id), .words(database.summary),
          database.hourly.at(now).map { .words(RateText.text($0.value)) } ?? .none,
          database.withStandby.at(now).map { .words(RateText.text($0.value)) } ?? .none,
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    return .table(
      Table(
        key: "price.databases",
        columns: ["", "database", "", "an hour", "and standby"].map { .init($0) }, rows: rows))
  }

  private var dataParts: [String] {
    var parts: [String] = []
    if let tiers = book.egress.at(now)?.value {
      parts.append("a gigabyte out costs \(words(tiers))")
    }
    if let price = book.ingress.at(now)?.value {
      parts.append("one in \(price == .zero ? "nothing" : RateText.text(price))")
    }
    if let price = book.storage.at(now)?.value {
      parts.append("one kept for a month \(RateText.text(price))")
    }
    if let price = book.requests.at(now)?.value {
      parts.append("10,000 readings of it \(RateText.text(price))")
    }
    return parts
  }

  private var serviceSentences: [String] {
    var sentences: [String] = []
    if let price = book.balancer.at(now)?.value {
      sentences.append(
        "A load balancer costs \(RateText.text(price.hourly)) an hour"
          + (price.gigabyte > .zero
            ? " and \(RateText.text(price.gigabyte)) for each gigabyte through it." : "."))
    }
    if let tiers = book.deliveries.at(now)?.value {
      var words = "From the edge, near the visitors, a gigabyte costs \(self.words(tiers))"
      if let price = book.deliveryRequests.at(now)?.value {
        words += ", and 10,000 pieces \(RateText.text(price))"
      }
      sentences.append(words + ".")
    }
    if let terms = book.spot.at(now)?.value { sentences.append(words(terms)) }
    return sentences
  }

  private var supportSentences: [String] {
    book.supportPlans(at: now).compactMap { plan in
      plan.prices.at(now).map {
        "Support '\(plan.id)' costs \($0.value.words): \(plan.gives)."
      }
    }
  }

  private func words(_ terms: SpotTerms) -> String {
    var words =
      "What can be taken back costs some \(FactValue.share(terms.share).text) of the usual price"
    if terms.interruptions > 0 {
      words +=
        terms.interruptions < 1
        ? "; of a hundred such machines about \(QuantityText.significant(terms.interruptions * 100, 2)) are taken in a month"
        : "; such a machine is taken back some \(QuantityText.significant(terms.interruptions, 2)) times in a month"
      words +=
        terms.notice > .zero
        ? ", told \(FactValue.span(terms.notice).text) before" : ", without notice"
    }
    return words + "."
  }

  private func words(_ tiers: [PriceTier]) -> String {
    tiers.map { tier in
      (tier.price == .zero ? "nothing" : RateText.text(tier.price))
        + (tier.gigabytes.map { " for \(QuantityText.grouped(Int($0))) GB" } ?? "")
    }.joined(separator: ", then ")
  }
}
