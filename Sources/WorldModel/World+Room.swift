import Catalogs
import Facility
import Quantities
import Randomness
import Service

/// Why the machine room does not do what is asked.
package enum RoomProblem: Error, Hashable, Sendable {
  /// There is no machine room yet.
  case noRoom
  /// There is one already.
  case roomExists
  /// It is being built until a moment.
  case notOpen(opens: Moment)
  /// No kind of building takes so much power.
  case tooMuchPower(most: Power)
  /// The floor holds no more racks.
  case noFloor(places: Int)
  /// A rack does not take the machines.
  case doesNotFit(PlacementProblem)
  /// No rack takes all of them; where some would fit.
  case fitsNowhere(places: [PlacementProblem.Place])
  /// There are no racks.
  case noRacks
  /// There are not so many machines of the model outside the racks.
  case tooFewOutside(present: Int)
}

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
    guard let building = Catalog.buildings.first(where: { power <= $0.powerMax }) else {
      throw .tooMuchPower(most: Catalog.buildings[Catalog.buildings.count - 1].powerMax)
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
    guard let rack = Catalog.racks.first(where: { $0.id == "rack-42u" }),
      let building = Catalog.buildings.first(where: { $0.id == "room" })
    else { preconditionFailure("a catalog without usual racks and rooms") }
    let load = machines.reduce(Power.zero) {
      $0 + (Catalog.server($1.model)?.peak ?? .zero)
    }
    let racks = machines.isEmpty ? 1 : (machines.count - 1) / World.machinesPerRack + 1
    let offer = BuildingOffer(building: building, price: .zero, promised: now)
    let area = isFurnished ? MachineRoom.areaPerRack * Double(racks) : 20
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
    guard let building = Catalog.buildings.last,
      let rack = Catalog.racks.last(where: { $0.entry.isSold(at: now) })
    else { preconditionFailure("a catalog without halls or racks") }
    let usual = min(40, max(1, Int(rack.plan(name: "", feeds: [0]).powerLimit / server.peak)))
    let perRack = wanted.map { (count - 1) / max(1, $0) + 1 } ?? usual
    let racks = (count - 1) / perRack + 1
    let rating = wanted.map { _ in server.peak * (Double(perRack) * 1.001) }
    let offer = BuildingOffer(building: building, price: .zero, promised: now)
    own(server, count: count)
    install(
      offer, site: site, area: MachineRoom.areaPerRack * Double(racks),
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
    let unit = Catalog.cooling.first { needed <= $0.capacity } ?? Catalog.cooling[2]
    haveCooling(unit, count: max(1, Int((needed / unit.capacity) + 0.999)), feed: 0)
  }

  private mutating func placeEverything() {
    for model in Catalog.servers {
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
    if offer.building.id == "hall" { furnishHall(power) }
  }

  /// What a hall is delivered with: two feeds, each able to carry all, with UPS and generator, and a
  /// chiller more than it needs.
  private mutating func furnishHall(_ power: Power) {
    guard let ups = Catalog.upses.last?.ups, let generator = Catalog.generators.last?.generator,
      let chiller = Catalog.cooling.last
    else { preconditionFailure("a catalog without plant for halls") }
    changeRoom { room, now in
      room.room.add(FeedPlan(name: "B", rating: power))
      for feed in 0...1 {
        var whole = ups
        whole.rating = power * 1.25
        room.room.install(whole, feed: feed)
        var engine = generator
        engine.rating = power * 1.8
        engine.tank = Volume(
          cubicMeters: generator.tank.cubicMeters * (engine.rating / generator.rating))
        room.room.install(engine, feed: feed)
      }
      let count = Int(power / chiller.capacity * 1.2) + 2
      for index in 0..<count { room.room.add(chiller.unit(feed: index % 2)) }
      room.room.setContainment(.contained)
      room.countDomains(at: now)
    }
  }
}

// MARK: - What is brought in

extension World {
  /// Changes the room, then lets the shop's servers follow.
  mutating func changeRoom<Result>(
    _ change: (_ room: inout MachineRoom, _ now: Moment) throws -> Result
  ) rethrows -> Result {
    guard var room = machineRoom else { preconditionFailure("there is no room to change") }
    let result = try change(&room, now)
    var around = RoomSurroundings(shop: shop, machines: machines, ledger: ledger, store: store)
    shop = nil
    room.arrange(around.machines)
    room.applyStates(at: now, &around)
    take(around)
    machineRoom = room
    return result
  }

  /// The room, if its keys were handed over.
  /// - Throws: `RoomProblem`.
  package func openRoom() throws(RoomProblem) -> MachineRoom {
    guard let room = machineRoom else { throw .noRoom }
    guard room.opens <= now else { throw .notOpen(opens: room.opens) }
    return room
  }

  /// Pays for something that lasts.
  /// - Throws: `WorldProblem.tooLittleCash`.
  mutating func pay(_ price: Money, _ cause: Ledger.Cause) throws(WorldProblem) {
    let present = cash
    guard price <= present else { throw .tooLittleCash(needed: price, present: present) }
    ledger.post(price, cause, at: now)
  }

  /// Buys racks and puts them up; each has its switch.
  /// - Returns: their names.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func buy(_ rack: Catalog.RackModel, count: Int) throws -> [String] {
    let room = try openRoom()
    let free = room.places - room.room.racks.count
    guard count <= free else { throw RoomProblem.noFloor(places: room.places) }
    try pay(rack.price(at: now) * count, .plant)
    return haveRacks(rack, count: count)
  }

  @discardableResult
  mutating func haveRacks(
    _ rack: Catalog.RackModel, count: Int, feeds: [Int] = [0], rating: Power? = nil
  ) -> [String] {
    changeRoom { room, now in
      (0..<count).map { _ in
        let name = "r\(room.room.racks.count + 1)"
        var plan = rack.plan(name: name, feeds: feeds)
        if let rating {
          plan.powerLimit = rating
          plan.massLimit = Mass(kilograms: 1e5)
        }
        room.addRack(plan, at: now)
        return name
      }
    }
  }

  /// Buys cooling units and connects them to a feed.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func buy(_ cooling: Catalog.CoolingModel, count: Int, feed: Int) throws {
    _ = try openRoom()
    try pay(cooling.price(at: now) * count, .plant)
    haveCooling(cooling, count: count, feed: feed)
  }

  mutating func haveCooling(_ cooling: Catalog.CoolingModel, count: Int, feed: Int) {
    changeRoom { room, now in
      for _ in 0..<count { room.room.add(cooling.unit(feed: feed)) }
      room.countDomains(at: now)
    }
  }

  /// Buys a UPS for a feed, in place of what is there.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func buy(_ ups: Catalog.UPSModel, feed: Int) throws {
    _ = try openRoom()
    try pay(ups.price(at: now), .plant)
    changeRoom { room, now in
      room.room.install(ups.ups, feed: feed)
      room.countDomains(at: now)
    }
  }

  /// Buys a generator for a feed, in place of what is there.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func buy(_ generator: Catalog.GeneratorModel, feed: Int) throws {
    _ = try openRoom()
    try pay(generator.price(at: now), .plant)
    changeRoom { room, now in
      room.room.install(generator.generator, feed: feed)
      room.countDomains(at: now)
    }
  }

  /// Buys another way from the meter to the racks.
  /// - Returns: its name.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func buy(_ feed: Catalog.FeedModel) throws -> String {
    let room = try openRoom()
    try pay(feed.price(at: now), .plant)
    let name = feedName(room.room.feeds.count)
    changeRoom { room, _ in _ = room.room.add(FeedPlan(name: name, rating: feed.rating)) }
    return name
  }

  /// A letter, and from the second alphabet on a number behind it: A to Z, A2 to Z2.
  private func feedName(_ index: Int) -> String {
    let letter = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[index % 26]
    return index < 26 ? "\(letter)" : "\(letter)\(index / 26 + 1)"
  }

  /// Buys spare parts.
  /// - Throws: `RoomProblem`, `WorldProblem.tooLittleCash`.
  package mutating func buy(_ part: Catalog.Part, count: Int) throws {
    guard machineRoom != nil else { throw RoomProblem.noRoom }
    guard let kind = part.component else {
      preconditionFailure("the part '\(part.id)' belongs to nothing")
    }
    try pay(part.price(at: now) * count, .repairs)
    machineRoom?.operation.stock(kind, count)
  }

  /// Plugs a rack into one feed or two.
  package mutating func connect(rack: Int, feeds: [Int]) {
    changeRoom { room, _ in room.room.connect(rack: rack, to: feeds) }
  }

  /// Hangs a cooling unit on a feed.
  package mutating func connect(unit: Int, feed: Int) {
    changeRoom { room, _ in room.room.connect(unit: unit, to: feed) }
  }
}

