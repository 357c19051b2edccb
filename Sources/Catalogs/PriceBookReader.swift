import Cloud
import CommandLanguage
import Quantities
import StrictYAML

/// Reads a provider's price book: what it offered from which day on, each with its source.
package enum PriceBookReader {
  typealias Node = YAMLReader.Place

  /// The book of a file, and all that is wrong with it.
  package static func parse(_ source: CommandLanguage.Source)
    -> (book: PriceBook?, diagnostics: [Diagnostic])
  {
    var reader = YAMLReader(source: source)
    guard let root = reader.root() else { return (nil, reader.diagnostics) }
    reader.check(
      root,
      keys: [
        "provider", "name", "regions", "billing", "boot", "quota", "instances", "storage",
        "requests",
        "egress", "ingress", "balancer", "databases", "database-storage", "failover", "cdn",
        "cdn-requests", "leaving", "spot", "power", "reservations", "agreement",
        "support", "savings", "sustained",
      ])
    guard let id = reader.text("provider", of: root), let name = reader.text("name", of: root)
    else {
      return (nil, reader.diagnostics)
    }
    if !CatalogReader.isName(id) {
      reader.report("bad-name", "'\(id)' is no name.", reader.value("provider", of: root))
    }
    var book = PriceBook(id: id, name: name)
    book.regions = entries("regions", root, &reader, region)
    book.billing = dated("billing", root, &reader, ["increment", "minimum"]) { node, reader in
      guard let increment = figure("increment", .time, 1e-3...1e6, node, &reader),
        let minimum = figure("minimum", .time, 0...1e6, node, &reader)
      else { return nil }
      return BillingRule(increment: .seconds(increment), minimum: .seconds(minimum))
    }
    book.boot = dated("boot", root, &reader, ["time"]) { node, reader in
      figure("time", .time, 0...1e5, node, &reader).map { .seconds($0) }
    }
    book.instances = entries("instances", root, &reader, instance)
    book.storage = prices("storage", root, &reader)
    book.ingress = prices("ingress", root, &reader)
    book.egress = dated("egress", root, &reader, ["tiers"], tiers)
    readServices(root, &book, &reader)
    readTerms(root, &book, &reader)
    book.reservations = entries("reservations", root, &reader, reservation)
    book.agreement = dated("agreement", root, &reader, ["months", "zones", "steps"], agreement)
    checkReservations(book, root, &reader)
    return (reader.diagnostics.isEmpty ? book : nil, reader.diagnostics)
  }

  // MARK: - Parts

  private static func region(_ node: Node, _ reader: inout YAMLReader) -> CloudRegion? {
    reader.check(node, keys: ["id", "place", "zones", "carbon"])
    guard let id = reader.text("id", of: node), let place = reader.text("place", of: node) else {
      return nil
    }
    let zones = dated("zones", node, &reader, ["count"]) { node, reader in
      figure("count", .number, 1...20, node, &reader).map { Int($0) }
    }
    let carbon = dated("carbon", node, &reader, ["grams"]) { node, reader in
      figure("grams", .mass, 0...10, node, &reader).map { Mass(kilograms: $0) }
    }
    return zones.isEmpty ? nil : CloudRegion(id: id, place: place, zones: zones, carbon: carbon)
  }

  private static func instance(_ node: Node, _ reader: inout YAMLReader) -> InstanceType? {
    reader.check(
      node,
      keys: ["id", "summary", "cores", "speed", "memory", "network", "source", "prices"])
    guard let id = reader.text("id", of: node), let summary = reader.text("summary", of: node),
      let cores = figure("cores", .number, 1...1_024, node, &reader),
      let speed = figure("speed", .number, 0.01...1_000, node, &reader),
      let memory = figure("memory", .data, 1e6...1e15, node, &reader),
      let network = figure("network", .dataRate, 1e3...1e13, node, &reader),
      let source = source(node, &reader)
    else { return nil }
    return InstanceType(
      id: id, summary: summary, cores: Int(cores), speed: speed, memory: DataSize(bytes: memory),
      network: DataRate(bytesPerSecond: network), source: source,
      hourly: prices("prices", node, &reader))
  }

  private static func reservation(_ node: Node, _ reader: inout YAMLReader) -> ReservationOffer? {
    reader.check(
      node,
      keys: [
        "id", "instance", "months", "upfront", "hourly", "committed", "from", "until", "source",
      ])
    guard let id = reader.text("id", of: node), let instance = reader.text("instance", of: node),
      let months = figure("months", .number, 1...120, node, &reader),
      let upfront = figure("upfront", .money, 0...1e7, node, &reader),
      let hourly = figure("hourly", .money, 0...1e5, node, &reader),
      let committed = reader.text("committed", of: node), let from = day("from", node, &reader),
      let source = source(node, &reader)
    else { return nil }
    var until: CivilDate?
    if reader.has("until", of: node) { until = day("until", node, &reader) }
    if committed != "yes", committed != "no" {
      reader.report(
        "bad-figure", "'committed' is yes or no.", reader.value("committed", of: node))
    }
    return ReservationOffer(
      id: id, instance: instance, months: Int(months), upfront: .dollars(upfront),
      hourly: .dollars(hourly), isCommitted: committed == "yes", offered: (from, until),
      source: source)
  }

  private static func checkReservations(
    _ book: PriceBook, _ root: Node, _ reader: inout YAMLReader
  ) {
    for offer in book.reservations where book.instance(offer.instance) == nil {
      reader.report(
        "unknown-instance", "'\(offer.id)' is for '\(offer.instance)', which is not here.",
        reader.value("reservations", of: root))
    }
  }

  static func tiers(_ node: Node, _ reader: inout YAMLReader) -> [PriceTier]? {
    var tiers: [PriceTier] = []
    for node in reader.list("tiers", of: node) {
      reader.check(node, keys: ["first", "price"])
      guard let price = figure("price", .money, 0...100, node, &reader) else { return nil }
      var gigabytes: Double?
      if reader.has("first", of: node) {
        guard let bytes = figure("first", .data, 1...1e18, node, &reader) else { return nil }
        gigabytes = bytes / 1e9
      }
      if tiers.last?.gigabytes == nil, !tiers.isEmpty {
        reader.report("bad-figure", "All the rest was in the tier before.", node)
      }
      tiers.append(PriceTier(gigabytes: gigabytes, price: .dollars(price)))
    }
    return tiers
  }

  private static func agreement(
    _ node: Node, _ reader: inout YAMLReader
  ) -> ServiceLevelAgreement? {
    guard let months = figure("months", .number, 1...12, node, &reader) else { return nil }
    let zones =
      reader.has("zones", of: node) ? figure("zones", .number, 1...20, node, &reader) ?? 1 : 1
    var steps: [ServiceLevelAgreement.Step] = []
    for node in reader.list("steps", of: node) {
      reader.check(node, keys: ["below", "credit"])
      guard let below = figure("below", .number, 0...1, node, &reader),
        let credit = figure("credit", .number, 0...1, node, &reader)
      else { return nil }
      steps.append(.init(below: below, credit: credit))
    }
    return ServiceLevelAgreement(months: Int(months), zones: Int(zones), steps: steps)
  }

  // MARK: - Small parts

  static func prices(_ key: String, _ node: Node, _ reader: inout YAMLReader) -> [Dated<
    Money
  >] {
    dated(key, node, &reader, ["price"]) { node, reader in
      figure("price", .money, 0...1e5, node, &reader).map { .dollars($0) }
    }
  }

  /// The entries of a list that may be missing.
  static func entries<Value>(
    _ key: String, _ node: Node, _ reader: inout YAMLReader,
    _ read: (Node, inout YAMLReader) -> Value?
  ) -> [Value] {
    guard reader.has(key, of: node) else { return [] }
    return reader.list(key, of: node).compactMap { read($0, &reader) }
  }

  /// A list, each entry of which is so from a day on, with its source.
  static func dated<Value>(
    _ key: String, _ node: Node, _ reader: inout YAMLReader, _ keys: [String],
    _ read: (Node, inout YAMLReader) -> Value?
  ) -> [Dated<Value>] {
    var list: [Dated<Value>] = []
    for node in entries(key, node, &reader, { node, _ in node }) {
      reader.check(node, keys: ["from", "source"] + keys)
      guard let from = day("from", node, &reader), let value = read(node, &reader),
        let source = source(node, &reader)
      else { continue }
      if let last = list.last, from.daysSince1970 <= last.from.daysSince1970 {
        reader.report("bad-date", "This stands behind a later day.", node)
      }
      list.append(Dated(from: from, value, source: source))
    }
    return list
  }

  static func source(_ node: Node, _ reader: inout YAMLReader) -> String? {
    guard let text = reader.text("source", of: node) else { return nil }
    if !text.hasPrefix("Chosen:"), !text.contains(#/\b(19|20)\d\d\b/#) {
      reader.report(
        "bad-source", "This source has no date.", reader.value("source", of: node),
        "Write title, publisher and date, or 'Chosen:' and why.")
    }
    return text
  }

  static func day(_ key: String, _ node: Node, _ reader: inout YAMLReader) -> CivilDate? {
    guard let text = reader.text(key, of: node) else { return nil }
    guard case .day(let date)? = MomentLiteral.read(text) else {
      reader.report(
        "bad-date", "'\(text)' is no day.", reader.value(key, of: node), "Write 2006-08-25.")
      return nil
    }
    return date
  }

  static func figure(
    _ key: String, _ dimension: Dimension, _ range: ClosedRange<Double>, _ node: Node,
    _ reader: inout YAMLReader
  ) -> Double? {
    guard let place = reader.value(key, of: node), let text = reader.text(of: place) else {
      return nil
    }
    return CatalogReader.quantity(text, key, dimension, range, place, &reader)?.value
  }
}
