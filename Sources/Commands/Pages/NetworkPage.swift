import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// The page `show network`: the path of a page view, what each part can carry, and what it carried.
struct NetworkPage {
  private let accounts: Accounts
  private let window: Service.Window
  private let shop: Shop
  private let uplinkID: String
  private let account: Account

  init(
    accounts: Accounts, window: Service.Window, shop: Shop, uplinkID: String
  ) throws(WindowProblem) {
    self.accounts = accounts
    self.window = window
    self.shop = shop
    self.uplinkID = uplinkID
    account = try accounts.account(of: window)
  }

  /// The page.
  ///
  /// - Parameter memory: how busy the parts were at the last look.
  func report(since memory: PageMemory?) throws(WindowProblem) -> Report {
    var busy: [(station: Station, range: UtilizationRange?)] = []
    for station in Station.allCases {
      busy.append((station, try accounts.utilization(of: station, in: window)))
    }
    let changes = busy.map { change($0.station, $0.range, memory) }
    let hasChanges = changes.contains { $0 != nil }
    let names = ["part", "can carry", "carried", "busy", "at most"]
    var report = Report([
      .heading("the path of a page view", remark: StretchText.text(window)),
      .table(
        Table(
          key: "network.path",
          columns: (names + (hasChanges ? ["since your last look"] : [])).map { .init($0) },
          rows: zip(busy, changes).map { part, change in
            row(part.station, part.range) + (hasChanges ? [change ?? .words("")] : [])
          })),
      .paragraph(limitSentence),
    ])
    report.memory = PageMemory(
      page: "network", moment: window.end, span: window.end - window.start,
      values: Dictionary(
        busy.compactMap { part in part.range.map { (part.station.rawValue, .share($0.mean)) } }
      ) { first, _ in first })
    return report
  }

  /// By how much busier a part is than at the last look; nil if it is as busy.
  private func change(_ station: Station, _ busy: UtilizationRange?, _ memory: PageMemory?)
    -> Table.Cell?
  {
    guard let busy, let old = memory?.values[station.rawValue], old != .share(busy.mean) else {
      return nil
    }
    return .difference(.share(busy.mean), old)
  }

  private func row(_ station: Station, _ busy: UtilizationRange?) -> [Table.Cell] {
    [
      .words(station == .uplink ? "uplink (\(uplinkID))" : station.rawValue),
      .value(.quantity(Quantity(capacity(of: station), .rate), .perSecond)),
      .value(
        account.throughput.map { .quantity(Quantity($0.perSecond, .rate), .perSecond) }
          ?? .undefined("no time has passed")),
      busy.map { .value(.share($0.mean)) } ?? .none,
      busy.map { .value(.share($0.high)) } ?? .none,
    ]
  }

  /// Page views a second that a station could carry at most, with the pages as they were.
  private func capacity(of station: Station) -> Double {
    switch station {
    case .servers:
      shop.servers.reduce(0) { $0 + Double($1.cores) * $1.speed } / shop.work.web.seconds
    case .data: shop.work.data > .zero ? 1 / shop.work.data.seconds : 0
    case .disk: shop.work.disk > .zero ? 1 / shop.work.disk.seconds : 0
    case .uplink: shop.uplink.bytesPerSecond / pageSizeMean
    }
  }

  /// The mean size of the pages that were sent, or of a visit's if none was.
  private var pageSizeMean: Double {
    account.requestsAnswered > 0
      ? account.dataSent.bytes / Double(account.requestsAnswered) : shop.work.firstPage.bytes
  }

  private var limitSentence: String {
    let narrowest = Station.allCases.min { capacity(of: $0) < capacity(of: $1) } ?? .uplink
    let most = QuantityText.significant(capacity(of: narrowest))
    return
      "The narrowest part is the \(narrowest.rawValue): \(most) pages a second, at "
      + "\(FactValue.quantity(Quantity(pageSizeMean, .data), .none).text) a page on average."
  }
}
