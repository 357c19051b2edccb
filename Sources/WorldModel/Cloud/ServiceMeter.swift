import Quantities

/// A service that is paid by the hour and by what passes through it, over the month that is under way.
package struct ServiceMeter: Hashable, Codable, Sendable {
  /// Since when it runs, this month; nil if it does not.
  package private(set) var since: Moment?
  /// What had passed then, bytes.
  private var before = 0.0
  /// Hours and bytes of stretches of the month that are over.
  private var hours = 0
  private var bytes = 0.0

  /// Lets it run from a moment on.
  /// - Parameter passed: what passes through it is the growth of this, bytes.
  mutating func begin(at moment: Moment, passed: Double) {
    (since, before) = (moment, passed)
  }

  /// Lets it run no longer.
  mutating func end(at moment: Moment, passed: Double) {
    (hours, bytes) = total(until: moment, passed: passed)
    since = nil
  }

  /// Begins a new month.
  mutating func beginMonth(at moment: Moment, passed: Double) {
    (hours, bytes) = (0, 0)
    if since != nil { begin(at: moment, passed: passed) }
  }

  /// Hours of the month so far, begun ones whole, and bytes.
  func total(until moment: Moment, passed: Double) -> (hours: Int, bytes: Double) {
    guard let since else { return (hours, bytes) }
    let hour = TimeSpan.hours(1).nanoseconds
    let begun = Int((max(.zero, moment - since).nanoseconds + hour - 1) / hour)
    return (hours + begun, bytes + passed - before)
  }
}

/// Gigabytes that are kept at a provider, over the month that is under way.
package struct KeptData: Hashable, Codable, Sendable {
  /// How much is kept now.
  package private(set) var size = DataSize(bytes: 0)
  /// Since when it is so much, this month.
  private var since: Moment?
  /// Gigabyte-hours of the month before that.
  private var gigabyteHours = 0.0

  /// Keeps so much from a moment on.
  mutating func set(_ size: DataSize, at moment: Moment) {
    gigabyteHours = total(until: moment)
    (self.size, since) = (size, moment)
  }

  /// Begins a new month.
  mutating func beginMonth(at moment: Moment) { (since, gigabyteHours) = (moment, 0) }

  /// Gigabyte-hours of the month so far.
  func total(until moment: Moment) -> Double {
    gigabyteHours + size.bytes / 1e9 * (since.map { (moment - $0).seconds / 3_600 } ?? 0)
  }
}

/// A database that a provider looks after: the orders are in it, copied every night, and on several disks.
package struct ManagedDatabase: Hashable, Codable, Sendable {
  /// Its size, by name.
  package var size: String
  /// Its place among the databases of the account.
  var run: Int
  /// The zone that it answers from.
  package internal(set) var zone: Int
  /// The zone in which a second one waits, if there is one and that zone is up.
  package internal(set) var standby: Int?
  /// Whether a second one is paid for.
  package var hasStandby: Bool
  /// When the second one has taken over; nil if it is not about to.
  package internal(set) var opens: Moment?
}
