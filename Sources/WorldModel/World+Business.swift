import Catalogs
import Quantities
import Service

/// Why the world does not do what is asked.
package enum WorldProblem: Error, Hashable, Sendable {
  /// There is no shop yet.
  case noShop
  /// There is not enough cash.
  case tooLittleCash(needed: Money, present: Money)
  /// There are not so many servers of the model.
  case tooFewServers(id: String, wanted: Int, present: Int)
  /// The moment lies in the past.
  case past(now: Moment)
  /// It is not sold at this moment; what is instead.
  case notSold(id: String, years: ClosedRange<Int>, instead: [String])
}

extension World {
  /// Opens the shop on a line, with so many servers of a model, all paid for by somebody else.
  package mutating func openShop(
    demand: Demand, servers: (model: Catalog.Server, count: Int), uplink: Catalog.Uplink
  ) {
    var shop = Shop(start: now, seed: seed, demand: demand, uplink: uplink.rate)
    shop.addServers(servers.model.service, count: servers.count)
    self.shop = shop
    own(servers.model, count: servers.count)
    uplinkID = uplink.id
    billedDays = now.daysSince1970
  }

  /// Buys servers, which stand in the workshop and serve at once, or come later where deliveries take time.
  /// - Throws: `noShop`, `notSold`, `tooLittleCash`.
  package mutating func buy(_ server: Catalog.Server, count: Int) throws(WorldProblem) {
    guard shop != nil || machineRoom != nil else { throw .noShop }
    try checkSold(server, among: catalog.servers)
    try pay(server.price(at: now) * count, .machines)
    guard deliveryTime == .zero else {
      deliveries.append(
        Delivery(
          arrives: now + deliveryTime, model: server.id, count: count, price: server.price(at: now))
      )
      return
    }
    shop?.addServers(server.service, count: count)
    own(server, count: count)
  }

  /// Whether a thing is sold now.
  /// - Throws: `notSold`, with what is.
  package func checkSold<Item: CatalogItem>(
    _ item: Item, among items: [Item]
  ) throws(WorldProblem) {
    guard !item.entry.isSold(at: now) else { return }
    throw .notSold(
      id: item.id, years: item.entry.sold,
      instead: items.filter { $0.entry.isSold(at: now) }.map(\.id))
  }

  mutating func own(_ model: Catalog.Server, count: Int, price: Money? = nil) {
    for _ in 0..<count {
      machines.append(OwnedMachine(number: nextMachine, model: model, at: now, price: price))
      nextMachine += 1
    }
  }

  /// Sells servers for `Catalog.resaleShare` of what they cost, and returns what they bring.
  /// - Throws: `noShop`, `tooFewServers`.
  package mutating func sell(_ server: Catalog.Server, count: Int) throws(WorldProblem) -> Money {
    guard shop != nil || machineRoom != nil else { throw .noShop }
    let present = machines.count { $0.model == server.id }
    guard count <= present else {
      throw .tooFewServers(id: server.id, wanted: count, present: present)
    }
    var received = Money.zero
    for _ in 0..<count {
      guard let last = machines.lastIndex(where: { $0.model == server.id }) else { break }
      let price = machines[last].price
      let share = Money.dollars(price.dollars * Catalog.resaleShare)
      soldMachines.append(
        SoldMachine(bought: machines[last].bought, sold: now, price: price, received: share))
      received += share
      shop?.removeServer(at: last)
      forgetMachine(last)
    }
    ledger.post(-received, .machines, at: now)
    return received
  }

  /// Gives up the line; pages of one's own servers reach nobody then.
  /// - Throws: `noShop`.
  package mutating func giveUpLine() throws(WorldProblem) {
    guard shop != nil else { throw .noShop }
    shop?.setUplink(.bitsPerSecond(0))
    uplinkID = "none"
  }

  /// Rents another line, from now on.
  /// - Throws: `noShop`, `notSold`.
  package mutating func rent(_ uplink: Catalog.Uplink) throws(WorldProblem) {
    guard shop != nil else { throw .noShop }
    try checkSold(uplink, among: catalog.uplinks)
    shop?.setUplink(uplink.rate)
    uplinkID = uplink.id
  }

  /// Changes how many visitors come.
  /// - Throws: `noShop`.
  package mutating func setDemand(_ change: (inout Demand) -> Void) throws(WorldProblem) {
    guard var demand = shop?.demand else { throw .noShop }
    change(&demand)
    shop?.setDemand(demand)
  }

  /// What the shop would be without one of its limits, for finding out what the limit costs.
  package mutating func lift(_ limit: Limit) {
    switch limit {
    case .uplink: shop?.setUplink(.bitsPerSecond(1e12))
    case .servers:
      let server = ServerModel(id: "without-limit", cores: 1_000, speed: 1)
      for _ in 0..<10 { shop?.addServers(server) }
    case .data: liftWork { $0.data = .zero }
    case .disk: liftWork { $0.disk = .zero }
    }
  }

  /// A part of the shop that can be full.
  package typealias Limit = Station

  private mutating func liftWork(_ change: (inout PageWork) -> Void) {
    guard var work = shop?.work else { return }
    change(&work)
    shop?.setWork(work)
  }

  /// How many rented machines there are of each size, those that start included.
  package var rentedCounts: [(size: String, count: Int)] {
    var counts: [(size: String, count: Int)] = []
    for machine in machines where machine.rental != nil {
      if let place = counts.firstIndex(where: { $0.size == machine.model }) {
        counts[place].count += 1
      } else {
        counts.append((machine.model, 1))
      }
    }
    return counts
  }

  /// How many servers there are of each model of the catalog.
  package var serverCounts: [(model: Catalog.Server, count: Int)] {
    catalog.servers.map { model in (model, machines.count { $0.model == model.id }) }
      .filter { $0.count > 0 }
  }
}
