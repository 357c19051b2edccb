import Quantities

/// A visit that is under way.
struct Visit: Sendable, Codable {
  /// Where the page that the visitor has asked for is.
  enum Stage: UInt8, Sendable, Codable {
    /// The visitor has asked for nothing: reads, or waits before trying again.
    case reading
    /// In a web server's line for a worker.
    case backlog
    /// On a web server's cores.
    case cores
    /// In line for the data tier.
    case dataLine
    /// In the data tier or at its disk.
    case data
    /// On its way through the uplink.
    case uplink
    /// Nobody's: the place is free for the next visit.
    case vacant
  }

  /// The visitor's number, from which everything about the visitor follows.
  let number: Int
  let begun: Moment
  let pageCount: Int32
  /// The page that is asked for or comes next, from 0.
  var page: Int32 = 0
  var stage = Stage.reading
  /// Whether the page failed once already.
  var isRetrying = false
  /// Whether some page took longer than two seconds, or failed.
  var wasSlow = false
  /// Counts the requests made from this place in the table, so that the data of one that was given
  /// up is not taken for the data of the next.
  var attempt: UInt16 = 0
  var server: Int32 = 0
  /// Whether the page is on its way over the line of whoever rents out servers.
  var isRemote = false
  /// How long the visitor waits for a page; follows from `number`, kept because it is asked so often.
  let patience: TimeSpan
  /// When the visitor first asked for the page.
  var clicked: Moment
  /// When the visitor gives up on the page.
  var deadline: Moment
  /// When the try that is under way came to each station.
  var asked: Moment
  var started: Moment
  var computed: Moment
  var queried: Moment
  var stored: Moment

  init(number: Int, begun: Moment, visitors: Visitors, attempt: UInt16) {
    self.number = number
    self.begun = begun
    pageCount = Int32(visitors.pageCount(ofVisit: number))
    patience = visitors.patience(ofVisit: number)
    self.attempt = attempt
    clicked = begun
    deadline = begun
    asked = begun
    started = begun
    computed = begun
    queried = begun
    stored = begun
  }

  /// Whether a page is asked for and neither answered nor failed.
  var isInFlight: Bool { stage != .reading && stage != .vacant }
}
