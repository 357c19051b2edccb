import Quantities

/// The course of one page view that took long, station by station.
package struct SlowPage: Hashable, Sendable, Codable {
  /// The visitor's number.
  package var visit: Int
  /// The page of the visit, from 1.
  package var page: Int
  /// The server that made it, by its place among the servers then.
  package var server: Int
  /// When the visitor first asked for it.
  package var clicked: Moment
  /// When it was asked for the time that was answered: later than the click after a failed try.
  package var asked: Moment
  /// When a worker of the server took it up.
  package var started: Moment
  /// When the processor was done with it.
  package var computed: Moment
  /// When the data tier took it up.
  package var queried: Moment
  /// When its data had come from the disk.
  package var stored: Moment
  /// When the visitor had it.
  package var answered: Moment

  /// From the click to the page.
  package var response: TimeSpan { answered - clicked }

  /// The parts of it in order: what it was, and how long.
  package var parts: [(name: String, span: TimeSpan)] {
    [
      ("a first try that failed", asked - clicked), ("waiting for a worker", started - asked),
      ("the processor, shared with others", computed - started),
      ("waiting for the data tier", queried - computed), ("data tier and disk", stored - queried),
      ("the line, shared with others", answered - stored),
    ]
  }
}
