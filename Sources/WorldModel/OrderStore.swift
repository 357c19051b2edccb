import Quantities

/// Where the shop keeps its orders: on one disk or two that hold the same, with or without a copy of last
/// night elsewhere.
///
/// A second disk outlives the first, and obeys every command as the first does: what is deleted by mistake
/// is gone from both. A backup is a copy of another time.
package struct OrderStore: Hashable, Codable, Sendable {
  /// How the disks hold the data.
  package enum Scheme: String, Hashable, Codable, Sendable, CaseIterable {
    /// On one disk.
    case single
    /// On two that hold the same.
    case mirror
  }

  /// How often a copy is made and carried away.
  package enum Backup: String, Hashable, Codable, Sendable, CaseIterable {
    /// Never.
    case none
    /// When a day is over.
    case nightly
  }

  /// Orders that were lost.
  package struct Loss: Hashable, Codable, Sendable {
    /// When.
    package var moment: Moment
    /// How many.
    package var orders: Int
    /// Why.
    package var cause: Cause
  }

  /// Why orders were lost.
  package enum Cause: String, Hashable, Codable, Sendable {
    /// Somebody deleted them by mistake.
    case deletion
    /// No disk was left that held them.
    case disks
  }

  /// How the disks hold the data.
  package internal(set) var scheme = Scheme.single
  /// How often a copy is made.
  package internal(set) var backup = Backup.none
  /// All losses, in order.
  package private(set) var losses: [Loss] = []
  /// When the last copy was made; nil for never.
  package private(set) var lastBackup: Moment?
  /// Until when a disk of a mirror is being replaced and filled again.
  package private(set) var rebuildsUntil: Moment?
  /// How many orders there were in the last copy.
  private var keptInBackup = 0
  /// How many orders were kept after the last loss, when the shop had counted so many in all.
  private var keptThen = 0
  private var countedThen = 0

  /// How long a disk takes to come and to be filled again.
  ///
  /// `Chosen:` a day, as in the durability rows of the course.
  package static let rebuild = TimeSpan.hours(24)

  /// `Chosen:` what tapes and a courier cost a month.
  package static let backupMonthly = Money.dollars(60)

  /// A store that holds nothing yet.
  init() {}

  /// How many orders there are in it, when the shop has counted so many in all.
  package func kept(counted: Int) -> Int { keptThen + counted - countedThen }

  /// Makes the copy of a night.
  mutating func makeBackup(at moment: Moment, counted: Int) {
    guard backup == .nightly else { return }
    lastBackup = moment
    keptInBackup = kept(counted: counted)
  }

  /// Loses what is on the disks; the last copy, if there is one, is put back.
  /// - Returns: how many orders are gone.
  mutating func lose(at moment: Moment, counted: Int, cause: Cause) -> Int {
    let before = kept(counted: counted)
    let after = lastBackup == nil ? 0 : min(keptInBackup, before)
    (keptThen, countedThen) = (after, counted)
    losses.append(Loss(moment: moment, orders: before - after, cause: cause))
    return before - after
  }

  /// A disk fails: with a mirror that is whole the other goes on.
  /// - Returns: how many orders are gone.
  mutating func diskFailed(at moment: Moment, counted: Int) -> Int {
    if scheme == .mirror, rebuildsUntil.map({ $0 <= moment }) ?? true {
      rebuildsUntil = moment + OrderStore.rebuild
      return 0
    }
    rebuildsUntil = nil
    return lose(at: moment, counted: counted, cause: .disks)
  }
}
