import Quantities

/// A moment as it was written, some of which need the world's clock to become one.
package enum MomentLiteral: Hashable, Sendable {
  /// A bare day: as a moment its first instant, as a window the whole of it.
  case day(CivilDate)
  /// A day and a time.
  case exact(Moment)
  /// A clock time alone: the next one after `until`, the last one in windows.
  case clock(TimeSpan)

  /// Reads a token, or returns nil: `2005-11-25`, `2005-11-25T09:30`, `2005-11-25 09:30`, `noon`,
  /// `14:03`.
  package static func read(_ text: String) -> MomentLiteral? {
    if text == "noon" { return .clock(.hours(12)) }
    if text == "midnight" { return .clock(.zero) }
    if let clock = readClock(text) { return .clock(clock) }
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "T" || $0 == " " })
    guard let first = parts.first, let date = readDate(String(first)) else { return nil }
    guard parts.count == 2 else { return text.count == first.count ? .day(date) : nil }
    guard let clock = readClock(String(parts[1])) else { return nil }
    return .exact(Moment(date) + clock)
  }

  /// Whether a token has the shape of a date, valid or not (`2005-13-01`).
  package static func looksLikeDate(_ text: String) -> Bool {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0].count == 4 && parts.allSatisfy { Int($0) != nil }
  }

  /// Whether a token has the shape of a time of day, valid or not (`25:03`).
  static func looksLikeClock(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { $0.utf8.count <= 2 && Int($0) != nil }
  }

  private static func readDate(_ text: String) -> CivilDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    return date.isValid ? date : nil
  }

  private static func readClock(_ text: String) -> TimeSpan? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts[0].count <= 2, parts[1].count == 2,
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...24).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    let span = TimeSpan.hours(hour) + .minutes(minute)
    guard parts.count == 3 else { return span <= .hours(24) ? span : nil }
    guard let seconds = Double(parts[2]), (0..<60).contains(seconds) else { return nil }
    return span + .seconds(seconds)
  }
}

extension MomentLiteral {
  /// The moment meant by it where a clock time is the next one after `now`.
  package func next(after now: Moment) -> Moment {
    guard case .clock(let time) = self else { return instant(now) }
    let today = now.startOfDay + time
    return today > now ? today : today + .days(1)
  }

  /// The moment meant by it where a clock time is the last one not after `now`.
  package func last(before now: Moment) -> Moment {
    guard case .clock(let time) = self else { return instant(now) }
    let today = now.startOfDay + time
    return today <= now ? today : today - .days(1)
  }

  private func instant(_ now: Moment) -> Moment {
    switch self {
    case .day(let date): Moment(date)
    case .exact(let moment): moment
    case .clock(let time): now.startOfDay + time
    }
  }
}

/// A half-open range of moments as it was written: a bare day, or `A..B` from the start of A to the
/// start of B.
package struct RangeLiteral: Hashable, Sendable {
  /// Where it begins.
  package var start: MomentLiteral
  /// Where it ends, or nil for the whole of a day.
  package var end: MomentLiteral?

  /// A range as given.
  package init(start: MomentLiteral, end: MomentLiteral?) {
    self.start = start
    self.end = end
  }
}

/// An amount of time as it was written: exact, or a period of the calendar.
package enum SpanLiteral: Hashable, Sendable {
  /// So many nanoseconds.
  case span(TimeSpan)
  /// So many months or years.
  case period(CalendarPeriod)

  /// The longest exact span, in seconds.
  ///
  /// `Chosen:` 190 years, so that it can be added to any moment that the calendar has.
  package static let secondsMax = 6e9

  /// The moment that lies so much after `start`, or where the calendar ends if that comes first.
  package func end(from start: Moment) -> Moment {
    switch self {
    case .span(let span): start.saturatingAdd(span)
    case .period(let period): period.end(from: start)
    }
  }

  /// The moment that lies so much before `end`, or where the calendar begins if that comes later.
  package func start(before end: Moment) -> Moment {
    switch self {
    case .span(let span): end.saturatingAdd(TimeSpan.zero - span)
    case .period(let period): period.start(before: end)
    }
  }
}

/// The part of time that a fact is asked for.
package enum Window: Hashable, Sendable {
  /// From the start of the range to its end.
  case during(RangeLiteral)
  /// The last so much.
  case over(SpanLiteral)
  /// From a moment to now.
  case since(PointLiteral)
  /// The value just before a moment.
  case at(PointLiteral)
}

/// A moment, or the name of a mark.
package enum PointLiteral: Hashable, Sendable {
  /// A moment.
  case moment(MomentLiteral)
  /// What `mark NAME` remembered.
  case mark(String)
}
