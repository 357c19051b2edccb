import Facility
import Quantities
import Testing

@Suite struct RoomPowerTests {
  private func first(
    _ events: [RoomEvent], _ occurrence: RoomEvent.Occurrence
  ) throws -> RoomEvent {
    try #require(events.first { $0.occurrence == occurrence })
  }

  // The air conditioner is not on the UPS, so heat comes before the end of the battery.
  @Test func anOutageStopsTheCoolingAndTheChainSaysSo() throws {
    var room = try shopRoom(
      outages: [Outage(start: roomStart + .hours(1), end: roomStart + .hours(2))])
    let events = room.advance(to: roomStart + .minutes(110), loads: .uniform(1))
    let trip = try first(events, .tripped(rack: 0, group: 0))
    #expect(
      room.chain(of: trip.id).map(\.occurrence) == [
        .tripped(rack: 0, group: 0), .coolingStopped(unit: 0), .mainsLost(feed: 0),
        .failed(.utility(0)),
      ])
    #expect(room.racks[0].isLive && room.machinePower == .zero)
  }

  // At 8.88 kW of 20 kW and 1 % · L² of distribution the UPS gives 8,919.4 W, a load of 0.44597:
  // 7 min · (1.061/0.50697)^1.61 = 7 · 3.2830 = 22.98 min = 1,378.9 s.
  @Test func aBatteryLastsItsRuntimeAndTheChainSaysWhatFollowed() throws {
    // A hall so large that it does not heat up meanwhile.
    var plan = try shopRoom().plan
    plan.thermals = .places(10_000)
    var room = Room(plan: plan, start: roomStart)
    for rack in 0..<2 { try room.place(.volume2004, count: 20, rack: rack) }
    room.advance(to: roomStart + .hours(1), loads: .uniform(1))
    room.fail(.utility(0))
    let events = room.advance(to: roomStart + .hours(3), loads: .uniform(1))
    let dark = try first(events, .feedDark(feed: 0))
    #expect(abs((dark.moment - (roomStart + .hours(1))).seconds - 1_378.9) < 1)
    #expect(
      room.whyDark(rack: 0).map(\.occurrence) == [
        .rackDark(rack: 0), .feedDark(feed: 0), .batteryExhausted(feed: 0),
        .batteryEngaged(feed: 0), .mainsLost(feed: 0), .failed(.utility(0)),
      ])
  }

  @Test func aGeneratorStartsAfterItsDelayAndTheBatteryBridgesIt() throws {
    let generator = Generator(rating: .kilowatts(40), tank: .liters(400))
    var room = try shopRoom(feeds: [feed(generator: generator)])
    room.advance(to: roomStart + .hours(1), loads: .uniform(0.5))
    room.fail(.utility(0))
    let events = room.advance(to: roomStart + .hours(2), loads: .uniform(0.5))
    let started = try first(events, .generatorStarted(feed: 0))
    #expect(started.moment == roomStart + .hours(1) + .seconds(10))
    #expect(events.contains { $0.occurrence == .coolingStarted(unit: 0) })
    #expect(!events.contains { $0.occurrence == .feedDark(feed: 0) })
    #expect(events.contains { $0.occurrence == .batteryRecharged(feed: 0) })
  }

  @Test func aDryTankEndsTheGenerator() throws {
    let generator = Generator(rating: .kilowatts(40), tank: .liters(10))
    var room = try shopRoom(feeds: [feed(generator: generator)])
    room.advance(to: roomStart + .hours(1), loads: .uniform(0.5))
    room.fail(.utility(0))
    let events = room.advance(to: roomStart + .hours(12), loads: .uniform(0.5))
    let dry = try first(events, .fuelExhausted(feed: 0))
    #expect(agree(room.accounts.fuel.liters, 10, within: 1e-3))
    // 0.030 · 40 L/h idle and 0.25 L for each kWh: the tank and the energy give the time.
    let hours = (dry.moment - (roomStart + .hours(1) + .seconds(10))).seconds / 3_600
    let burned = 1.2 * hours + 0.25 * room.accounts.generators.kilowattHours
    #expect(agree(burned, 10, within: 1e-3))
    let trip = try first(events, .tripped(rack: 0, group: 0))
    #expect(
      room.chain(of: trip.id).map(\.occurrence) == [
        .tripped(rack: 0, group: 0), .coolingStopped(unit: 0), .mainsLost(feed: 0),
        .fuelExhausted(feed: 0), .failed(.utility(0)),
      ])
  }

  @Test func twoCordsShareAndOneCarriesAllWhenTheOtherIsDark() throws {
    let feeds = [feed("A"), feed("B", utility: 1)]
    var room = try shopRoom(feeds: feeds, rackFeeds: [0, 1])
    room.advance(to: roomStart + .hours(1), loads: .uniform(1))
    #expect(abs(room.feeds[0].load.watts - 4_440) < 1e-6)
    room.fail(.feedBreaker(0))
    #expect(room.feeds[0].load == .zero)
    #expect(abs(room.feeds[1].load.watts - 8_880) < 1e-6)
    #expect(room.racks.allSatisfy { $0.isLive })
  }

  // Each feed is rated for 6 kW and carries 4.44; alone it carries 8.88/6 = 1.48 ratings. From a
  // steady 0.74: 120 · ln((2.1904 − 0.5476)/(2.1904 − 1.44)) = 120 · 0.783568 = 94.03 s.
  @Test func feedsThatAreTooSmallFallOneAfterTheOther() throws {
    let feeds = [
      feed("A", rating: .kilowatts(6), hasUPS: false),
      feed("B", utility: 1, rating: .kilowatts(6), hasUPS: false),
    ]
    var room = try shopRoom(feeds: feeds, rackFeeds: [0, 1])
    room.advance(to: roomStart + .hours(2), loads: .uniform(1))
    room.fail(.feed(0))
    let events = room.advance(to: roomStart + .hours(3), loads: .uniform(1))
    let trip = try first(events, .feedBreakerTripped(feed: 1))
    #expect(abs((trip.moment - (roomStart + .hours(2))).seconds - 94.03) < 0.05)
    #expect(
      room.whyDark(rack: 1).map(\.occurrence) == [
        .rackDark(rack: 1), .feedDark(feed: 1), .feedBreakerTripped(feed: 1),
        .feedDark(feed: 0), .mainsLost(feed: 0), .failed(.feed(0)),
      ])
  }

  @Test func aFailedUPSPassesTheMainsAndTheNextOutageIsDark() throws {
    var room = try shopRoom()
    room.advance(to: roomStart + .hours(1), loads: .uniform(0.5))
    room.fail(.ups(feed: 0))
    #expect(room.racks[0].isLive)
    let events = room.fail(.utility(0))
    #expect(events.contains { $0.occurrence == .rackDark(rack: 0) })
    let back = room.repair(.utility(0))
    #expect(back.contains { $0.occurrence == .rackPowered(rack: 0) })
  }

  @Test func causesComeBeforeTheirEffects() throws {
    var room = try shopRoom(
      outages: [Outage(start: roomStart + .hours(1), end: roomStart + .hours(2))])
    room.advance(to: roomStart + .hours(5), loads: .uniform(0.7))
    for event in room.log {
      if let cause = event.cause {
        #expect(cause < event.id)
        #expect(room.log[cause].moment <= event.moment)
      }
    }
  }
}