// MARK: - Machines into racks

extension World {
  /// The machines of a model that stand outside the racks, oldest first, by their places among all.
  package func machinesOutside(_ model: String) -> [Int] {
    machines.indices.filter { machines[$0].model == model && machines[$0].rack == nil }
  }

  /// Puts machines into a rack, those that stand outside the longest first; they are off for as long
  /// as a start takes.
  /// - Throws: `RoomProblem`.
  package mutating func place(
    _ model: Catalog.Server, count: Int, rack: Int
  ) throws(RoomProblem) {
    _ = try openRoom()
    let outside = machinesOutside(model.id)
    guard count <= outside.count else { throw .tooFewOutside(present: outside.count) }
    try put(Array(outside.prefix(count)), model, rack: rack)
  }

  /// Puts machines into the racks that take them, the first that has room first.
  /// - Returns: how many went into which rack.
  /// - Throws: `RoomProblem`; then none was moved.
  package mutating func place(
    _ model: Catalog.Server, count: Int
  ) throws(RoomProblem) -> [PlacementProblem.Place] {
    let room = try openRoom()
    var outside = machinesOutside(model.id)[...]
    guard count <= outside.count else { throw .tooFewOutside(present: outside.count) }
    guard !room.room.racks.isEmpty else { throw .noRacks }
    let places = room.room.places(for: model.spec)
    guard places.reduce(0, { $0 + $1.count }) >= count else { throw .fitsNowhere(places: places) }
    var left = count
    var used: [PlacementProblem.Place] = []
    for place in places where left > 0 {
      let taken = min(place.count, left)
      try put(Array(outside.prefix(taken)), model, rack: place.rack)
      outside = outside.dropFirst(taken)
      used.append(.init(rack: place.rack, count: taken))
      left -= taken
    }
    return used
  }

  private mutating func put(
    _ indices: [Int], _ model: Catalog.Server, rack: Int
  ) throws(RoomProblem) {
    guard var room = machineRoom else { throw .noRoom }
    do throws(PlacementProblem) {
      try room.room.place(model.spec, count: indices.count, rack: rack)
    } catch {
      throw .doesNotFit(error)
    }
    for index in indices {
      machines[index].rack = rack
      machines[index].placed = now
      machines[index].parts = room.addParts(model.parts, rack: rack, at: now)
      // It was carried, so it starts anew.
      machines[index].isPowered = false
    }
    machineRoom = room
    changeRoom { _, _ in }
  }

  /// Forgets a machine that leaves, with its parts.
  mutating func forgetMachine(_ index: Int) {
    let machine = machines.remove(at: index)
    guard let rack = machine.rack else {
      if machineRoom != nil { changeRoom { room, _ in room.forgetBusyTime(of: index) } }
      return
    }
    changeRoom { room, _ in
      room.room.remove(machine.model, count: 1, rack: rack)
      for part in machine.parts { room.operation.retire(part) }
      room.forgetBusyTime(of: index)
    }
  }
}
