import Facility
import Foundation
import Quantities
import Testing

/// A year of the shop's room, with an outage and a generator, and what it was at the start.
private let year: Result<(first: Room, last: Room), any Error> = Result {
  let generator = Generator(rating: .kilowatts(40), tank: .liters(400))
  let first = try shopRoom(
    feeds: [feed(generator: generator)], cooling: [unit(hasEconomizer: true)],
    outages: [Outage(start: roomStart + .days(90), end: roomStart + .days(90) + .hours(6))])
  var last = first
  run(&last, to: roomStart + .days(365))
  return (first, last)
}

@Suite struct RoomEnergyTests {
  @Test func whatComesInGoesOutOrIntoTheBattery() throws {
    let accounts = try year.get().last.accounts
    let sources = accounts.utility + accounts.generators + accounts.batteries
    let sinks =
      accounts.machines + accounts.distribution + accounts.ups + accounts.charging
      + accounts.transformers + accounts.coolingFans + accounts.compressors
    #expect(accounts.generators > .zero && accounts.charging > .zero)
    #expect(agree(sources.joules, sinks.joules, within: 1e-9))
  }

  // Stored heat from temperatures and capacities: places(2) has 6 kJ/K of air and 168 kJ/K of mass.
  @Test func theHeatThatEntersLeavesOrIsStored() throws {
    let (first, last) = try year.get()
    let accounts = last.accounts
    let stored =
      6e3 * (last.airAndMass.air - first.airAndMass.air).kelvin
      + 168e3 * (last.airAndMass.mass - first.airAndMass.mass).kelvin
    let gained = accounts.roomHeat + accounts.envelope - accounts.heatRemoved
    #expect(abs(gained.joules - stored) < 1e-9 * accounts.roomHeat.joules)
    // What draws power in the room is what heats it: machines, distribution, UPS, charger, fans.
    let drawn =
      accounts.machines + accounts.distribution + accounts.ups + accounts.charging
      + accounts.coolingFans
    #expect(agree(drawn.joules, accounts.roomHeat.joules, within: 1e-9))
  }

  @Test func theRacksDrawWhatTheMachinesAreBilled() throws {
    let last = try year.get().last
    let racks = last.racks.indices.reduce(0) { $0 + last.energy(ofRack: $1).joules }
    #expect(agree(racks, last.accounts.machines.joules, within: 1e-9))
  }

  // A constant load for a whole number of control periods, cooling far from its edges: machines
  // 40 · 222 W; distribution 1 % at 20 kW, so 0.01 · (8.88/20)² · 20 kW = 39.427 W.
  @Test func aConstantDayIsBilledAsComputedByHand() throws {
    var room = try shopRoom()
    room.advance(to: roomStart + .days(1), loads: .uniform(1))
    let accounts = room.accounts
    #expect(agree(accounts.machines.kilowattHours, 40 * 0.222 * 24, within: 1e-12))
    #expect(agree(accounts.distribution.kilowattHours, 0.03942720 * 24, within: 1e-7))
    // Fans of 5 % of 24 kW at full speed.
    #expect(agree(accounts.coolingFans.kilowattHours, 1.2 * 24, within: 1e-12))
  }

  @Test func effectivenessIsWorseAtLowLoadAndInSummer() throws {
    func effectiveness(load: Double, month: Int) throws -> Double {
      var room = try shopRoom()
      room.advance(to: Moment(year: 2004, month: month, day: 1), loads: .uniform(load))
      let before = room.accounts
      room.advance(to: Moment(year: 2004, month: month + 1, day: 1), loads: .uniform(load))
      return try #require((room.accounts - before).powerUsageEffectiveness)
    }
    let summer = try effectiveness(load: 0.8, month: 7)
    let winter = try effectiveness(load: 0.8, month: 2)
    let quiet = try effectiveness(load: 0, month: 7)
    #expect(winter > 1.1)
    #expect(summer > winter + 0.05)
    #expect(quiet > summer + 0.05)
  }

  @Test func theEconomizerRestsTheCompressorInWinterOnly() throws {
    func freeShare(month: Int) throws -> Double {
      var room = try shopRoom(cooling: [unit(hasEconomizer: true)])
      room.advance(to: Moment(year: 2004, month: month, day: 1), loads: .uniform(0.5))
      let before = room.accounts
      room.advance(to: Moment(year: 2004, month: month + 1, day: 1), loads: .uniform(0.5))
      let month = room.accounts - before
      return month.freeCooling / month.heatRemoved
    }
    #expect(try freeShare(month: 2) > 0.6)
    #expect(try freeShare(month: 7) < 0.01)
  }

  // Each joule of heat and work evaporates 1/2.442e6 L, of which a third more is drained.
  @Test func towersUseWaterAndDryCoilsNone() throws {
    var wet = try shopRoom(cooling: [unit(rejection: .evaporative(approach: .init(kelvin: 6)))])
    wet.advance(to: roomStart + .days(10), loads: .uniform(0.5))
    let accounts = wet.accounts
    let rejected = accounts.heatRemoved + accounts.compressors
    #expect(agree(accounts.water.liters, rejected.joules / 2.442e6 * 4 / 3, within: 1e-9))
    let perHour = try #require(accounts.waterUsageEffectiveness)
    #expect(perHour > 1 && perHour < 4)
    var dry = try shopRoom()
    dry.advance(to: roomStart + .days(10), loads: .uniform(0.5))
    #expect(dry.accounts.water.liters == 0)
  }
}

@Suite struct RoomDeterminismTests {
  private func bytes(_ room: Room) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(room)
  }

  private func troubled() throws -> Room {
    try shopRoom(
      feeds: [feed(runtime: .minutes(3))],
      outages: [
        Outage(start: roomStart + .minutes(100), end: roomStart + .minutes(109)),
        Outage(start: roomStart + .hours(8), end: roomStart + .hours(9)),
      ])
  }

  @Test func twoHalvesEqualTheWholeBitForBit() throws {
    let end = roomStart + .hours(12)
    var whole = try troubled()
    whole.advance(to: end, loads: .uniform(0.9))
    // Stops between, at and after control instants and events, down to odd nanoseconds.
    var pieces = try troubled()
    let step = TimeSpan(nanoseconds: 97_123_456_789)
    while pieces.now < end {
      pieces.advance(to: min(end, pieces.now + step), loads: .uniform(0.9))
      _ = pieces.accounts
    }
    pieces.advance(to: end, loads: .uniform(0.9))
    #expect(try bytes(pieces) == bytes(whole))
    #expect(whole.log.count > 10)
  }

  @Test func equalSeedsGiveEqualBytesAndOthersDoNot() throws {
    func after(seed: UInt64) throws -> Data {
      var room = try shopRoom(climate: .washington(seed: seed))
      run(&room, to: roomStart + .days(2))
      return try bytes(room)
    }
    #expect(try after(seed: 5) == after(seed: 5))
    #expect(try after(seed: 5) != after(seed: 6))
  }

  @Test func aRoomComesBackFromItsEncodingAndGoesOnAlike() throws {
    var room = try troubled()
    room.advance(to: roomStart + .minutes(101), loads: .uniform(0.9))
    var again = try JSONDecoder().decode(Room.self, from: bytes(room))
    room.advance(to: roomStart + .hours(10), loads: .uniform(0.9))
    again.advance(to: roomStart + .hours(10), loads: .uniform(0.9))
    #expect(try bytes(room) == bytes(again))
  }
}
