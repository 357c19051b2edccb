import Catalogs
import Facility
import Quantities
import Randomness

extension World {
  /// What a room would cost and when it would be promised.
  package struct BuildingOffer: Sendable {
    /// The kind of room.
    package let building: Catalog.Building
    /// All that is paid at once.
    package let price: Money
    /// When the keys are promised.
    package let promised: Moment
  }

  /// The smallest kind of room that takes so much power.
  /// - Throws: `RoomProblem.tooMuchPower`.
  package func offer(
    site: Catalog.Site, area: Double, power: Power
  ) throws(RoomProblem) -> BuildingOffer {
    let buildings = catalog.buildings
    guard let building = buildings.first(where: { power <= $0.powerMax }) else {
      throw .tooMuchPower(most: buildings[buildings.count - 1].powerMax)
    }
    var price = Money.dollars(building.price(at: now).dollars * power.kilowatts)
    if building.id == "hall" { price += .dollars(site.land.dollars * area) }
    return BuildingOffer(building: building, price: price, promised: now + building.lead)
  }

  /// How often somebody on whom a building waits is late, and by how much of the time on average.
  ///
  /// `Chosen:` one order in three, by a fifth.
  package static let late = (chance: 1.0 / 3, share: 0.2)

  /// Orders a room and pays for it.
  /// - Returns: what was ordered, with the day that the builder promised; the day of the keys
  ///   may come later.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func build(
    site: Catalog.Site, area: Double, power: Power
  ) throws -> BuildingOffer {
    guard machineRoom == nil else { throw RoomProblem.roomExists }
    let offer = try offer(site: site, area: area, power: power)
    guard offer.price <= cash else {
      throw WorldProblem.tooLittleCash(needed: offer.price, present: cash)
    }
    let draws = RandomStream(seed: seed, name: "vendors").entity(Int(now.daysSince1970))
    var opens = offer.promised
    if draws.uniform(0) < World.late.chance {
      opens += .seconds(offer.building.lead.seconds * World.late.share * draws.exponential(1))
    }
    // Keys are handed over in the morning.
    if opens > now { opens = opens.startOfDay + .days(1) + .hours(8) }
    ledger.post(offer.price, .building, at: now)
    install(offer, site: site, area: area, power: power, opens: opens)
    return offer
  }

  /// A room that is there already, all paid for by somebody else: empty, 16 kW on 20 m², or furnished,
  /// just large enough for all machines in racks, with cooling for them.
  package mutating func haveRoom(site: Catalog.Site, isFurnished: Bool) {
    guard let rack = Catalog.standard.racks.first(where: { $0.id == "rack-42u" }),
      let building = Catalog.standard.buildings.first(where: { $0.id == "room" })
    else { preconditionFailure("a catalog without usual racks and rooms") }
    let load = machines.reduce(Power.zero) {
      $0 + (catalog.server($1.model)?.peak ?? .zero)
    }
    let racks = machines.isEmpty ? 1 : (machines.count - 1) / World.machinesPerRack + 1
    let offer = BuildingOffer(building: building, price: .zero, promised: now)
    let area = isFurnished ? RoomThermals.areaPerRack * Double(racks) : 20
    install(
      offer, site: site, area: area, power: max(.kilowatts(16), load * 1.5), opens: now)
    guard isFurnished else { return }
    haveRacks(rack, count: racks)
    furnishCooling(for: load)
    placeEverything()
  }

  /// A hall with so many machines of a model in its racks, busy by a profile, all paid for.
  ///
  /// - Parameter racks: into how many racks; each is then rated for what it holds. Nil for as many as
  ///   the largest that is sold takes.
  package mutating func haveHall(
    site: Catalog.Site, server: Catalog.Server, count: Int, racks wanted: Int?, profile: LoadProfile
  ) {
    guard let building = Catalog.standard.buildings.last,
      let rack = Catalog.standard.racks.last(where: { $0.entry.isSold(at: now) })
    else { preconditionFailure("a catalog without halls or racks") }
    let usual = min(40, max(1, Int(rack.plan(name: "", feeds: [0]).powerLimit / server.peak)))
    let perRack = wanted.map { (count - 1) / max(1, $0) + 1 } ?? usual
    let racks = (count - 1) / perRack + 1
    let rating = wanted.map { _ in server.peak * (Double(perRack) * 1.001) }
    let offer = BuildingOffer(building: building, price: .zero, promised: now)
    own(server, count: count)
    install(
      offer, site: site, area: RoomThermals.areaPerRack * Double(racks),
      power: server.peak * (Double(count) * 1.2), opens: now)
    changeRoom { room, _ in
      room.profile = profile
      // `Chosen:` one technician around the clock for a thousand machines, and a shelf of spares.
      room.operation.staff(technicians: count / 1_000 + 1, shift: .always)
      for kind in ComponentKind.allCases { room.operation.stock(kind, count / 500 + 1) }
    }
    haveRacks(rack, count: racks, feeds: [0, 1], rating: rating)
    do {
      for index in 0..<racks {
        let filled = min(perRack, count - index * perRack)
        try fill(rack: index, with: server, from: index * perRack, count: filled)
      }
    } catch {
      preconditionFailure("a hall's racks are too small: \(error)")
    }
    for index in machines.indices { machines[index].startsAt = now }
    changeRoom { _, _ in }
  }

  /// Puts machines into a rack without looking at any other.
  private mutating func fill(
    rack: Int, with server: Catalog.Server, from first: Int, count: Int
  ) throws(PlacementProblem) {
    guard var room = machineRoom else { return }
    machineRoom = nil
    defer { machineRoom = room }
    try room.room.place(server.spec, count: count, rack: rack)
    let kinds = server.parts
    for index in first..<(first + count) {
      machines[index].rack = rack
      machines[index].parts = room.addParts(kinds, rack: rack, at: now)
    }
  }

  /// `Chosen:` as many machines of 2004 as a rack of 5 kW carries, with some units left.
  private static let machinesPerRack = 20

  /// Cooling that carries a load with a fifth more.
  private mutating func furnishCooling(for load: Power) {
    let needed = load * 1.2
    let units = Catalog.standard.cooling
    let unit = units.first { needed <= $0.capacity } ?? units[2]
    haveCooling(unit, count: max(1, Int((needed / unit.capacity) + 0.999)), feed: 0)
  }

  private mutating func placeEverything() {
    for model in catalog.servers {
      let count = machinesOutside(model.id).count
      guard count > 0 else { continue }
      do {
        _ = try place(model, count: count)
      } catch {
        preconditionFailure("a furnished room is too small: \(error)")
      }
    }
    // They have stood there for long.
    for index in machines.indices where machines[index].rack != nil {
      machines[index].startsAt = now
      machines[index].placed = now - .days(1)
    }
    changeRoom { _, _ in }
  }

  private mutating func install(
    _ offer: BuildingOffer, site: Catalog.Site, area: Double, power: Power, opens: Moment
  ) {
    machineRoom = MachineRoom(
      site: site, building: offer.building, area: area, power: power, ordered: now,
      promised: offer.promised, opens: opens, seed: seed)
    machineRoom?.countStorage(store.scheme, at: now)
    if offer.building.id == "hall" { furnishHall(power) }
  }

  private mutating func furnishHall(_ power: Power) {
    let own = Catalog.standard
    guard let ups = own.upses.last?.ups, let generator = own.generators.last?.generator,
      let chiller = own.cooling.last?.unit(feed: 0)
    else { preconditionFailure("a catalog without plant for halls") }
    changeRoom { room, now in
      room.room.furnish(
        with: HallPlant(ups: ups, generator: generator, chiller: chiller), power: power)
      room.countDomains(at: now)
    }
  }
}
