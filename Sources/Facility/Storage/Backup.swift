import Quantities

/// Copies of data taken at set times and kept for a while, away from the data themselves.
///
/// Replicas do not help against a deletion: it reaches every copy in the same second. A backup
/// does, up to what was written since it was taken.
package struct BackupPlan: Hashable, Sendable, Codable {
  /// The moment of one backup, from which the others follow.
  package var first: Moment
  /// How long from one backup to the next.
  package var interval: TimeSpan
  /// How long it takes until a backup can be read back.
  package var duration: TimeSpan
  /// How long a backup is kept.
  package var retention: TimeSpan

  /// A plan as given; the interval is above nothing.
  package init(first: Moment, interval: TimeSpan, duration: TimeSpan, retention: TimeSpan) {
    precondition(interval > .zero, "backups \(interval.nanoseconds) ns apart never end")
    self.first = first
    self.interval = interval
    self.duration = duration
    self.retention = retention
  }

  /// The moment as of which data can be had back that were destroyed at `damage`, which was noticed
  /// at `noticed`; nil if no backup from before the damage is kept.
  ///
  /// A backup holds the data of the moment it began. Those taken between the damage and its notice
  /// hold the damage.
  package func restorePoint(damage: Moment, noticed: Moment) -> Moment? {
    let back = damage - duration - first
    guard back >= .zero else { return nil }
    let count = back.nanoseconds / interval.nanoseconds
    let taken = first + TimeSpan(nanoseconds: count * interval.nanoseconds)
    return noticed - taken <= retention ? taken : nil
  }

  /// What is lost for good: the time whose work is gone, or nil if all of it is.
  package func lostWork(damage: Moment, noticed: Moment) -> TimeSpan? {
    restorePoint(damage: damage, noticed: noticed).map { damage - $0 }
  }
}

/// What destroys data, as far as copies are concerned.
package enum DataDamage: String, Hashable, Sendable, Codable, CaseIterable {
  /// Some devices die.
  case devices
  /// Somebody or something deletes or overwrites: all replicas follow at once.
  case deletion
  /// A site burns down: all that stands there.
  case site
}

/// How much data a restore brings back and when.
package struct Restore: Hashable, Sendable, Codable {
  /// How much there is to bring back.
  package var size: DataSize
  /// How fast it can be read and written again.
  package var rate: DataRate

  /// A restore as given.
  package init(size: DataSize, rate: DataRate) {
    self.size = size
    self.rate = rate
  }

  /// How long it takes.
  package var duration: TimeSpan { .seconds(size.bytes / rate.bytesPerSecond) }
}

extension StorageScheme {
  /// Whether the copies alone bring the data back after a damage that took `devicesLost` devices,
  /// with all copies at one site.
  package func survives(_ damage: DataDamage, devicesLost: Int = 0) -> Bool {
    switch damage {
    case .devices: devicesLost <= tolerated
    case .deletion, .site: false
    }
  }
}
