import Quantities
import Reports
import Service
import WorldModel

/// Why the shop did as it did in a stretch of time: from what visitors saw down to the part that was
/// full, each sentence the cause of the one before.
struct ShopCauses {
  let accounts: Accounts
  let window: Service.Window
  let shop: Shop
  let store: OrderStore
  /// What happened at providers.
  let events: [CloudEvent]

  func sentences() throws(FactUnavailable) -> [String] {
    do throws(WindowProblem) {
      let account = try accounts.account(of: window)
      guard account.visits > 0 || account.requests > 0 else {
        return ["Nobody came in this time."]
      }
      let limit = try accounts.bottleneck(in: window)
      var sentences = [outcome(account)]
      if let failures = failures(account) { sentences.append(failures) }
      sentences += storeSentences + CloudStory(events.filter(closes)).sentences
      guard let station = limit.station else {
        sentences.append(
          "No part was the limit: the busiest was "
            + "\(FactValue.share(limit.utilization).text) busy when the requests came.")
        return sentences
      }
      sentences.append(try full(station, limit.utilization))
      sentences.append(offered(station, account))
      sentences.append(try others(station))
      sentences.append("'blame shop.lost' runs it again without each limit in turn.")
      return sentences
    } catch {
      throw error.unavailable
    }
  }

  /// Whether something at a provider kept visitors out in the stretch, or let them in again.
  private func closes(_ event: CloudEvent) -> Bool {
    guard window.start <= event.moment, event.moment < window.end else { return false }
    switch event.what {
    case .zoneDown, .zoneBack, .entranceLost, .ordersOutOfReach, .ordersLost, .databaseMoves,
      .taken:
      return true
    case .notice, .budget, .credit: return false
    }
  }

  /// What the store of orders had to do with it.
  private var storeSentences: [String] {
    var sentences: [String] = []
    for loss in store.losses {
      let until = loss.moment + OrderStore.restore
      guard loss.moment < window.end, until > window.start,
        loss.cause == .disks || store.lastBackup != nil
      else { continue }
      sentences.append(
        "From \(loss.moment.clockText) to \(until.clockText) all pages were refused, while the orders were "
          + "put back.")
    }
    if shop.diskPace < 1 {
      sentences.append(
        "A new disk is being filled, and pages have \(FactValue.share(shop.diskPace).text) of the disks' time."
      )
    }
    return sentences
  }

  private func outcome(_ account: Account) -> String {
    let share = account.answeredIn2s.map { FactValue.share($0).text } ?? "no share"
    return "Of \(QuantityText.grouped(account.visits)) visits, \(share) had every page within 2 s, "
      + "and \(QuantityText.grouped(account.visitsLost)) were lost."
  }

  private func failures(_ account: Account) -> String? {
    guard account.requestsLost > 0 else { return nil }
    return "Visits are lost when a page fails twice: "
      + "\(QuantityText.grouped(account.requestsAbandoned)) page views outlasted their visitor's "
      + "patience, and \(QuantityText.grouped(account.requestsRefused)) were refused."
  }

  private func full(_ station: Station, _ utilization: Double) throws(WindowProblem) -> String {
    guard !(station == .servers && shop.servers.isEmpty) else {
      return "Because there was no server to answer them."
    }
    let busy = try accounts.series(of: window, by: .hour).filter {
      $0.utilization(of: station) ?? 0 >= 0.9
    }
    var text =
      "Because the \(station.rawValue) was full: \(FactValue.share(utilization).text) busy when the "
      + "requests came"
    if let first = busy.first, let last = busy.last {
      text += ", above 90% between \(first.window.start) and \(last.window.end)"
    }
    return text + "."
  }

  private func offered(_ station: Station, _ account: Account) -> String {
    let perSecond = Double(account.requests) / max(1, account.span.seconds)
    let asked = QuantityText.significant(perSecond)
    switch station {
    case .uplink:
      let size =
        account.requestsAnswered > 0
        ? account.dataSent.bytes / Double(account.requestsAnswered) : shop.work.firstPage.bytes
      let needed = DataRate(bytesPerSecond: perSecond * size)
      return
        "Because \(asked) page views a second of \(FactValue.quantity(Quantity(size, .data), .none).text) "
        + "ask for \(FactValue.quantity(Quantity(needed), .megabitPerSecond).text) on average, and the "
        + "line carries \(FactValue.quantity(Quantity(shop.uplink), .megabitPerSecond).text)."
    case .servers:
      let cores = shop.servers.reduce(0) { $0 + Double($1.cores) * $1.speed }
      return
        "Because \(asked) page views a second of \(FactValue.span(shop.work.web).text) of a core each ask "
        + "for \(QuantityText.significant(perSecond * shop.work.web.seconds)) cores on average, and "
        + "there are \(QuantityText.significant(cores))."
    case .data:
      return
        "Because \(asked) page views a second ask for \(FactValue.span(shop.work.data).text) each."
    case .disk:
      return
        "Because \(asked) page views a second ask for \(FactValue.span(shop.work.disk).text) each."
    }
  }

  private func others(_ station: Station) throws(WindowProblem) -> String {
    var parts: [String] = []
    for other in Station.allCases where other != station {
      guard let range = try accounts.utilization(of: other, in: window) else { continue }
      parts.append("\(other.rawValue) at most \(FactValue.share(range.high).text)")
    }
    return "Meanwhile the others had room: \(parts.joined(separator: ", "))."
  }
}
