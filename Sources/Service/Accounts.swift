import Quantities
import SimulationKernel

/// All that the shop has recorded up to a moment, to be asked about any stretch of it.
///
/// Windows consist of whole hours, of whole minutes within the last seven days, or of both; the
/// shop's start and now are allowed as ends too.
package struct Accounts: Sendable {
  private let records: Records
  /// The moment up to which everything is accounted for.
  package let now: Moment

  init(records: Records, now: Moment) {
    self.records = records
    self.now = now
  }

  /// When the shop opened.
  package var start: Moment { records.start }

  /// From when on windows may begin and end at any whole minute.
  package var minutesKeptSince: Moment { records.minutesKeptSince }

  /// The whole time since the shop opened; empty before any has passed.
  package var wholeTime: Window { Window(start, now) }

  /// Everything so far.
  package var total: Account {
    var row = records.closedTotal
    row.combine(records.minute)
    return Account(window: wholeTime, row: row[...])
  }

  /// Everything up to a moment; nothing at the shop's start.
  /// - Throws: `WindowProblem`, if that is not known.
  package func total(until moment: Moment) throws(WindowProblem) -> Account {
    guard moment >= start else { throw .beforeStart(start: start) }
    let window = Window(start, moment)
    guard moment > start else {
      return Account(window: window, row: MeasureRow.emptyRow[...])
    }
    return try account(of: window)
  }

  /// The last whole minute, for what is asked about as it is now; nil before there is one.
  package var lastMinute: Account? {
    let piece = Piece.minute(records.minutesClosed - 1)
    let window = clipped(piece)
    guard window.start < window.end else { return nil }
    return Account(window: window, row: row(of: piece))
  }

  /// The sums of a window.
  /// - Throws: `WindowProblem`, if there are none.
  package func account(of window: Window) throws(WindowProblem) -> Account {
    guard window != wholeTime || window.start == window.end else { return total }
    return Account(window: window, row: sum(of: try pieces(of: window))[...])
  }

  /// The response times of a window: from the first click on a page to its answer, for the pages that
  /// were answered in the window.
  ///
  /// Percentiles are within 1 %; mean and maximum are a bucket's, and exact in `Account`.
  /// - Throws: `WindowProblem`, if there are none.
  package func responses(in window: Window) throws(WindowProblem) -> Sketch {
    guard window != wholeTime || window.start == window.end else { return responses }
    return sketch(of: try pieces(of: window))
  }

  /// The response times of everything so far.
  package var responses: Sketch {
    var totals = records.closedResponses
    totals.add(records.hourResponses)
    totals.add(records.minuteResponses)
    return totals.sketch
  }

  /// The slowest page that was answered in a window, among the slowest of each hour; nil if none is kept.
  package func slowestPage(in window: Window) -> SlowPage? { records.slowest(in: window) }

  /// The accounts of a window's hours or minutes, one after the other.
  /// - Throws: `WindowProblem`, if there are none.
  package func series(
    of window: Window, by step: Step
  ) throws(WindowProblem) -> [Account] {
    let pieces = try pieces(of: window, grain: step == .minute ? .minutes : .coarse)
    return pieces.map { Account(window: clipped($0), row: row(of: $0)) }
  }

  /// The grain of a series.
  package enum Step: String, Sendable, Codable {
    /// Hours, and minutes where a window's ends are no whole hours.
    case hour
    /// Minutes; the window must lie in the last seven days.
    case minute
  }
}

extension Accounts {
  /// The latest moment, not after the one given, at which a window may begin: the shop's start, or the
  /// start of a minute or, where minutes are no longer kept, of an hour.
  package func latestWindowStart(notAfter moment: Moment) -> Moment {
    guard moment > start else { return start }
    let step: TimeSpan = moment >= minutesKeptSince ? .minutes(1) : .hours(1)
    let past = (moment - records.origin).nanoseconds % step.nanoseconds
    return max(start, moment - TimeSpan(nanoseconds: past))
  }
}

