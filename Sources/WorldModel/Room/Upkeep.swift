import Quantities

/// Who keeps strangers out of a room.
package enum Security: String, Hashable, Codable, Sendable, CaseIterable {
  /// A door.
  case open
  /// Locks and a list of who has keys.
  case locks
  /// Locks, badges and cameras that somebody looks at.
  case cameras
  /// All of that and a guard around the clock.
  case guards

  /// What it costs a month.
  ///
  /// `Chosen:` nothing; a locksmith's service; an alarm company; four guards' wages.
  package var monthly: Money {
    switch self {
    case .open: .zero
    case .locks: .dollars(40)
    case .cameras: .dollars(300)
    case .guards: .dollars(14_000)
    }
  }

  /// How often somebody comes in and takes or breaks machines.
  ///
  /// `Chosen:` once in four years with a plain door, and each measure keeps out four in five; no rates
  /// are published for rooms like these.
  package var intrusionsPerYear: Double {
    switch self {
    case .open: 0.25
    case .locks: 0.05
    case .cameras: 0.01
    case .guards: 0.002
    }
  }

  /// What it is, in words.
  package var words: String {
    switch self {
    case .open: "a plain door"
    case .locks: "locks"
    case .cameras: "locks, badges and cameras"
    case .guards: "locks, badges, cameras and a guard"
    }
  }
}

/// The people who look after machines.
package enum Staff {
  /// `Chosen:` what an hour of a technician costs, all in, and what the quilt maker could have earned in an
  /// hour at her machine: a quilt of $69 leaves $30 after cloth and takes her two hours.
  package static let wagePerHour = Money.dollars(28)
  /// The worth of an hour of the quilt maker's own.
  package static let ownHour = Money.dollars(15)

  /// How long things take.
  ///
  /// `Chosen:` hours for a usual pair of hands: a machine into a rack with its cables, the updates and
  /// backups of a machine in a month, looking after a room in a month, a repair.
  package static let hours = (placing: 1.0, patchingPerMonth: 0.5, roundsPerMonth: 6.0, repair: 1.5)
}
