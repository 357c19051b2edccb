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
}

extension World {
  /// Opens the shop on a line, with so many servers of a model, all paid for by somebody else.
  package mutating func openShop(
    demand: Demand, servers: (model: Catalog.Server, count: Int), uplink: Catalog.Uplink
  ) {
    var shop = Shop(start: now, seed: seed, demand: demand, uplink: uplink.rate)
    shop.addServers(servers.model.serviceModel, count: servers.count)
    self.shop = shop
    uplinkID = uplink.id
    billedDays = now.daysSince1970
  }

  /// Buys servers, which serve at once.
  /// - Throws: `noShop`, `tooLittleCash`.
  package mutating func buy(_ server: Catalog.Server, count: Int) throws(WorldProblem) {
    guard shop != nil else { throw .noShop }
    let price = server.price * count
    let present = cash
    guard price <= present else { throw .tooLittleCash(needed: price, present: present) }
    shop?.addServers(server.serviceModel, count: count)
    ledger.post(price, .machines, at: now)
  }

  /// Sells servers for `Catalog.resaleShare` of their price, and returns what they bring.
  /// - Throws: `noShop`, `tooFewServers`.
  package mutating func sell(_ server: Catalog.Server, count: Int) throws(WorldProblem) -> Money {
    guard shop != nil else { throw .noShop }
    do {
      try shop?.removeServers(server.id, count: count)
    } catch {
      switch error {
      case .tooFewServers(let id, let wanted, let present):
        throw .tooFewServers(id: id, wanted: wanted, present: present)
      }
    }
    let received = Money.dollars(server.price.dollars * Double(count) * Catalog.resaleShare)
    ledger.post(-received, .machines, at: now)
    return received
  }

  /// Rents another line, from now on.
  /// - Throws: `noShop`.
  package mutating func rent(_ uplink: Catalog.Uplink) throws(WorldProblem) {
    guard shop != nil else { throw .noShop }
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

  /// How many servers there are of each model of the catalog.
  package var serverCounts: [(model: Catalog.Server, count: Int)] {
    let ids = shop?.servers.map(\.id) ?? []
    return Catalog.servers.map { model in (model, ids.count { $0 == model.id }) }
      .filter { $0.count > 0 }
  }
}

extension Catalog.Server {
  /// What serving pages needs to know of it.
  var serviceModel: ServerModel { ServerModel(id: id, cores: cores, speed: speed) }
}

// MARK: - Time

extension World {
  /// Lets time pass up to `end`, day by day, and books the running costs of each day that is over.
  ///
  /// - Parameter checkpoint: called at least every few milliseconds of work; if it throws, the world
  ///   stands somewhere on the way and must be thrown away, or settled.
  /// - Returns: how many events happened.
  package mutating func run(
    to end: Moment, checkpoint: (_ now: Moment, _ events: Int) throws -> Void
  ) throws -> Int {
    guard shop != nil else { throw WorldProblem.noShop }
    guard end >= now else { throw WorldProblem.past(now: now) }
    var events = 0
    while now < end {
      let stop = min(end, now.startOfDay + .days(1))
      let before = events
      events += try shop?.run(to: stop) { try checkpoint($0, before + $1) } ?? 0
      now = stop
      bookDays()
    }
    return events
  }

  /// Brings a world whose run was stopped somewhere on the way to the next whole minute, or not past
  /// `end` if that comes first: a moment that a statement can name.
  ///
  /// - Parameter eventsMax: how many events this may take.
  /// - Returns: how many it took, or nil if that would not do; the world must then be thrown away.
  package mutating func settle(notAfter end: Moment, eventsMax: Int) -> Int? {
    guard let stopped = shop?.now else { return nil }
    let intoMinute = stopped.timeOfDay.nanoseconds % TimeSpan.minutes(1).nanoseconds
    let minute =
      intoMinute == 0 ? stopped : stopped + .minutes(1) - TimeSpan(nanoseconds: intoMinute)
    struct TooMany: Error {}
    do {
      return try run(to: min(minute, end)) { _, events in
        if events > eventsMax { throw TooMany() }
      }
    } catch {
      return nil
    }
  }

  /// Books the line and the electricity of each day that is over, dated at its last nanosecond.
  ///
  /// A day is billed for what stands at its end. Of a month's rent a day takes 12/365.
  private mutating func bookDays() {
    while billedDays < now.daysSince1970 {
      billedDays += 1
      let due = Moment(CivilDate(daysSince1970: billedDays)) - TimeSpan(nanoseconds: 1)
      if let uplink = Catalog.uplink(uplinkID) {
        ledger.post(.dollars(uplink.monthly.dollars * 12 / 365), .uplink, at: due)
      }
      let watts = serverCounts.reduce(0) { $0 + $1.model.watts * Double($1.count) }
      let kilowattHours = watts * 24 / 1_000
      ledger.post(.dollars(kilowattHours * Catalog.electricityPrice), .electricity, at: due)
    }
  }
}
