import Catalogs
import Quantities

/// A machine that somebody bought.
package struct OwnedMachine: Hashable, Codable, Sendable {
  /// Its number, from 1 on, in the order in which machines were bought; nobody else gets it later.
  package let number: Int
  /// Its model, by its name in the catalog.
  package let model: String
  /// How many cores it has.
  package let cores: Int
  /// When it was bought.
  package let bought: Moment
  /// What it cost.
  package let price: Money
  /// The rack of the machine room that it stands in; nil for a table in the workshop.
  package internal(set) var rack: Int?
  /// Its parts by their numbers in the room's fleet; empty in the workshop, where nothing wears out.
  package internal(set) var parts: Range<Int> = 0..<0
  /// The parts that are down.
  package internal(set) var brokenParts: [Int] = []
  /// Whether it has power and no broken part keeps it from running.
  package internal(set) var isPowered = true
  /// When it will have started, if it is starting.
  package internal(set) var startsAt: Moment?
  /// Whether it serves.
  package internal(set) var isUp = true

  init(number: Int, model: Catalog.Server, at moment: Moment, price: Money? = nil) {
    self.number = number
    self.model = model.id
    cores = model.cores
    bought = moment
    self.price = price ?? model.price(at: moment)
  }

  /// How long a machine takes from power to its first page.
  ///
  /// `Chosen:` three minutes, for memory test, disks, operating system and services of the 2000s.
  package static let startDelay = TimeSpan.minutes(3)
}
