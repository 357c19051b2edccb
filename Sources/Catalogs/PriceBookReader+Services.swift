import Cloud
import CommandLanguage
import Quantities
import StrictYAML

/// What a provider rents out beside machines.
extension PriceBookReader {
  static func readServices(_ root: Node, _ book: inout PriceBook, _ reader: inout YAMLReader) {
    book.requests = prices("requests", root, &reader)
    book.balancer = dated("balancer", root, &reader, ["price", "gigabyte"]) { node, reader in
      guard let hourly = figure("price", .money, 0...1e5, node, &reader),
        let gigabyte = optionalFigure("gigabyte", .money, 0...100, node, &reader)
      else { return nil }
      return BalancerPrice(hourly: .dollars(hourly), gigabyte: .dollars(gigabyte))
    }
    book.databases = entries("databases", root, &reader, database)
    book.databaseStorage = prices("database-storage", root, &reader)
    book.failover = dated("failover", root, &reader, ["time"]) { node, reader in
      figure("time", .time, 0...1e5, node, &reader).map { .seconds($0) }
    }
    book.deliveries = dated("cdn", root, &reader, ["tiers"], tiers)
    book.deliveryRequests = prices("cdn-requests", root, &reader)
    book.spot = dated("spot", root, &reader, ["share", "interruptions", "notice"], spot)
    book.leaving = dated("leaving", root, &reader, ["share"]) { node, reader in
      figure("share", .number, 0...1, node, &reader)
    }
    book.draw = dated("power", root, &reader, ["idle", "full", "overhead"], draw)
  }

  private static func database(_ node: Node, _ reader: inout YAMLReader) -> DatabaseSize? {
    reader.check(node, keys: ["id", "summary", "speed", "source", "prices", "standby"])
    guard let id = reader.text("id", of: node), let summary = reader.text("summary", of: node),
      let speed = figure("speed", .number, 0.01...1_000, node, &reader),
      let source = source(node, &reader)
    else { return nil }
    return DatabaseSize(
      id: id, summary: summary, speed: speed, source: source,
      hourly: prices("prices", node, &reader), withStandby: prices("standby", node, &reader))
  }

  private static func spot(_ node: Node, _ reader: inout YAMLReader) -> SpotTerms? {
    guard let share = figure("share", .number, 0...1, node, &reader),
      let interruptions = optionalFigure("interruptions", .number, 0...1_000, node, &reader),
      let notice = optionalFigure("notice", .time, 0...1e5, node, &reader)
    else { return nil }
    return SpotTerms(share: share, interruptions: interruptions, notice: .seconds(notice))
  }

  private static func draw(_ node: Node, _ reader: inout YAMLReader) -> CoreDraw? {
    guard let idle = figure("idle", .power, 0...1e4, node, &reader),
      let full = figure("full", .power, 0...1e4, node, &reader),
      let overhead = figure("overhead", .number, 1...10, node, &reader)
    else { return nil }
    if full < idle {
      reader.report(
        "bad-figure", "A core draws no less at full use than idle.",
        reader.value("full", of: node))
    }
    return CoreDraw(idle: Power(watts: idle), full: Power(watts: full), overhead: overhead)
  }

  /// A figure that may be missing, which is nothing then; nil if it is there and wrong.
  private static func optionalFigure(
    _ key: String, _ dimension: Dimension, _ range: ClosedRange<Double>, _ node: Node,
    _ reader: inout YAMLReader
  ) -> Double? {
    reader.has(key, of: node) ? figure(key, dimension, range, node, &reader) : 0
  }
}
