import CommandLanguage
import Quantities
import StrictYAML

/// Reads a catalog: a list of entries in YAML, every figure of which has a source.
///
/// Figures are written as the command language writes them: `222 W`, `1.544 Mbit/s`, `$3,500`.
package enum CatalogReader {
  /// The entries of a file, and all that is wrong with it; what is wrong gives no entry.
  /// - Parameters:
  ///   - kinds: the kinds that it may have.
  ///   - taken: names that others have already.
  package static func parse(
    _ source: CommandLanguage.Source, kinds: [CatalogEntry.Kind] = CatalogEntry.Kind.allCases,
    taken: Set<String> = []
  ) -> (entries: [CatalogEntry], diagnostics: [Diagnostic]) {
    var reader = YAMLReader(source: source)
    var entries: [CatalogEntry] = []
    for node in reader.list() {
      let before = reader.diagnostics.count
      guard let entry = entry(node, kinds, &reader), reader.diagnostics.count == before else {
        continue
      }
      if entries.contains(where: { $0.id == entry.id }) {
        reader.report("repeated-entry", "There are two entries '\(entry.id)'.", node)
      } else if taken.contains(entry.id) {
        reader.report(
          "repeated-entry", "There is something called '\(entry.id)' already.", node,
          "Give it another name.")
      }
      entries.append(entry)
    }
    return (entries, reader.diagnostics)
  }

  private typealias Node = YAMLReader.Place

  private static func entry(
    _ node: Node, _ kinds: [CatalogEntry.Kind], _ reader: inout YAMLReader
  ) -> CatalogEntry? {
    guard let id = reader.text("id", of: node), let kindName = reader.text("kind", of: node),
      let summary = reader.text("summary", of: node), let soldText = reader.text("sold", of: node)
    else { return nil }
    checkName(id, node, &reader)
    let names = kinds.map(\.rawValue)
    guard let kind = CatalogEntry.Kind(rawValue: kindName), kinds.contains(kind) else {
      reader.report(
        "unknown-kind", "There is no kind '\(kindName)'.", node,
        NearMiss.question(for: kindName, among: names) ?? "Kinds: \(names.joined(separator: ", "))."
      )
      return nil
    }
    let figureNames = kind.figures.map(\.name)
    reader.check(
      node, keys: ["id", "kind", "summary", "sold", "price", "sources"] + figureNames)
    guard let sold = years(soldText) else {
      reader.report(
        "bad-years", "'\(soldText)' is no range of years.", node, "Write 2004..2007, or 2004.. .")
      return nil
    }
    let prices = prices(node, &reader)
    var figures: [String: CatalogEntry.Figure] = [:]
    for (name, figureKind) in kind.figures {
      figures[name] = figure(name, figureKind, node, &reader)
    }
    checkTogether(figures, node, &reader)
    let sources = sources(node, ["price"] + figureNames, &reader)
    guard !prices.isEmpty else { return nil }
    return CatalogEntry(
      id: id, kind: kind, summary: summary, sold: sold, prices: prices, figures: figures,
      sources: sources)
  }

  /// Whether a text may name something in commands.
  static func isName(_ id: String) -> Bool {
    let isWord = id.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || Ascii.isDigit($0)
        || $0 == UInt8(ascii: "-")
    }
    return (1...40).contains(id.count) && isWord && NumberText.read(id) == nil
  }

  private static func checkName(_ id: String, _ node: Node, _ reader: inout YAMLReader) {
    guard !isName(id) else { return }
    reader.report(
      "bad-name", "'\(id)' is no name.", reader.value("id", of: node),
      "Letters, digits and '-', such as 1u-2009-fast.")
  }

  /// What figures that are sensible each by itself must be together.
  private static func checkTogether(
    _ figures: [String: CatalogEntry.Figure], _ node: Node, _ reader: inout YAMLReader
  ) {
    func number(_ name: String) -> Double? {
      if case .quantity(let quantity)? = figures[name]?.value { return quantity.value }
      return nil
    }
    for name in ["cores", "disks", "height"] {
      guard let value = number(name), value.rounded() != value else { continue }
      reader.report("bad-figure", "'\(name)' is a whole number.", reader.value(name, of: node))
    }
    for (less, more) in [("idle", "peak"), ("throttles", "trips"), ("supply", "set-point")] {
      guard let low = number(less), let high = number(more), low >= high else { continue }
      reader.report("bad-figure", "'\(less)' is below '\(more)'.", reader.value(less, of: node))
    }
  }

  private static func years(_ text: String) -> ClosedRange<Int>? {
    guard let dots = text.firstRange(of: ".."), let first = Int(text[..<dots.lowerBound]) else {
      return nil
    }
    let rest = text[dots.upperBound...]
    guard let last = rest.isEmpty ? 9_999 : Int(rest), first <= last, first >= 1900 else {
      return nil
    }
    return first...last
  }

  private static func prices(_ node: Node, _ reader: inout YAMLReader) -> [CatalogEntry.Price] {
    guard let table = reader.value("price", of: node) else { return [] }
    var prices: [CatalogEntry.Price] = []
    for (key, value) in reader.pairs(of: table) {
      guard let year = Int(key), let text = reader.text(of: value),
        case .quantity(let amount)? = NumberText.read(text), amount.dimension == .money,
        amount.value >= 0
      else {
        reader.report(
          "bad-price", "A price is a year and dollars.", value, "Write 2004: $3,500.")
        continue
      }
      if let last = prices.last, year <= last.year {
        reader.report("bad-price", "\(year) stands behind \(last.year).", value)
      }
      prices.append(.init(year: year, amount: .dollars(amount.value)))
    }
    return prices
  }

  private static func figure(
    _ name: String, _ kind: FigureKind, _ node: Node, _ reader: inout YAMLReader
  ) -> CatalogEntry.Figure? {
    guard let place = reader.value(name, of: node), let text = reader.text(of: place) else {
      return nil
    }
    switch kind {
    case .word(let words):
      guard words.contains(text) else {
        reader.report(
          "bad-figure", "'\(name)' is not '\(text)'.", place,
          "One of: \(words.joined(separator: ", ")).")
        return nil
      }
      return .init(value: .word(text), text: text)
    case .quantity(let dimension, let range):
      return quantity(text, name, dimension, range, place, &reader)
        .map { .init(value: .quantity($0), text: text) }
    }
  }

  /// A quantity of a dimension within a range of base units, or nil with a report of what is wrong.
  static func quantity(
    _ text: String, _ name: String, _ dimension: Dimension, _ range: ClosedRange<Double>,
    _ place: YAMLReader.Place, _ reader: inout YAMLReader
  ) -> Quantity? {
    guard let quantity = quantity(text) else {
      reader.report("bad-figure", "'\(text)' is no number with a unit.", place)
      return nil
    }
    guard quantity.dimension == dimension else {
      reader.report(
        "bad-figure",
        "'\(name)' is \(quantity.dimension.name) here, not \(dimension.name).", place)
      return nil
    }
    guard range.contains(quantity.value) else {
      reader.report("bad-figure", "'\(text)' is no usual '\(name)'.", place, "Look at its unit.")
      return nil
    }
    return quantity
  }

  private static func quantity(_ text: String) -> Quantity? {
    let words = text.split(separator: " ").map(String.init)
    let reading: NumberText.Reading?
    switch words.count {
    case 1: reading = NumberText.read(words[0])
    case 2:
      guard let (number, rest) = NumberText.leadingNumber(words[0]), rest.isEmpty else {
        return nil
      }
      reading = NumberText.read(number, unit: words[1])
    default: return nil
    }
    switch reading {
    case .plain(let number): return Quantity(number)
    case .quantity(let quantity): return quantity
    case .period, nil: return nil
    }
  }

  /// The sources; each figure must have one, and only one.
  private static func sources(
    _ node: Node, _ figures: [String], _ reader: inout YAMLReader
  ) -> [CatalogEntry.Source] {
    var sources: [CatalogEntry.Source] = []
    var open = Set(figures)
    for place in reader.list("sources", of: node) {
      guard let names = reader.text("for", of: place), let text = reader.text("is", of: place)
      else { continue }
      reader.check(place, keys: ["for", "is"])
      let list = names.split(separator: " ").map(String.init)
      for name in list where open.remove(name) == nil {
        reader.report(
          "bad-source",
          figures.contains(name)
            ? "'\(name)' has a source already." : "There is no figure '\(name)' here.", place)
      }
      sources.append(CatalogEntry.Source(figures: list, text: text))
    }
    for name in figures where open.contains(name) {
      reader.report(
        "missing-source", "'\(name)' has no source.", node,
        "Add it under 'sources', with title, publisher and date, or with 'Chosen:' and why.")
    }
    return sources
  }
}