// MARK: - Pieces of time

extension Accounts {
  /// A minute or an hour by its number from the records' origin.
  ///
  /// The last of each may be open.
  enum Piece: Hashable {
    case minute(Int)
    case hour(Int)
  }

  /// Which pieces to take where there is a choice.
  enum Grain {
    /// Hours, and minutes only at a window's ends.
    case coarse
    /// Minutes where they are kept, hours elsewhere.
    case fine
    /// Minutes and nothing else.
    case minutes
  }

  /// The hours and minutes that make up a window, in order.
  func pieces(
    of window: Window, grain: Grain = .coarse
  ) throws(WindowProblem) -> [Piece] {
    guard window.start < window.end else { throw .empty }
    guard window.start >= start else { throw .beforeStart(start: start) }
    guard window.end <= now else { throw .notYetSimulated(now: now) }
    let first = try minute(of: window.start, isEnd: false)
    let end = try minute(of: window.end, isEnd: true)
    return try pieces(fromMinute: first, to: end, grain)
  }

  /// The number of the minute that starts or ends at a moment; the shop's start counts as the start
  /// of its minute, now as the end of the open one.
  private func minute(of moment: Moment, isEnd: Bool) throws(WindowProblem) -> Int {
    if moment == start, !isEnd { return records.minuteIndex(of: start) }
    let (index, rest) = (moment - records.origin).nanoseconds
      .quotientAndRemainder(dividingBy: TimeSpan.minutes(1).nanoseconds)
    if rest == 0 { return Int(index) }
    guard isEnd, moment == now else { throw .notWholeMinutes }
    return Int(index) + 1
  }

  private func pieces(
    fromMinute first: Int, to end: Int, _ grain: Grain
  ) throws(WindowProblem) -> [Piece] {
    var pieces: [Piece] = []
    var minute = first
    while minute < end {
      let hour = minute / 60
      let isWholeHour =
        (minute % 60 == 0 || minute == records.minuteIndex(of: start))
        && (hour + 1) * 60 <= end && hour < records.hoursClosed
      let hasMinutes = records.keepsMinutes(ofHour: hour)
      if isWholeHour && (grain == .coarse || (grain == .fine && !hasMinutes)) {
        pieces.append(.hour(hour))
        minute = (hour + 1) * 60
      } else {
        guard hasMinutes else { throw .noLongerKept(minutesSince: minutesKeptSince) }
        pieces.append(.minute(minute))
        minute += 1
      }
    }
    return pieces
  }

  /// The stretch of time of a piece, as far as the shop was open and it is over.
  func clipped(_ piece: Piece) -> Window {
    switch piece {
    case .minute(let index):
      let begin = records.origin + .minutes(index)
      return Window(max(begin, start), min(begin + .minutes(1), now))
    case .hour(let index):
      let begin = records.origin + .hours(index)
      return Window(max(begin, start), min(begin + .hours(1), now))
    }
  }

  func row(of piece: Piece) -> ArraySlice<Int64> {
    switch piece {
    case .minute(records.minutesClosed): records.minute[...]
    case .minute(let index): records.closedMinute(index).row
    case .hour(let index): records.closedHour(index).row
    }
  }

  func sum(of pieces: [Piece]) -> MeasureRow {
    var sum = MeasureRow.emptyRow
    for piece in pieces { sum.combine(row(of: piece)) }
    return sum
  }

  private func sketch(of pieces: [Piece]) -> Sketch {
    var totals = ResponseTotals()
    for piece in pieces {
      switch piece {
      case .minute(records.minutesClosed): totals.add(records.minuteResponses)
      case .minute(let index): totals.add(packed: records.closedMinute(index).responses)
      case .hour(let index): totals.add(packed: records.closedHour(index).responses)
      }
    }
    return totals.sketch
  }
}
