import Facility
import Quantities
import Service

/// Where the shop keeps its orders: on disks that hold them in a scheme, with or without a copy of last
/// night elsewhere.
///
/// More disks outlive some of them, and obey every command as one does: what is deleted by mistake is gone
/// from all. A backup is a copy of another time. A disk that comes new is filled from the others, which
/// have less time for pages meanwhile; a copy that is put back takes hours in which nobody can look at a
/// page.
package struct OrderStore: Hashable, Codable, Sendable {
  /// How the disks hold the data.
  package enum Scheme: String, Hashable, Codable, Sendable, CaseIterable {
    /// On one disk.
    case single
    /// On two that hold the same.
    case mirror
    /// Spread over three, with a fourth disk's worth of parity.
    case raid5
    /// Spread over four, with two disks' worth of parity.
    case raid6
    /// Whole, on three.
    case replicas

    /// The scheme as `durability` computes with it.
    package var layout: StorageScheme {
      switch self {
      case .single: .replicas(1)
      case .mirror: .replicas(2)
      case .raid5: .erasureCode(data: 3, parity: 1)
      case .raid6: .erasureCode(data: 4, parity: 2)
      case .replicas: .replicas(3)
      }
    }
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
    /// Not enough disks were left that held them.
    case disks
  }

  /// A disk that failed, until the new one in its place holds all that it held.
  package struct Rebuild: Hashable, Codable, Sendable {
    /// When the new disk comes, and is filled from then on.
    package var comes: Moment
    /// When it is full.
    package var done: Moment
  }

  /// How the disks hold the data.
  package private(set) var scheme = Scheme.single
  /// How often a copy is made.
  package internal(set) var backup = Backup.none
  /// Whether a provider looks after it, whose database is copied every night and outlives its disks.
  package internal(set) var isManaged = false
  /// All losses, in order.
  package private(set) var losses: [Loss] = []
  /// When the last copy was made; nil for never.
  package private(set) var lastBackup: Moment?
  /// Disks that failed and are not yet replaced and full, in the order of their failures.
  package private(set) var rebuilds: [Rebuild] = []
  /// Until when the store is set up anew after a loss; nil if it is not.
  package private(set) var closedUntil: Moment?
  /// How many orders there were in the last copy.
  private var keptInBackup = 0
  /// How many orders were kept after the last loss, when the shop had counted so many in all.
  private var keptThen = 0
  private var countedThen = 0

  /// How long a new disk takes to come.
  ///
  /// `Chosen:` twenty hours, ordered by telephone and brought the next morning; with the filling a day, as
  /// in the durability rows of the course.
  package static let replacement = TimeSpan.hours(20)
  /// How long a new disk takes to be filled.
  ///
  /// `Chosen:` four hours: a disk of 146 GB at 10 MB/s, as a controller leaves it beside its work.
  package static let filling = TimeSpan.hours(4)
  /// The share of the disks' time that filling takes.
  ///
  /// `Chosen:` three tenths, a usual middle setting of controllers between fast rebuilds and fast pages.
  package static let fillingShare = 0.3
  /// How long it takes to set the store up anew and to put a copy back.
  ///
  /// `Chosen:` four hours: to have the tape brought, to find out how, to read it, and to look whether it is
  /// right.
  package static let restore = TimeSpan.hours(4)

  /// `Chosen:` what tapes and a courier cost a month.
  package static let backupMonthly = Money.dollars(60)

  /// A store that holds nothing yet.
  init() {}

  /// How many orders there are in it, when the shop has counted so many in all.
  package func kept(counted: Int) -> Int { keptThen + counted - countedThen }

  /// How many disks are down or not yet full at a moment.
  package func disksDown(at moment: Moment) -> Int { rebuilds.count { $0.done > moment } }

  /// The share of their time that the disks have for pages at a moment.
  package func diskPace(at moment: Moment) -> Double {
    rebuilds.contains { $0.comes <= moment && moment < $0.done } ? 1 - OrderStore.fillingShare : 1
  }

  /// Whether pages can be made from it at a moment.
  package func isOpen(at moment: Moment) -> Bool { closedUntil.map { $0 <= moment } ?? true }

  /// When something begins or ends next after a moment; nil if nothing is under way.
  func nextDue(after moment: Moment) -> Moment? {
    (rebuilds.flatMap { [$0.comes, $0.done] } + [closedUntil].compactMap { $0 })
      .filter { $0 > moment }.min()
  }

  /// Forgets what is over at a moment.
  mutating func settle(at moment: Moment) {
    rebuilds.removeAll { $0.done <= moment }
    if isOpen(at: moment) { closedUntil = nil }
  }

  /// Makes the copy of a night, unless there is nothing to copy yet.
  mutating func makeBackup(at moment: Moment, counted: Int) {
    guard backup == .nightly || isManaged, isOpen(at: moment) else { return }
    lastBackup = moment
    keptInBackup = kept(counted: counted)
  }

  /// Moves the data to new disks in another scheme, at once.
  mutating func setScheme(_ new: Scheme) {
    scheme = new
    rebuilds = []
  }

  /// Loses what is on the disks; the last copy, if there is one, is put back.
  /// - Returns: how many orders are gone.
  mutating func lose(at moment: Moment, counted: Int, cause: Cause) -> Int {
    let before = kept(counted: counted)
    let after = lastBackup == nil ? 0 : min(keptInBackup, before)
    (keptThen, countedThen) = (after, counted)
    losses.append(Loss(moment: moment, orders: before - after, cause: cause))
    // An empty table needs nobody to set it up.
    if cause == .disks || lastBackup != nil { closedUntil = moment + OrderStore.restore }
    return before - after
  }

  /// A disk fails; where enough are left the others go on.
  /// - Returns: how many orders are gone.
  mutating func diskFailed(at moment: Moment, counted: Int) -> Int {
    settle(at: moment)
    guard !isManaged else { return 0 }
    guard disksDown(at: moment) < scheme.layout.tolerated else {
      rebuilds = []
      return lose(at: moment, counted: counted, cause: .disks)
    }
    let comes = moment + OrderStore.replacement
    rebuilds.append(Rebuild(comes: comes, done: comes + OrderStore.filling))
    return 0
  }
}

extension Shop {
  /// Lets pages find the store of orders as it is.
  mutating func follow(_ store: OrderStore) {
    setStore(isOpen: store.isOpen(at: now), diskPace: store.diskPace(at: now))
  }
}
