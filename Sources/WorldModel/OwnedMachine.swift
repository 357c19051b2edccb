import Catalogs
import Cloud
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
  /// Which rented instance it is; nil for one's own.
  package internal(set) var rental: Rental?
  /// When it was put there; when it was bought, if it never was.
  package internal(set) var placed: Moment
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
    placed = moment
    self.price = price ?? model.price(at: moment)
  }

  /// A rented machine, which serves once it has started.
  init(number: Int, size: InstanceType, at moment: Moment, rental: Rental, startsAt: Moment) {
    self.number = number
    model = size.id
    cores = size.cores
    bought = moment
    placed = moment
    price = .zero
    self.rental = rental
    self.startsAt = startsAt
    isUp = false
  }

  /// What it is worth at a moment: its price less a fifth of it a year, and nothing after five.
  ///
  /// `Chosen:` straight over five years, as small firms write machines off; the large ones' lives are 4
  /// to 6 years (annual reports of Alphabet, Microsoft, Amazon and Meta, 2021 to 2025).
  package func worth(at moment: Moment) -> Money {
    let years = (moment - bought).seconds / (365 * 86_400)
    return .dollars(price.dollars * max(0, 1 - years / OwnedMachine.lifeYears))
  }

  /// Over how many years a machine is written off.
  package static let lifeYears = 5.0
}

/// A machine that was sold.
struct SoldMachine: Hashable, Codable, Sendable {
  var bought: Moment
  var sold: Moment
  var price: Money
  var received: Money
}
