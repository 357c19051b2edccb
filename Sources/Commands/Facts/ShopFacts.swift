import Quantities
import Reports
import Service
import SimulationKernel
import WorldModel

extension FactFamily {
  /// What the shop counts and measures.
  static let shop = FactFamily(
    declarations: [
      FactDeclaration("shop.visits", .counter, "visits that began"),
      FactDeclaration("shop.lost", .counter, "visits that left because a page failed twice"),
      FactDeclaration("shop.requests", .counter, "page views asked for, second tries included"),
      FactDeclaration("shop.requests-lost", .counter, "page views refused or given up"),
      FactDeclaration(
        "shop.answered-in-2s", .share, .percent,
        "the share of all visits, lost ones included, with every page within 2 s"),
      FactDeclaration("shop.orders", .counter, "orders"),
      FactDeclaration("shop.revenue", .counter, .dollar, "what the orders are worth"),
      FactDeclaration(
        "shop.response", .distribution, .second, "the time from click to page, of answered pages"),
      FactDeclaration("shop.throughput", .gauge, .perSecond, "pages answered per second"),
      FactDeclaration("shop.bottleneck", .text, "the part that is the limit, or none"),
      FactDeclaration("shop.worst-day", .moment, "the day on which the fewest visits went well"),
    ],
    value: { query throws(FactUnavailable) in try query.shopValue() })

  /// How busy the parts of the shop are.
  static let stations = FactFamily(
    declarations: [
      FactDeclaration("servers.count", .gauge, "how many servers there are"),
      FactDeclaration("servers.utilization", .gauge, .percent, "how busy the servers' cores are"),
      FactDeclaration("uplink.utilization", .gauge, .percent, "how busy the line is"),
      FactDeclaration("data.utilization", .gauge, .percent, "how busy the data tier is"),
      FactDeclaration("disk.utilization", .gauge, .percent, "how busy the disk is"),
    ],
    value: { query throws(FactUnavailable) in try query.stationValue() })

  /// How many visitors come.
  static let demand = FactFamily(
    declarations: [
      FactDeclaration(
        "demand.peak", .share, "the visits of the busiest hour over those of the mean hour")
    ],
    value: { query throws(FactUnavailable) in
      let accounts = try query.accounts()
      let stretch = try query.stretchSoFar(accounts)
      guard
        let peak = try query.kept({ () throws(WindowProblem) in
          try accounts.demandPeak(in: stretch)
        })
      else { return .undefined("no whole hour has passed") }
      return .quantity(Quantity(peak), .none)
    })
}

extension FactDeclaration {
  /// A declaration of a plain number, a text or a moment.
  init(_ key: String, _ kind: FactKind, _ summary: String) {
    self.init(key, kind, .none, summary)
  }
}

extension WorldQuery {
  /// What the shop has recorded.
  func accounts() throws(FactUnavailable) -> Accounts {
    guard let shop = world.shop else { throw .notYet("there is no shop yet; 'new shop' opens one") }
    return shop.accounts
  }

  /// The stretch that is asked for, or all since the shop opened.
  func stretchSoFar(_ accounts: Accounts) throws(FactUnavailable) -> Service.Window {
    try stretch() ?? Service.Window(accounts.start, accounts.now)
  }

  /// Asks the records, and says in words why they have no answer.
  func kept<Value>(_ ask: () throws(WindowProblem) -> Value) throws(FactUnavailable) -> Value {
    do {
      return try ask()
    } catch {
      throw error.unavailable
    }
  }

  /// The sums of what is asked for; for `at`, of all up to that moment.
  func account(_ accounts: Accounts) throws(FactUnavailable) -> Account {
    guard let stretch = try stretch() else { return accounts.total }
    return try kept { () throws(WindowProblem) in
      if case .at? = window { return try accounts.total(until: stretch.end) }
      return try accounts.account(of: stretch)
    }
  }

  func shopValue() throws(FactUnavailable) -> FactValue {
    let accounts = try accounts()
    let key = fact.declaration.key
    switch key {
    case "shop.response", "shop.throughput", "shop.bottleneck", "shop.worst-day":
      return try measured(key, accounts)
    default: break
    }
    let account = try account(accounts)
    switch key {
    case "shop.visits": return .count(account.visits)
    case "shop.lost": return .count(account.visitsLost)
    case "shop.requests": return .count(account.requests)
    case "shop.requests-lost": return .count(account.requestsLost)
    case "shop.orders": return .count(account.orders)
    case "shop.revenue": return .money(account.revenue)
    case "shop.answered-in-2s":
      return account.answeredIn2s.map(FactValue.share) ?? .undefined("no visit has ended")
    default: preconditionFailure("the fact '\(key)' is declared and not computed")
    }
  }

  private func measured(_ key: String, _ accounts: Accounts) throws(FactUnavailable) -> FactValue {
    if key == "shop.throughput" { return try throughput(accounts) }
    let stretch = try stretchSoFar(accounts)
    switch key {
    case "shop.response": return try response(accounts, stretch)
    case "shop.bottleneck":
      let recent = window == nil ? accounts.latestDay : stretch
      return .text(
        try kept { () throws(WindowProblem) in try accounts.bottleneck(in: recent).name })
    default:
      let day = try kept { () throws(WindowProblem) in try accounts.worstDay(in: stretch) }
      return day.map { .moment($0.window.start.startOfDay) } ?? .undefined("every visit went well")
    }
  }

  private func response(_ accounts: Accounts, _ stretch: Service.Window)
    throws(FactUnavailable) -> FactValue
  {
    let reason = "no page was answered"
    if suffix == .mean || suffix == .max {
      let account = try kept { () throws(WindowProblem) in try accounts.account(of: stretch) }
      return .span(suffix == .mean ? account.responseMean : account.responseMax, else: reason)
    }
    let sketch = try kept { () throws(WindowProblem) in try accounts.responses(in: stretch) }
    let share: Double =
      switch suffix {
      case .p95: 0.95
      case .p99: 0.99
      default: 0.5
      }
    return .span(sketch.percentile(share), else: reason)
  }

  private func throughput(_ accounts: Accounts) throws(FactUnavailable) -> FactValue {
    let stretch = try stretch() ?? accounts.latestDay
    func value(_ account: Account) -> Double? { account.throughput?.perSecond }
    let account = try kept { () throws(WindowProblem) in try accounts.account(of: stretch) }
    var best = value(account)
    if suffix == .low || suffix == .high {
      let hours = try kept { () throws(WindowProblem) in try accounts.hours(in: stretch) }
      let values = hours.compactMap(value)
      best = suffix == .low ? values.min() : values.max()
    }
    return best.map { .quantity(Quantity($0, .rate), .perSecond) }
      ?? .undefined("no time has passed")
  }

  func stationValue() throws(FactUnavailable) -> FactValue {
    let key = fact.declaration.key
    if key == "servers.count" {
      try forNow()
      return .count(world.shop?.servers.count ?? 0)
    }
    let subject = key.split(separator: ".").first.map(String.init) ?? key
    guard let station = Station(rawValue: subject) else {
      preconditionFailure("the fact '\(key)' is declared and not computed")
    }
    let accounts = try accounts()
    let stretch = try stretch() ?? accounts.latestDay
    let range = try kept { () throws(WindowProblem) in
      try accounts.utilization(of: station, in: stretch)
    }
    guard let range else { return .undefined("there was no server") }
    switch suffix {
    case .low: return .share(range.low)
    case .high: return .share(range.high)
    default: return .share(range.mean)
    }
  }
}
