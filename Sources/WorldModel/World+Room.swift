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
