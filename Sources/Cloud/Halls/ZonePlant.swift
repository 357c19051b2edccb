import Facility
import Quantities

/// What feeds and cools the hosts of a zone.
package struct ZonePlant: Hashable, Sendable {
  /// What there is.
  package enum Kind: Hashable, Sendable {
    /// A machine room: one feed with a UPS and no engine, units that cool, aisles without doors.
    case room(ups: UPS, unit: CoolingUnit)
    /// A hall: two feeds with UPS and engine, chillers, closed aisles.
    case hall(HallPlant)
  }

  /// What there is.
  package var kind: Kind
  /// The outside.
  package var climate: Climate
  /// What the air in front of the hosts is held at, if not what the cooling comes with.
  package var setPoint: Temperature?

  /// A plant as given.
  package init(_ kind: Kind, climate: Climate, setPoint: Temperature? = nil) {
    self.kind = kind
    self.climate = climate
    self.setPoint = setPoint
  }

  /// How often controls look at the weather.
  ///
  /// `Chosen:` every quarter of an hour; what reaches a limit in between is found at its own moment.
  static let controlPeriod = TimeSpan.minutes(15)

  /// What a full host of so many cores is to a room.
  ///
  /// `Chosen:` air and limits as those of `MachineSpec.modern`, 15 K from inlet to outlet included; its watts go
  /// with its work, fans included.
  static func host(cores: Double) -> MachineSpec {
    let watts = OperatorCosts.wattsPerCore
    var host = MachineSpec.modern
    host.id = "host"
    host.power = .linear(
      idle: Power(watts: watts.idle * cores), peak: Power(watts: watts.full * cores))
    host.fanPower = .zero
    host.airflow = AirFlow.flow(power: host.power.peak, rise: .init(kelvin: 15))
    return host
  }

  /// What the largest rack carries.
  ///
  /// - Source: GreenSKU framework (Azure/AzurePublicDataset, read 2026-11-23): 15 kW.
  private static let rackPower = Power.kilowatts(15)

  /// The room in which so many hosts stand.
  ///
  /// They are alike and equally busy, so one long rack stands for all: each rack would breathe the same air.
  /// `Chosen:` 40 to a rack of 42 units, with a switch and a patch panel, and a fifth more power than they take.
  func room(
    hosts: Int, cores: Double, start: Moment, controlPeriod: TimeSpan = ZonePlant.controlPeriod
  ) -> Room {
    let host = ZonePlant.host(cores: cores)
    let perRack = max(1, min(40, Int(ZonePlant.rackPower / host.peak)))
    let racks = (hosts - 1) / perRack + 1
    let power = host.peak * (Double(hosts) * 1.2)
    var room = Room(
      plan: RoomPlan(
        thermals: .floor(RoomThermals.areaPerRack * Double(racks)), containment: .aisles,
        feeds: [FeedPlan(name: "A", rating: power)], cooling: [], racks: [], climate: climate,
        controlPeriod: controlPeriod), start: start)
    var cords = [0]
    switch kind {
    case .hall(let plant):
      room.furnish(with: plant, power: power)
      cords = [0, 1]
    case .room(let ups, let unit): furnish(&room, ups: ups, unit: unit, power: power)
    }
    room.add(
      RackPlan(
        name: "all", units: hosts * host.units, powerLimit: host.peak * (Double(hosts) * 1.001),
        massLimit: Mass(kilograms: host.mass.kilograms * Double(hosts)), feeds: cords))
    if let setPoint {
      for unit in room.cooling.indices { room.setPoint(setPoint, ofUnit: unit) }
    }
    do {
      try room.place(host, count: hosts, rack: 0)
    } catch {
      preconditionFailure("a rack for \(hosts) hosts is too small: \(error)")
    }
    return room
  }

  /// `Chosen:` a quarter of reserve for the UPS, and one unit of cooling more than are needed.
  private func furnish(_ room: inout Room, ups: UPS, unit: CoolingUnit, power: Power) {
    var own = ups
    own.rating = power * 1.25
    own.standsInRoom = true
    room.install(own, feed: 0)
    for _ in 0...Int(power / unit.capacity + 1) { room.add(unit) }
  }

  /// Power usage effectiveness over a year in which hosts are so busy.
  ///
  /// The weather is looked at by the hour, and the load does not change.
  package func yearlyEffectiveness(hosts: Int, cores: Double, use: Double, from start: Moment)
    -> Double?
  {
    var room = room(hosts: hosts, cores: cores, start: start, controlPeriod: .hours(1))
    room.advance(to: start + .days(365), loads: .uniform(min(1, use)))
    return room.accounts.powerUsageEffectiveness
  }
}
