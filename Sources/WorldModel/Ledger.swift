import Quantities

/// What was spent: dated entries by cause.
///
/// Each entry is an invoice line, rounded once when it is written; sums are exact.
package struct Ledger: Codable, Sendable {
  /// What money was spent on.
  package enum Cause: String, Codable, Sendable, CaseIterable {
    /// Machines bought; machines sold count against it.
    case machines
    /// A machine room built.
    case building
    /// Racks, cooling, UPSs, generators and panels.
    case plant
    /// The line to the world.
    case uplink
    /// Electricity, and fuel of generators.
    case electricity
    /// The rent of the room.
    case rent
    /// Parts replaced, and calls of whoever repairs.
    case repairs
    /// The wages of people.
    case people
    /// Locks, cameras, guards.
    case security
    /// Insurance, less what it paid.
    case insurance
    /// Interest on loans.
    case interest
    /// Machines rented by the hour, with what they sent.
    case cloud
    /// Loans paid back, less what was borrowed.
    case loan

    /// What kind of spending it is.
    enum Kind {
      /// On something that lasts.
      case capital
      /// On something that is used up.
      case running
      /// None: money that was somebody else's.
      case financing
    }

    var kind: Kind {
      switch self {
      case .machines, .building, .plant: .capital
      case .uplink, .electricity, .rent, .repairs, .people, .security, .insurance, .interest,
        .cloud:
        .running
      case .loan: .financing
      }
    }
  }

  /// One invoice line.
  package struct Entry: Codable, Sendable {
    /// When it falls due.
    package var moment: Moment
    /// What it is for.
    package var cause: Cause
    /// How much was paid; negative if it was received.
    package var amount: Money
  }

  /// The cash at the start.
  package private(set) var opening: Money
  /// The entries, in the order of their moments.
  package private(set) var entries: [Entry] = []
  private var capital = Money.zero
  private var running = Money.zero
  /// What was borrowed and not paid back.
  package private(set) var borrowed = Money.zero

  /// A ledger with so much cash.
  package init(opening: Money) { self.opening = opening }

  /// Writes an invoice line.
  package mutating func post(_ amount: Money, _ cause: Cause, at moment: Moment) {
    entries.append(Entry(moment: moment, cause: cause, amount: amount))
    switch cause.kind {
    case .capital: capital += amount
    case .running: running += amount
    case .financing: borrowed = borrowed - amount
    }
  }

  /// What was spent on something from a moment up to another, not including it.
  package func spent(on cause: Cause, from start: Moment, to end: Moment) -> Money {
    entries[firstIndex(notBefore: start)..<firstIndex(notBefore: end)].reduce(.zero) {
      $0 + ($1.cause == cause ? $1.amount : .zero)
    }
  }

  /// What was spent so far: on what lasts, and on what is used up.
  package var spent: (capital: Money, running: Money) { (capital, running) }

  /// What was spent from a moment up to another, not including it.
  package func spent(from start: Moment, to end: Moment) -> (capital: Money, running: Money) {
    sum(entries[firstIndex(notBefore: start)..<firstIndex(notBefore: end)])
  }

  /// What was spent since the ledger had so many entries.
  package func spent(sinceEntry count: Int) -> (capital: Money, running: Money) {
    sum(entries[count...])
  }

  private func sum(_ entries: ArraySlice<Entry>) -> (capital: Money, running: Money) {
    var sums = (capital: Money.zero, running: Money.zero)
    for entry in entries {
      switch entry.cause.kind {
      case .capital: sums.capital += entry.amount
      case .running: sums.running += entry.amount
      case .financing: continue
      }
    }
    return sums
  }

  private func firstIndex(notBefore moment: Moment) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].moment < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
