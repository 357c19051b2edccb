import Facility
import Quantities
import Testing

private func secondsToTrip(kilowatts: Double) -> Double? {
  CoolingLoss.timeToShutdown(.kilowatts(kilowatts))?.seconds
}

@Suite struct RoomHeatTests {
  // Opengate for Active Power, 2007: 5 kW a cabinet shut down after 3 min 9 s = 189 s.
  @Test func fiveKilowattsWithoutCoolingTripAfterAboutThreeMinutes() throws {
    let seconds = try #require(secondsToTrip(kilowatts: 5))
    #expect(seconds > 170 && seconds < 208)
  }

  // The same study: 10 kW and more in less than a minute.
  @Test func tenKilowattsWithoutCoolingTripWithinAMinute() throws {
    let ten = try #require(secondsToTrip(kilowatts: 10))
    let twenty = try #require(secondsToTrip(kilowatts: 20))
    #expect(ten < 60)
    #expect(twenty < ten)
  }

  // Closed form without cooling and walls, from zero: with C = C_a + C_m and λ = hA C/(C_a C_m),
  // ΔT_a = P t/C + P/hA · (C_m/C)² (1 − e^(−λt)). At 1 kW the transient is over after 8 s, so
  // 15 K = t/87 s·K + 0.8929 · 0.9323 K, t = 87 · (15 − 0.83237) = 1,232.58 s.
  @Test func aKilowattTripsWhenTheClosedFormSays() throws {
    let seconds = try #require(secondsToTrip(kilowatts: 1))
    #expect(abs(seconds - 1_232.58) < 0.02)
  }

  @Test func theMomentOfATripIsTheRootAndNotAStepOfTheControls() throws {
    var room = CoolingLoss.room(.kilowatts(5), start: roomStart)
    let events = room.advance(to: roomStart + .hours(1), loads: .uniform(1))
    let trip = try #require(events.first { $0.occurrence == .tripped(rack: 0, group: 0) }?.moment)
    var before = CoolingLoss.room(.kilowatts(5), start: roomStart)
    before.advance(to: trip - TimeSpan(nanoseconds: 1), loads: .uniform(1))
    #expect(before.inlet(ofRack: 0) < Temperature(celsius: 35))
    before.advance(to: trip, loads: .uniform(1))
    #expect(before.inlet(ofRack: 0) >= Temperature(celsius: 35))
    #expect(before.inlet(ofRack: 0) < Temperature(celsius: 35 + 1e-9))
  }

  // Inlet = supply + r (exhaust − supply): both sides from what the room shows.
  @Test func theInletIsTheSupplyAndAShareOfTheExhaust() throws {
    for containment in Containment.allCases {
      var room = try shopRoom(containment: containment)
      room.advance(to: roomStart + .hours(2), loads: .uniform(0.5))
      let supply = room.airAndMass.air
      let exhaust = room.exhaust(ofRack: 0)
      let inlet = supply + (exhaust - supply) * containment.recirculation
      #expect(abs((room.inlet(ofRack: 0) - inlet).kelvin) < 1e-9)
      // 20 servers of 2004 at a load of a half: 111 + 111 · (1 − 0.5^1.4) W, 12 K at 222 W.
      let watts = 111 + 111 * (1 - 0.378929)
      #expect(abs((exhaust - room.inlet(ofRack: 0)).kelvin - 12 * watts / 222) < 1e-4)
    }
  }

  @Test func containmentCoolsTheInlets() throws {
    let inlets = try Containment.allCases.map { containment in
      var room = try shopRoom(containment: containment)
      room.advance(to: roomStart + .hours(2), loads: .uniform(1))
      return room.inlet(ofRack: 0).celsius
    }
    #expect(inlets[0] > inlets[1] && inlets[1] > inlets[2])
  }

  @Test func aRoomWithoutCoolingThrottlesBeforeItTrips() throws {
    var room = try shopRoom()
    room.remove("1u-2004", count: 20, rack: 0)
    try room.place(.modern, count: 6, rack: 0)
    room.advance(to: roomStart + .hours(1), loads: .uniform(1))
    room.fail(.coolingUnit(0))
    let events = room.advance(to: roomStart + .hours(3), loads: .uniform(1))
    let throttle = events.first { $0.occurrence == .throttled(rack: 0, group: 0) }
    let trip = events.first { $0.occurrence == .tripped(rack: 0, group: 0) }
    let chain = room.chain(of: try #require(trip).id).map(\.occurrence)
    let slowed = try #require(throttle)
    #expect(slowed.moment < (trip?.moment ?? roomStart))
    #expect(
      chain == [
        .tripped(rack: 0, group: 0), .coolingStopped(unit: 0), .failed(.coolingUnit(0)),
      ])
  }

  @Test func machinesThatTrippedStayOffUntilSomebodyRestartsThem() throws {
    var room = try shopRoom()
    room.fail(.coolingUnit(0))
    room.advance(to: roomStart + .hours(1), loads: .uniform(1))
    #expect(room.machinePower == .zero)
    room.repair(.coolingUnit(0))
    room.advance(to: roomStart + .hours(3), loads: .uniform(1))
    #expect(room.machinePower == .zero)
    room.restart(rack: 0)
    #expect(abs(room.machinePower.watts - 20 * 222) < 1e-9)
  }

  @Test func temperaturesStayBetweenTheOutsideAndTheTrip() throws {
    var room = try shopRoom()
    run(&room, to: roomStart + .days(20))
    for rack in room.racks.indices {
      let mean = try #require(room.meanInlet(ofRack: rack))
      #expect(mean > Temperature(celsius: 19) && mean < Temperature(celsius: 27))
      #expect(room.warmestInlet(ofRack: rack) < Temperature(celsius: 40))
    }
  }
}
