import Cloud
import Quantities

extension World {
  /// Takes the power from a zone in which something is rented, for a while.
  ///
  /// Its machines are down until then, and start anew after it; what is on their disks is still there.
  /// - Returns: how many machines it hit.
  /// - Throws: `CloudProblem`.
  package mutating func failZone(
    _ zone: Int, of provider: String, for span: TimeSpan
  ) throws(CloudProblem) -> Int {
    guard let place = accounts.firstIndex(where: { $0.provider == provider }),
      let book = catalog.priceBook(provider)
    else { throw .noAccount }
    let present = zoneCount(of: book)
    guard zone < present else { throw .noZone(present: present) }
    if let outage = accounts[place].outages.first(where: { $0.zone == zone }) {
      throw .zoneDown(zone: zone, until: outage.until)
    }
    accounts[place].outages.append(ZoneOutage(zone: zone, until: now + span))
    var hit = 0
    for index in machines.indices where isIn(zone, of: provider, machines[index]) {
      hit += 1
      machines[index].startsAt = nil
      machines[index].isUp = false
      shop?.setServer(index, isUp: false)
    }
    note(.zoneDown(zone: zone, machines: hit), at: provider)
    failOver(place)
    countBreach(place)
    settleEntrance()
    return hit
  }

  /// Plans to take the power from a zone, as those do who test whether a system outlives it.
  /// - Parameter zone: nil for the one in which most machines stand by then.
  /// - Throws: `CloudProblem.noAccount`, `noZone`.
  package mutating func planOutage(
    _ zone: Int?, of provider: String, at moment: Moment, for span: TimeSpan
  ) throws(CloudProblem) {
    guard let place = accounts.firstIndex(where: { $0.provider == provider }),
      let book = catalog.priceBook(provider)
    else { throw .noAccount }
    let present = zoneCount(of: book)
    guard zone ?? 0 < present else { throw .noZone(present: present) }
    accounts[place].plannedOutages.append(PlannedOutage(zone: zone, from: moment, lasts: span))
  }

  /// Lets zones go down whose time has come; one that is down already stays so.
  mutating func beginOutages() {
    for place in accounts.indices {
      let due = accounts[place].plannedOutages.filter { $0.from <= now }
      guard !due.isEmpty else { continue }
      accounts[place].plannedOutages.removeAll { $0.from <= now }
      for outage in due {
        do throws(CloudProblem) {
          let zone = outage.zone ?? fullestZone(of: accounts[place].provider)
          _ = try failZone(zone, of: accounts[place].provider, for: outage.lasts)
        } catch {
          continue
        }
      }
    }
  }

  /// The zone in which most machines stand; of several the first.
  private func fullestZone(of provider: String) -> Int {
    var counts: [Int] = []
    for machine in machines {
      guard let rental = machine.rental, rental.provider == provider else { continue }
      while counts.count <= rental.zone { counts.append(0) }
      counts[rental.zone] += 1
    }
    return counts.firstIndex(of: counts.max() ?? 0) ?? 0
  }

  private func isIn(_ zone: Int, of provider: String, _ machine: OwnedMachine) -> Bool {
    machine.rental.map { $0.provider == provider && $0.zone == zone } ?? false
  }

  /// Lets zones come back whose time has come.
  mutating func endOutages() {
    for place in accounts.indices {
      for outage in accounts[place].outages where outage.until <= now {
        let provider = accounts[place].provider
        let boot = catalog.priceBook(provider)?.boot.at(now)?.value ?? .zero
        for index in machines.indices where isIn(outage.zone, of: provider, machines[index]) {
          machines[index].startsAt = now + boot
        }
        note(.zoneBack(zone: outage.zone), at: provider)
      }
      accounts[place].outages.removeAll { $0.until <= now }
      failOver(place)
      countBreach(place)
    }
  }

  /// Whether the promise is broken: as many zones are down in which the customer has machines as the
  /// agreement says.
  private func isBroken(_ account: CloudAccount) -> Bool {
    guard let agreement = catalog.priceBook(account.provider)?.agreement.at(now)?.value else {
      return false
    }
    let down = account.outages.count { outage in
      machines.contains { isIn(outage.zone, of: account.provider, $0) }
    }
    return down >= agreement.zones
  }

