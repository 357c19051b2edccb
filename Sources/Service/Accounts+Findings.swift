import Quantities

/// How busy a station was over a stretch of time.
package struct UtilizationRange: Hashable, Sendable {
  /// Busy time over time.
  package var mean: Double
  /// The least busy minute (hour, where minutes are no longer kept).
  package var low: Double
  /// The busiest minute (hour, where minutes are no longer kept).
  package var high: Double
}

/// Which part of the shop is the limit.
package struct Bottleneck: Hashable, Sendable {
  /// The part, or nil if no part is busy enough to be called so.
  package var station: Station?
  /// How busy it was, or the busiest if none is the limit, when the requests came.
  package var utilization: Double

  /// From how busy on a station is called the limit.
  ///
  /// `Chosen:` at 70 % a queue with exponential services triples the time at the station.
  package static let threshold = 0.7

  /// `uplink`, `servers`, `data`, `disk` or `none`.
  package var name: String { station?.rawValue ?? "none" }
}

extension Accounts {
  /// How busy a station was in a window; nil if it did not exist.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func utilization(
    of station: Station, in window: Window
  ) throws(WindowProblem) -> UtilizationRange? {
    let pieces = try pieces(of: window, grain: .fine)
    let all = Account(window: window, row: sum(of: pieces)[...])
    guard let mean = all.utilization(of: station) else { return nil }
    var range = UtilizationRange(mean: mean, low: 1, high: 0)
    for piece in pieces {
      let account = Account(window: window, row: row(of: piece))
      guard let busy = account.utilization(of: station) else { continue }
      range.low = min(range.low, busy)
      range.high = max(range.high, busy)
    }
    return range
  }

  /// The part of the shop that is the limit in a window: the busiest, at the times when it mattered.
  ///
  /// A line that is full from noon to midnight and idle at night is 60 % busy and yet the limit. So
  /// each minute (hour, where minutes are no longer kept) weighs as much as it has requests, and the
  /// station with the highest mean is the limit if it reaches `Bottleneck.threshold`. If half of the
  /// requests or more came while there was no server at all, the servers are.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func bottleneck(in window: Window) throws(WindowProblem) -> Bottleneck {
    var requests = 0.0
    var requestsWithoutServers = 0.0
    var weighted = [Double](repeating: 0, count: Station.allCases.count)
    for piece in try pieces(of: window, grain: .fine) {
      let account = Account(window: window, row: row(of: piece))
      let weight = Double(account.requests)
      requests += weight
      if account.utilization(of: .servers) == nil { requestsWithoutServers += weight }
      for (index, station) in Station.allCases.enumerated() {
        weighted[index] += weight * (account.utilization(of: station) ?? 0)
      }
    }
    guard requests > 0 else { return Bottleneck(station: nil, utilization: 0) }
    if requestsWithoutServers * 2 >= requests {
      return Bottleneck(station: .servers, utilization: 1)
    }
    var busiest = Bottleneck(station: nil, utilization: 0)
    for (index, station) in Station.allCases.enumerated()
    where weighted[index] / requests > busiest.utilization {
      busiest = Bottleneck(station: station, utilization: weighted[index] / requests)
    }
    if busiest.utilization < Bottleneck.threshold { busiest.station = nil }
    return busiest
  }

  /// The accounts of the calendar's days in a window, as far as they lie in it.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func days(in window: Window) throws(WindowProblem) -> [Account] {
    try grouped(window) { $0.startOfDay }
  }

  /// The accounts of the calendar's hours in a window, as far as they lie in it.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func hours(in window: Window) throws(WindowProblem) -> [Account] {
    try grouped(window) { $0.startOfDay + .hours($0.hour) }
  }

  /// The day with the lowest share of visits answered in two seconds.
  ///
  /// Among equals the one that lost the most visits, then the first. Nil if no visit has ended, or none went wrong.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func worstDay(in window: Window) throws(WindowProblem) -> Account? {
    var worst: (account: Account, share: Double)?
    for day in try days(in: window) {
      guard let share = day.answeredIn2s, share < 1 else { continue }
      if let known = worst,
        (share, -day.visitsLost) >= (known.share, -known.account.visitsLost)
      {
        continue
      }
      worst = (day, share)
    }
    return worst?.account
  }

  /// The whole hours of a window with the most visits, the busiest first, at most `count`.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func busiestHours(
    in window: Window, count: Int
  ) throws(WindowProblem) -> [Account] {
    let whole = try hours(in: window).filter { $0.span == .hours(1) }
    let sorted = whole.sorted {
      ($1.visits, $0.window.start) < ($0.visits, $1.window.start)
    }
    return Array(sorted.prefix(max(0, count)))
  }

  /// The visits of the busiest whole hour over the mean hour's; nil without a whole hour or a visit.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func demandPeak(in window: Window) throws(WindowProblem) -> Double? {
    let all = try account(of: window)
    guard all.visits > 0, let peak = try busiestHours(in: window, count: 1).first else {
      return nil
    }
    return Double(peak.visits) * (all.span / .hours(1)) / Double(all.visits)
  }

  /// The longest time without a break in which a station was at least so busy; nil if it never was.
  ///
  /// Looks at quarters of an hour, and at whole hours where minutes are no longer kept.
  /// - Throws: `WindowProblem`, if the window has no account.
  package func busiestStretch(
    of station: Station, above level: Double, in window: Window
  ) throws(WindowProblem) -> Window? {
    let quarter = TimeSpan.minutes(15).nanoseconds
    let accounts = try grouped(window, grain: .fine) {
      $0.startOfDay + TimeSpan(nanoseconds: $0.timeOfDay.nanoseconds / quarter * quarter)
    }
    var longest: Window?
    var open: Window?
    for account in accounts {
      guard let busy = account.utilization(of: station), busy >= level else {
        open = nil
        continue
      }
      let stretch = Window(open?.start ?? account.window.start, account.window.end)
      open = stretch
      if let known = longest, known.end - known.start >= stretch.end - stretch.start { continue }
      longest = stretch
    }
    return longest
  }

  /// Sums the pieces of a window whose starts have the same key.
  private func grouped(
    _ window: Window, grain: Grain = .coarse, by start: (Moment) -> Moment
  ) throws(WindowProblem) -> [Account] {
    var groups: [(key: Moment, window: Window, row: MeasureRow)] = []
    for piece in try pieces(of: window, grain: grain) {
      let stretch = clipped(piece)
      let key = start(stretch.start)
      if let last = groups.last, last.key == key {
        groups[groups.count - 1].window.end = stretch.end
        groups[groups.count - 1].row.combine(row(of: piece))
      } else {
        groups.append((key, stretch, MeasureRow(row(of: piece))))
      }
    }
    return groups.map { Account(window: $0.window, row: $0.row[...]) }
  }
}
