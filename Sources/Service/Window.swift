import Quantities

/// A stretch of time, from its start up to its end.
package struct Window: Hashable, Sendable, Codable {
  /// The first moment in it.
  package var start: Moment
  /// The first moment after it.
  package var end: Moment

  /// The time from `start` up to `end`.
  package init(_ start: Moment, _ end: Moment) {
    self.start = start
    self.end = end
  }

  /// A whole day of the calendar.
  package init(day: CivilDate) { self.init(Moment(day), Moment(day) + .days(1)) }
}

/// Why there is no account of a window.
package enum WindowProblem: Error, Hashable, Sendable {
  /// The window ends before it starts, or at once.
  case empty
  /// The shop was not open yet when the window starts.
  case beforeStart(start: Moment)
  /// The window ends in the future.
  case notYetSimulated(now: Moment)
  /// The window's ends are not whole minutes (nor the shop's start, nor now).
  case notWholeMinutes
  /// Its ends are no whole hours, and minutes are kept only since a later moment.
  case noLongerKept(minutesSince: Moment)
}
