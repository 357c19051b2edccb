import Catalogs
import Facility
import Quantities
import Service
import Testing

@testable import WorldModel

private let start = Moment(year: 2005, month: 11, day: 25)

/// A shop whose machines stand in the workshop.
private func shop(servers: Int, visitsPerDay: Double, hour: Int = 0) throws -> World {
  var world = World(seed: 1, start: start + .hours(hour), cash: .dollars(100_000))
  world.openShop(
    demand: Demand(visitsPerDay: visitsPerDay),
    servers: (try #require(Catalog.standard.server("1u-2004")), servers),
    uplink: try #require(Catalog.standard.uplink("t3")))
  return world
}

/// A shop whose machines stand in a furnished room.
private func shopInRoom(
  servers: Int = 4, visitsPerDay: Double = 20_000, hour: Int = 0
) throws -> World {
  var world = try shop(servers: servers, visitsPerDay: visitsPerDay, hour: hour)
  world.haveRoom(site: try #require(Catalog.standard.site("washington")), isFurnished: true)
  return world
}

private func run(_ world: inout World, for span: TimeSpan) throws {
  _ = try world.run(to: world.now + span) { _, _ in }
}

@Suite("A machine room in one loop with the shop")
struct RoomWorldTests {
  @Test("is the same in three odd pieces as in one, bit for bit")
  func piecesEqualTheWhole() throws {
    var whole = try shopInRoom()
    _ = try whole.fail(.coolingUnit(0))
    var pieces = whole
    try run(&whole, for: .hours(3) + TimeSpan(nanoseconds: 7))
    for nanoseconds in [61_234_567_891, 3_599_999_999_999, 1] {
      try run(&pieces, for: TimeSpan(nanoseconds: Int64(nanoseconds)))
    }
    try run(&pieces, for: whole.now - pieces.now)
    #expect(StateHash(of: whole) == StateHash(of: pieces))
    // Something happened in it: the point of the test.
    #expect(try #require(whole.machineRoom).downCount(whole.machines) > 0)
  }

  @Test("takes in as much energy as it gives away or keeps, to a billionth")
  func energyBalances() throws {
    var world = try shopInRoom(servers: 12, visitsPerDay: 10_000)
    try world.buy(Catalog.standard.upses[1], feed: 0)
    try run(&world, for: .hours(9))
    _ = try world.fail(.utility(0))
    try run(&world, for: .minutes(5))
    _ = try world.repair(.utility(0))
    try run(&world, for: .hours(10))
    let room = try #require(world.machineRoom).room
    let a = room.accounts
    let supplied = (a.utility + a.generators + a.batteries).joules
    let used =
      (a.machines + a.distribution + a.ups + a.charging + a.transformers + a.coolingFans
      + a.compressors).joules
    #expect(a.batteries != .zero)
    #expect(abs(supplied - used) <= 1e-9 * supplied)
    // Heat: what entered the air and did not leave is in air and mass.
    let thermals = room.plan.thermals
    let began = Temperature(celsius: 20)
    let now = room.airAndMass
    let kept =
      thermals.air.joulesPerKelvin * (now.air - began).kelvin
      + thermals.mass.joulesPerKelvin * (now.mass - began).kelvin
    let entered = (a.roomHeat + a.envelope - a.heatRemoved).joules
    #expect(abs(entered - kept) <= 1e-9 * a.roomHeat.joules)
  }

  // 111 W is the idle power of the server of 2004; its fans are part of it.
  @Test("draws what idle machines draw while nobody comes")
  func idlePower() throws {
    var world = try shopInRoom(servers: 4, visitsPerDay: 1e-6)
    try run(&world, for: .hours(6))
    let energy = try #require(world.machineRoom).room.accounts.machines
    #expect(abs(energy.kilowattHours - 4 * 0.111 * 6) < 1e-9)
  }

  @Test("draws more the busier the shop is, and never more than all can draw")
  func powerFollowsLoad() throws {
    func energy(_ visits: Double) throws -> Double {
      var world = try shopInRoom(servers: 4, visitsPerDay: visits, hour: 12)
      try run(&world, for: .hours(1))
      return try #require(world.machineRoom).room.accounts.machines.kilowattHours
    }
    let energies = try [0.001, 10_000, 40_000, 90_000].map(energy)
    #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 < $1 })
    #expect(energies[3] < 4 * 0.222)
  }

  @Test("loses its visitors when the cooling fails at noon, by way of heat")
  func coolingAtNoon() throws {
    var world = try shopInRoom(servers: 40, visitsPerDay: 150_000, hour: 11)
    try run(&world, for: .hours(1))
    let before = try #require(world.shop).accounts.total.visitsLost
    let noon = world.now
    _ = try world.fail(.coolingUnit(0))
    try run(&world, for: .minutes(25))
    let room = try #require(world.machineRoom)
    let tripped = room.room.log.filter { if case .tripped = $0.occurrence { true } else { false } }
    let first = try #require(tripped.first)
    #expect(first.moment > noon + .minutes(2) && first.moment < noon + .minutes(20))
    // The cause is the failure, however many links lie between.
    #expect(room.room.chain(of: first.id).last?.occurrence == .failed(.coolingUnit(0)))
    #expect(room.downCount(world.machines) == 40)
    #expect((0..<40).allSatisfy { world.shop?.isServerUp($0) == false })
    #expect(try #require(world.shop).accounts.total.visitsLost > before + 500)
    // It was slow before it was dark.
    let throttled = room.room.log.first {
      if case .throttled = $0.occurrence { true } else { false }
    }
    #expect(try #require(throttled).moment < first.moment)
  }

  // Loads change at whole minutes, and may bring an inlet to its limit in that very moment.
  @Test("goes on where a change of loads brings an inlet to its limit")
  func limitAtAStep() throws {
    // Found by playing: at 11:09 of this day, of all moments.
    var world = World(seed: 42, start: Moment(year: 2005, month: 6, day: 6))
    world.openShop(
      demand: Demand(visitsPerDay: 40_000),
      servers: (try #require(Catalog.standard.server("1u-2004")), 36),
      uplink: try #require(Catalog.standard.uplink("t3")))
    world.haveRoom(site: try #require(Catalog.standard.site("washington")), isFurnished: false)
    try run(&world, for: .hours(11))
    _ = world.haveRacks(
      try #require(Catalog.standard.racks.first { $0.id == "rack-42u" }), count: 2)
    _ = try world.place(try #require(Catalog.standard.server("1u-2004")), count: 36)
    for _ in 0..<20 { try run(&world, for: .minutes(1)) }
    let throttled = try #require(
      world.machineRoom?.room.log.first {
        if case .throttled = $0.occurrence { true } else { false }
      })
    #expect(throttled.moment.timeOfDay == .hours(11) + .minutes(9))
  }

  @Test("slows servers down by the pace that throttling leaves")
  func throttlingIsPace() throws {
    var world = try shopInRoom(servers: 40, visitsPerDay: 90_000, hour: 12)
    try run(&world, for: .minutes(20))
    _ = try world.fail(.coolingUnit(0))
    for _ in 0..<20 {
      try run(&world, for: .minutes(1))
      let groups = try #require(world.machineRoom).room.racks.flatMap(\.groups)
      if groups.contains(where: { $0.state == .throttled }) { break }
    }
    let room = try #require(world.machineRoom)
    let rack = try #require(
      room.room.racks.firstIndex { $0.groups.contains { $0.state == .throttled } })
    for index in room.layout[rack] {
      #expect(world.shop?.pace(ofServer: index) == MachineSpec.throttledPace)
    }
  }

  @Test("is dark at once without a battery, and starts three minutes after the power is back")
  func darkness() throws {
    var world = try shopInRoom()
    try run(&world, for: .hours(1))
    _ = try world.fail(.utility(0))
    #expect(world.machines.allSatisfy { !$0.isUp })
    try run(&world, for: .minutes(10))
    _ = try world.repair(.utility(0))
    try run(&world, for: .minutes(3))
    #expect(world.machines.allSatisfy { !$0.isUp })
    try run(&world, for: .minutes(1))
    #expect(world.machines.allSatisfy { $0.isUp })
  }

  @Test("runs on with a battery for as long as the battery's law says")
  func battery() throws {
    // In a large room, so that heat does not come first: nothing cools it without the utility.
    var world = try shop(servers: 10, visitsPerDay: 1e-6)
    world.haveRoom(site: try #require(Catalog.standard.site("washington")), isFurnished: false)
    _ = try world.buy(try #require(Catalog.standard.racks.first { $0.id == "rack-42u" }), count: 1)
    _ = try world.place(try #require(Catalog.standard.server("1u-2004")), count: 10)
    let model = try #require(Catalog.standard.upses.first { $0.id == "ups-3kw" })
    try world.buy(model, feed: 0)
    try run(&world, for: .hours(1))
    let failed = world.now
    _ = try world.fail(.utility(0))
    #expect(world.machines.allSatisfy { $0.isUp })
    try run(&world, for: .hours(1))
    let dark = try #require(
      world.machineRoom?.room.log.first {
        if case .batteryExhausted = $0.occurrence { true } else { false }
      })
    // Ten idle machines of 111 W behind distribution that loses 1 % at full load.
    let room = try #require(world.machineRoom).room
    let load = Power(watts: 1_110)
    let loss = room.plan.feeds[0].distribution.loss(at: load, rating: room.plan.feeds[0].rating)
    let expected = model.ups.runtime(at: load + loss)
    #expect(abs((dark.moment - failed - expected).seconds) < 1e-6)
  }

  @Test("waits two weeks for a part without a spare, and hours with one")
  func spares() throws {
    func down(spares: Int) throws -> TimeSpan {
      var world = try shopInRoom(servers: 2, visitsPerDay: 10)
      let board = try #require(Catalog.standard.parts.first { $0.component == .board })
      if spares > 0 { try world.buy(board, count: spares) }
      try run(&world, for: .hours(9))
      let failed = world.now
      #expect(try world.fail(.board, machine: 0))
      #expect(!world.machines[0].isUp && world.shop?.isServerUp(0) == false)
      if spares == 0 {
        try run(&world, for: .days(14) - .hours(1))
        #expect(!world.machines[0].isUp)
      }
      for _ in 0..<60 where !world.machines[0].isUp { try run(&world, for: .minutes(30)) }
      return world.now - failed
    }
    #expect(try down(spares: 1) <= .hours(3))
    let long = try down(spares: 0)
    #expect(long >= .days(14) && long <= .days(15))
  }

  @Test("is repaired at once for the price of the part")
  func repairByHand() throws {
    var world = try shopInRoom(servers: 2, visitsPerDay: 10)
    try run(&world, for: .hours(1))
    #expect(try world.fail(.memory, machine: 1))
    let before = world.cash
    #expect(try world.repair(machine: 1) == [.memory])
    #expect(before - world.cash == .dollars(200))
    try run(&world, for: .minutes(4))
    #expect(world.machines[1].isUp)
  }

  @Test(
    "gets ordered machines on their day and not before, into the racks as far as they take them")
  func delivery() throws {
    var world = try shopInRoom(servers: 20, visitsPerDay: 10)
    world.setDeliveryTime(.days(3))
    let ordered = world.now
    try world.buy(try #require(Catalog.standard.server("1u-2004")), count: 5)
    #expect(world.machines.count == 20)
    try run(&world, for: .days(3))
    #expect(world.machines.count == 20)
    try run(&world, for: .minutes(1))
    #expect(world.machines.count == 25 && world.shop?.servers.count == 25)
    // The rack of 5 kW takes two more; the others stand in the workshop.
    #expect(world.machinesOutside("1u-2004").count == 3)
    #expect(world.machines[24].bought == ordered + .days(3))
    #expect(world.machines[24].price == .dollars(3_500))
  }

  @Test("refuses what does not fit, says what would, and changes nothing")
  func placement() throws {
    var world = try shopInRoom(servers: 20, visitsPerDay: 10)
    let server = try #require(Catalog.standard.server("1u-2004"))
    try world.buy(server, count: 10)
    let before = StateHash(of: world)
    // 5 kW carry 22 machines of 222 W, and 20 are there.
    #expect(throws: RoomProblem.fitsNowhere(places: [.init(rack: 0, count: 2)])) {
      _ = try world.place(server, count: 10)
    }
    #expect(StateHash(of: world) == before)
    #expect(try world.place(server, count: 2) == [.init(rack: 0, count: 2)])
    #expect(world.machinesOutside("1u-2004").count == 8)
  }

  @Test("frees units, watts and parts when a machine is sold")
  func selling() throws {
    var world = try shopInRoom(servers: 5, visitsPerDay: 10)
    let free = try #require(world.machineRoom).room.freeIn(0)
    let received = try world.sell(try #require(Catalog.standard.server("1u-2004")), count: 2)
    #expect(abs(received.dollars - 2 * 3_500.0 / 3) < 1e-5)
    let after = try #require(world.machineRoom).room.freeIn(0)
    #expect(after.units == free.units + 2)
    #expect(world.machines.count == 3 && world.shop?.servers.count == 3)
    try run(&world, for: .hours(2))
    #expect(abs(try #require(world.machineRoom).room.machinePower.watts - 3 * 111) < 1)
  }

  @Test("adds up to the cent: cash is what there was and came in, less all invoice lines")
  func money() throws {
    var world = try shopInRoom(servers: 4, visitsPerDay: 5_000)
    _ = try world.buy(Catalog.standard.feeds[0])
    try run(&world, for: .days(2))
    let sum = world.ledger.entries.reduce(Money.zero) { $0 + $1.amount }
    #expect(world.cash == world.ledger.opening + world.earnings - sum)
    // The meter's kilowatt-hours at the price of 2005, a line a day.
    let billed = world.ledger.entries.filter { $0.cause == .electricity }
    let metered = try #require(world.machineRoom).room.accounts.utility.kilowattHours
    let dollars = billed.reduce(Money.zero) { $0 + $1.amount }.dollars
    #expect(billed.count == 2)
    #expect(abs(dollars - metered * 0.08) < 1e-4)
  }

  @Test("is handed over late by one builder in three, by a fifth on average")
  func builders() throws {
    var late: [Double] = []
    let seeds = 3_000
    for seed in 0..<seeds {
      var world = World(seed: UInt64(seed), start: start, cash: .dollars(1e6))
      let site = try #require(Catalog.standard.site("washington"))
      let offer = try world.build(site: site, area: 20, power: .kilowatts(16))
      let opens = try #require(world.machineRoom).opens
      // Keys are handed over at eight in the morning after the day.
      let days = (opens - offer.promised).seconds / 86_400 - 8.0 / 24
      #expect(days >= 0)
      if days > 1 { late.append(days) }
    }
    // Late by more than the day that everybody waits for the morning: e^(−1/8.4) of a third.
    let expected = Double(seeds) / 3 * 0.8878
    #expect(abs(Double(late.count) - expected) < 4 * expected.squareRoot())
    // An exponential number forgets the day: 42 days · 0.2 more than it.
    let mean = late.reduce(0, +) / Double(late.count)
    #expect(abs(mean - 1 - 8.4 - 0.5) < 1)
  }

  @Test("cannot be used before it opens")
  func notYet() throws {
    var world = World(seed: 1, start: start, cash: .dollars(1e6))
    _ = try world.build(
      site: try #require(Catalog.standard.site("dublin")), area: 10, power: .kilowatts(3))
    #expect(throws: RoomProblem.self) { _ = try world.buy(Catalog.standard.racks[1], count: 1) }
    _ = try world.run(to: try #require(world.machineRoom).opens) { _, _ in }
    #expect(try world.buy(Catalog.standard.racks[1], count: 2) == ["r1", "r2"])
    #expect(throws: RoomProblem.noFloor(places: 4)) {
      _ = try world.buy(Catalog.standard.racks[1], count: 3)
    }
  }
}
