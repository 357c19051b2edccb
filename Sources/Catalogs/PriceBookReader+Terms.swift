import Cloud
import CommandLanguage
import Quantities
import StrictYAML

/// On what terms a provider takes a customer.
extension PriceBookReader {
  static func readTerms(_ root: Node, _ book: inout PriceBook, _ reader: inout YAMLReader) {
    book.quota = dated("quota", root, &reader, ["machines", "cores"], quota)
    book.support = entries("support", root, &reader, supportPlan)
    book.savings = entries("savings", root, &reader, savingsOffer)
    book.sustained = dated("sustained", root, &reader, ["tiers"]) { node, reader in
      shareTiers(node, .number, 0.001...1, &reader)
    }
  }

  /// A quota, which counts machines or cores.
  private static func quota(_ node: Node, _ reader: inout YAMLReader) -> Quota? {
    let countsCores = reader.has("cores", of: node)
    if countsCores, reader.has("machines", of: node) {
      reader.report("bad-figure", "A quota counts 'machines' or 'cores', not both.", node)
    }
    let key = countsCores ? "cores" : "machines"
    return figure(key, .number, 1...1e6, node, &reader).map {
      countsCores ? .cores(Int($0)) : .machines(Int($0))
    }
  }

  private static func supportPlan(_ node: Node, _ reader: inout YAMLReader) -> SupportPlan? {
    reader.check(node, keys: ["id", "gives", "until", "prices"])
    guard let id = reader.text("id", of: node), let gives = reader.text("gives", of: node) else {
      return nil
    }
    if !CatalogReader.isName(id) {
      reader.report("bad-name", "'\(id)' is no name.", reader.value("id", of: node))
    }
    let until = reader.has("until", of: node) ? day("until", node, &reader) : nil
    let prices = dated("prices", node, &reader, ["minimum", "tiers"]) { node, reader in
      figure("minimum", .money, 0...1e6, node, &reader).map {
        SupportPrice(
          minimum: .dollars($0), tiers: shareTiers(node, .money, 1...1e9, &reader))
      }
    }
    return SupportPlan(id: id, gives: gives, prices: prices, until: until)
  }

  private static func savingsOffer(_ node: Node, _ reader: inout YAMLReader) -> SavingsOffer? {
    reader.check(node, keys: ["id", "months", "discount", "from", "until", "source"])
    guard let id = reader.text("id", of: node),
      let months = figure("months", .number, 1...120, node, &reader),
      let discount = figure("discount", .number, 0...0.99, node, &reader),
      let from = day("from", node, &reader), let source = source(node, &reader)
    else { return nil }
    if !CatalogReader.isName(id) {
      reader.report("bad-name", "'\(id)' is no name.", reader.value("id", of: node))
    }
    let until = reader.has("until", of: node) ? day("until", node, &reader) : nil
    return SavingsOffer(
      id: id, months: Int(months), discount: discount, offered: (from, until), source: source)
  }

  /// Shares for each further part of an amount, if there are any.
  private static func shareTiers(
    _ node: Node, _ dimension: Dimension, _ range: ClosedRange<Double>, _ reader: inout YAMLReader
  ) -> [ShareTier] {
    var tiers: [ShareTier] = []
    for node in entries("tiers", node, &reader, { node, _ in node }) {
      reader.check(node, keys: ["first", "share"])
      guard let share = figure("share", .number, 0...1, node, &reader) else { continue }
      if !tiers.isEmpty, tiers.last?.first == nil {
        reader.report("bad-figure", "All the rest was in the tier before.", node)
      }
      let first =
        reader.has("first", of: node) ? figure("first", dimension, range, node, &reader) : nil
      tiers.append(ShareTier(first: first, share: share))
    }
    return tiers
  }
}
