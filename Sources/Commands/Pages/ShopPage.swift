import Catalogs
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
  private let before: Service.Window
  private let servers: [(model: Catalog.Server, count: Int)]
  private let rented: [(size: String, count: Int)]
  private let uplinkID: String
  private let cash: Money

  init(
    accounts: Accounts, window: Service.Window, servers: [(model: Catalog.Server, count: Int)],
    rented: [(size: String, count: Int)], uplinkID: String, cash: Money
  ) throws(WindowProblem) {
    self.accounts = accounts
    self.window = window
    self.servers = servers
    self.rented = rented
    self.uplinkID = uplinkID
    self.cash = cash
    now = try accounts.account(of: window)
    before = ShopPage.windowBefore(window)
  }

  /// The same part of the day before, or of a longer stretch the one that ends where it begins.
  private static func windowBefore(_ window: Service.Window) -> Service.Window {
    let distance = max(window.end - window.start, .days(1))
    return Service.Window(window.start - distance, window.end - distance)
  }

  /// The page.
  ///
  /// - Parameter memory: what it showed at the last look; nil compares with what was before.
  func report(since memory: PageMemory?) throws(WindowProblem) -> Report {
    let table = try table()
    let remark = table.remark(on: memory)
    var report = Report(
      [
        .heading("quilt shop", remark: StretchText.text(window)),
        .table(table.table(since: memory)),
      ] + (remark.map { [.paragraph($0)] } ?? []) + [
        .paragraph(timeSentence), .paragraph(try limitSentence()), try visitsByHour(),
        .paragraph("\(equipment) Cash: \(FactValue.money(cash).text)."),
      ])
    report.memory = table.memory(of: "shop", at: window.end)
    return report
  }

  private func table() throws(WindowProblem) -> PageTable {
    let old = accountBefore
    var rows = [
      row("visits", .count, old) { .count($0.visits) },
      row("  answered within 2 s", .measure, old) {
        $0.answeredIn2s.map(FactValue.share) ?? .undefined("no visit has ended")
      },
      row("  lost", .count, old) { .count($0.visitsLost) },
      row("orders", .count, old) { .count($0.orders) },
      row("sales", .count, old) { .money($0.revenue) },
    ]
    let responses = try accounts.responses(in: window)
    let oldResponses = old == nil ? nil : try accounts.responses(in: before)
    for (label, share) in [("page, median", 0.5), ("      slowest 1%", 0.99)] {
      rows.append(
        PageTable.Row(
          label: label,
          value: .span(responses.percentile(share), else: "no page was answered"),
          kind: .measure,
          before: oldResponses.map { .span($0.percentile(share), else: "no page was answered") }))
    }
    return PageTable(key: "shop.summary", rows: rows, span: window.end - window.start)
  }

  private func row(
    _ label: String, _ kind: PageTable.Kind, _ old: Account?, _ value: (Account) -> FactValue
  ) -> PageTable.Row {
    PageTable.Row(label: label, value: value(now), kind: kind, before: old.map(value))
  }

  /// What was before; nil where the shop was not open yet, or the records do not go back.
  private var accountBefore: Account? {
    do {
      return try accounts.account(of: before)
    } catch {
      return nil
    }
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
    var busy: [(station: Station, range: UtilizationRange)] = []
    for station in Station.allCases {
      guard let range = try accounts.utilization(of: station, in: window) else { continue }
      busy.append((station, range))
    }
    let limit = try accounts.bottleneck(in: window).station
    let busiest = busy.max { $0.range.mean < $1.range.mean }?.station
    guard let told = limit ?? busiest else { return "Nothing was there to be busy." }
    var words = limit == nil ? "No part was the limit. Busiest was" : "The limit is"
    words += " the \(told.rawValue)"
    if let range = busy.first(where: { $0.station == told })?.range {
      words +=
        ": \(FactValue.share(range.mean).text) busy, at most \(FactValue.share(range.high).text)"
    }
    guard let most = busy.filter({ $0.station != told }).map(\.range.high).max() else {
      return words + "."
    }
    return words + "; the others at most \(FactValue.share(most).text)."
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
    let line = uplinkID == "none" ? "no line of your own" : "a \(uplinkID) line"
    let own = servers.map { "\($0.count) × \($0.model.id)" }
    let list = own + rented.map { "\($0.count) × \($0.size) (rented)" }
    guard !list.isEmpty else { return "No server, and \(line)." }
    return "\(list.joined(separator: ", ")), and \(line)."
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
