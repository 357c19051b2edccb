import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// The page `show shop`: visits, orders and pages of a stretch of time beside the one before it, where
/// the time goes, and what the limit is.
struct ShopPage {
  private let accounts: Accounts
  private let window: Service.Window
  private let now: Account
  private let before: Account?
  private let servers: [(model: Catalog.Server, count: Int)]
  private let uplinkID: String
  private let cash: Money

  init(
    accounts: Accounts, window: Service.Window, servers: [(model: Catalog.Server, count: Int)],
    uplinkID: String, cash: Money
  ) throws(WindowProblem) {
    self.accounts = accounts
    self.window = window
    self.servers = servers
    self.uplinkID = uplinkID
    self.cash = cash
    now = try accounts.account(of: window)
    let length = window.end - window.start
    let previous = Service.Window(window.start - length, window.start)
    do {
      before = try accounts.account(of: previous)
    } catch {
      before = nil
    }
  }

  func blocks() throws(WindowProblem) -> [Block] {
    [
      .heading("quilt shop", remark: StretchText.text(window)),
      .table(try table()),
      .paragraph(timeSentence),
      .paragraph(try limitSentence()),
      try visitsByHour(),
      .paragraph("\(equipment) Cash: \(FactValue.money(cash).text)."),
    ]
  }

  private func table() throws(WindowProblem) -> Table {
    var columns = [(name: "now", account: now, window: window)]
    if let before {
      let start = window.start - (window.end - window.start)
      columns.append(("before", before, Service.Window(start, window.start)))
    }
    func row(_ label: String, _ value: (Account) -> FactValue) -> [Table.Cell] {
      [.words(label)] + columns.map { .value(value($0.account)) }
    }
    func row(_ label: String, percentile share: Double) throws(WindowProblem) -> [Table.Cell] {
      var cells = [Table.Cell.words(label)]
      for column in columns {
        let responses = try accounts.responses(in: column.window)
        cells.append(.value(.span(responses.percentile(share), else: "no page was answered")))
      }
      return cells
    }
    return Table(
      key: "shop.summary", columns: [.init("")] + columns.map { .init($0.name) },
      rows: [
        row("visits") { .count($0.visits) },
        row("  answered within 2 s") {
          $0.answeredIn2s.map(FactValue.share) ?? .undefined("no visit has ended")
        },
        row("  lost") { .count($0.visitsLost) },
        row("orders") { .count($0.orders) },
        row("sales") { .money($0.revenue) },
        try row("page, median", percentile: 0.5),
        try row("      slowest 1%", percentile: 0.99),
      ])
  }

  private var timeSentence: String {
    let parts = Station.allCases.compactMap { station in
      now.shareOfTime(at: station).map { (station: station, share: $0) }
    }.sorted { ($1.share, $0.station.rawValue) < ($0.share, $1.station.rawValue) }
    guard !parts.isEmpty else { return "No page got as far as a server." }
    return "Where the time goes: "
      + parts.map { "\($0.station.rawValue) \(FactValue.share($0.share).text)" }
      .joined(separator: ", ") + "."
  }

  private func limitSentence() throws(WindowProblem) -> String {
    var parts: [String] = []
    for station in Station.allCases {
      guard let range = try accounts.utilization(of: station, in: window) else { continue }
      parts.append(
        "\(station.rawValue) \(FactValue.share(range.mean).text) busy, at most "
          + FactValue.share(range.high).text)
    }
    let limit = try accounts.bottleneck(in: window)
    let verdict = limit.station == nil ? "Nothing is the limit" : "The limit is the \(limit.name)"
    return "\(verdict): \(parts.joined(separator: "; "))."
  }

  private func visitsByHour() throws(WindowProblem) -> Block {
    let hours = try accounts.hours(in: window).filter { $0.span == .hours(1) }
    guard let peak = hours.max(by: { $0.visits < $1.visits }), let first = hours.first,
      hours.count > 1
    else { return .paragraph("Less than two whole hours have passed.") }
    let series = Series(
      key: "visits an hour", unit: .none, start: first.window.start, step: .hours(1),
      values: hours.map { Double($0.visits) })
    let day = hours.count > 24 ? " on \(peak.window.start.date)" : ""
    return .plot(
      Plot(
        .sparkline([series]), of: [series],
        sentence: "The busiest hour began at \(peak.window.start.clockText)\(day), with "
          + "\(QuantityText.grouped(peak.visits)) visits."))
  }

  private var equipment: String {
    guard !servers.isEmpty else { return "No server, and a \(uplinkID) line." }
    let list = servers.map { "\($0.count) × \($0.model.id)" }.joined(separator: ", ")
    return "\(list), and a \(uplinkID) line."
  }
}

/// Stretches of time as people say them.
enum StretchText {
  /// `Fri 2005-11-25, the whole day`, or from when to when.
  static func text(_ window: Service.Window) -> String {
    let start = window.start
    if start == start.startOfDay, window.end == start + .days(1) {
      return "\(start.weekday.abbreviation) \(start.date), the whole day"
    }
    if start == start.startOfDay, window.end < start + .days(1) {
      return "\(start.weekday.abbreviation) \(start.date), until \(window.end.clockText)"
    }
    return "\(start) to \(window.end)"
  }
}
