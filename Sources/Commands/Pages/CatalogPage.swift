import Catalogs
import Quantities
import Reports
import WorldModel

/// The page `show catalog`: what is sold now, and for how much.
struct CatalogPage {
  let world: World

  var report: Report {
    let now = world.now
    let sold = world.catalog.entries.filter { $0.isSold(at: now) }
    var blocks: [Block] = [.heading("what is sold", remark: "\(now.date)")]
    for kind in CatalogEntry.Kind.allCases {
      let entries = sold.filter { $0.kind == kind }
      guard !entries.isEmpty else { continue }
      blocks.append(
        .table(
          Table(
            key: "catalog.\(kind.rawValue)",
            columns: [.init(kind.rawValue), .init(""), .init(kind.priceWords)],
            rows: entries.map { entry in
              [.words(entry.id), .words(entry.summary), .value(.money(entry.price(at: now)))]
            })))
    }
    let others = world.catalog.entries.count - sold.count
    blocks.append(
      .paragraph(
        (others > 0 ? "\(counted(others, "other thing")) had or will have their years. " : "")
          + "'source NAME' tells the figures of one and where they come from; 'catalog add FILE' adds "
          + "your own."))
    let own = world.catalog.additions.map(\.name)
    if !own.isEmpty { blocks.append(.paragraph("Added: \(own.joined(separator: ", ")).")) }
    return Report(blocks)
  }
}

extension CatalogEntry.Kind {
  /// What the price is for.
  var priceWords: String {
    switch self {
    case .server, .rack, .cooling, .ups, .generator, .feed, .part: "price"
    case .uplink: "a month"
    case .site: "a kWh"
    case .building: "a kW"
    }
  }
}