  /// Begins or ends a stretch in which the promise is broken.
  private mutating func countBreach(_ place: Int) {
    let broken = isBroken(accounts[place])
    let last = accounts[place].breaches.count - 1
    let isOpen = last >= 0 && accounts[place].breaches[last].until == nil
    if broken, !isOpen {
      accounts[place].breaches.append(Breach(from: now))
    } else if !broken, isOpen {
      accounts[place].breaches[last].until = now
    }
  }
}

// MARK: - The way in

/// The one machine that visitors come in by and that has the orders, where all machines are rented.
///
/// With a server of one's own, both are there. A provider's load balancer is a way in that no zone takes
/// down.
package struct Entrance: Hashable, Codable, Sendable {
  /// The machine that spreads visitors over the others, by its number; nil if a balancer does, or nobody.
  package var door: Int?
  /// When the new door is open, after one was lost.
  package var opens: Moment?
  /// The machine with the orders, by its number.
  package var orders: Int?
}

extension World {
  /// How long it takes until visitors come in by another machine.
  ///
  /// `Chosen:` ten minutes: five until somebody has noticed and has changed the name's address, and five for
  /// which name servers remember the old one.
  package static let entranceMoves = TimeSpan.minutes(10)

  /// Whether everything that serves is rented.
  private var isAllRented: Bool {
    !machines.isEmpty && machines.allSatisfy { $0.rental != nil }
  }

  /// Looks after the way in: whether there is one, and whether the orders can be reached.
  mutating func settleEntrance() {
    let wasReachable = shop?.isReachable ?? true
    if isAllRented {
      settleDoor()
    } else if entrance != nil {
      entrance = nil
    }
    let hasOrders = ordersAreInReach
    let isMoving = accounts.contains { $0.database?.opens != nil }
    if !hasOrders, wasReachable, entrance?.opens == nil, !isMoving {
      note(.ordersOutOfReach, at: accounts.first?.provider ?? "")
    }
    let isReachable = entrance?.opens == nil && hasOrders
    if isReachable != wasReachable { shop?.setReachable(isReachable) }
  }

  /// Keeps the way in where something serves, if that is one of the machines.
  private mutating func settleDoor() {
    var way = entrance ?? Entrance()
    if way.opens.map({ $0 <= now }) ?? false { way.opens = nil }
    let up = machines.first { $0.isUp }
    if accounts.contains(where: { $0.balancer.since != nil }) {
      (way.door, way.opens) = (nil, nil)
    } else if !isUp(way.door), let up {
      if way.door != nil {
        way.opens = now + World.entranceMoves
        note(.entranceLost(opens: way.opens), at: up.rental?.provider ?? "")
      }
      way.door = up.number
    }
    if accounts.contains(where: { $0.database != nil }) {
      way.orders = nil
    } else if way.orders == nil {
      way.orders = up?.number
    }
    entrance = way
  }

  /// Whether pages can be made from the orders: in a database of a provider, or on a rented machine.
  private var ordersAreInReach: Bool {
    if let account = accounts.first(where: { $0.database != nil }), let database = account.database
    {
      return database.opens == nil && !account.outages.contains { $0.zone == database.zone }
    }
    return entrance?.orders == nil || isUp(entrance?.orders)
  }

  private func isUp(_ number: Int?) -> Bool {
    number.map { number in machines.contains { $0.number == number && $0.isUp } } ?? false
  }

  /// A machine is given back by somebody who has moved what it held.
  mutating func leave(_ number: Int) {
    if entrance?.door == number { entrance?.door = nil }
    if entrance?.orders == number { entrance?.orders = nil }
  }

  /// A rented machine is gone from one moment to the next; if it had the orders, they are gone with it.
  mutating func vanish(_ index: Int) {
    let (number, provider) = (machines[index].number, machines[index].rental?.provider ?? "")
    endRental(index)
    guard entrance?.orders == number else { return }
    entrance?.orders = nil
    let lost = store.lose(at: now, counted: ordersSoFar, cause: .disks)
    shop?.follow(store)
    note(.ordersLost(lost), at: provider)
  }
}
