import Quantities

/// A cabinet that has lost its cooling, alone on its floor, with nothing but its own metal and concrete to
/// take up the heat.
///
/// - Source: the set-up of Opengate's study for Active Power, "Data Center Thermal Runaway", 2007: at 5 kW a
///   cabinet machines shut down after 3 min 9 s, at 10 kW in less than a minute.
package enum CoolingLoss {
  /// How much warmer than the room was the air may get before machines shut down.
  static let rise = TemperatureDifference(kelvin: 15)

  /// A room with ten machines that draw so much together, whatever they do.
  package static func room(_ power: Power, start: Moment) -> Room {
    let began = Temperature(celsius: 20)
    let each = power * 0.1
    let machine = MachineSpec(
      id: "heater", units: 1, mass: Mass(kilograms: 10), power: .linear(idle: each, peak: each),
      // So much air that recirculation does not count: the study's rise is that of the room.
      airflow: VolumeFlow(cubicMetersPerSecond: 1e6), tripsAt: began + rise)
    var room = Room(
      plan: RoomPlan(
        thermals: .places(1),
        feeds: [FeedPlan(name: "A", rating: power * 10, distribution: .none)], cooling: [],
        racks: [RackPlan(name: "r1", powerLimit: power * 6)],
        climate: .constant(began, dewPoint: Temperature(celsius: 5))),
      start: start)
    do {
      try room.place(machine, count: 10, rack: 0)
    } catch {
      preconditionFailure("ten machines do not fit: \(error)")
    }
    return room
  }

  /// How long it takes until machines shut down; nil if they do not within an hour.
  package static func timeToShutdown(_ power: Power) -> TimeSpan? {
    let start = Moment.origin
    var room = room(power, start: start)
    let events = room.advance(to: start + .hours(1), loads: .uniform(1))
    let trip = events.first { $0.occurrence == .tripped(rack: 0, group: 0) }
    return trip.map { $0.moment - start }
  }
}