@Suite struct PlacementTests {
  // 42 units, 5 kW and 900 kg; 222 W and 16 kg each: 20 are placed, so 22 units, 560 W, 580 kg.
  @Test func aRackSaysAllThatDoesNotFitAndWhatWould() throws {
    var room = try shopRoom()
    let before = room.freeIn(0)
    #expect(before.units == 22 && abs(before.power.watts - 560) < 1e-9)
    do {
      try room.place(.volume2004, count: 23, rack: 0)
      Issue.record("23 servers fit into 22 units")
    } catch {
      #expect(error.limits.count == 2)
      #expect(error.limits.first == .units(needed: 23, free: 22))
      #expect(error.places == [.init(rack: 0, count: 2), .init(rack: 1, count: 2)])
    }
    #expect(room.freeIn(0).units == 22)
    try room.place(.volume2004, count: 2, rack: 0)
    #expect(room.places(for: .volume2004) == [.init(rack: 1, count: 2)])
  }

  @Test func eachMachineMayHaveItsOwnLoad() throws {
    var room = try shopRoom()
    let loads = (0..<2).map { _ in (0..<20).map { $0 < 5 ? 1.0 : 0 } }
    room.advance(to: roomStart + .hours(1), loads: .perMachine(loads))
    #expect(abs(room.machinePower.watts - 2 * (5 * 222 + 15 * 111)) < 1e-9)
    room.advance(to: roomStart + .hours(2), loads: .perRack([1, 0]))
    #expect(abs(room.machinePower.watts - 20 * (222 + 111)) < 1e-9)
  }
}
