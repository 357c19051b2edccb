import Quantities

/// A kind of machine, as far as the room is concerned.
package struct MachineSpec: Hashable, Sendable, Codable {
  /// What it is called.
  package var id: String
  /// Its height in rack units.
  package var units: Int
  /// Its mass.
  package var mass: Mass
  /// What it draws without its fans.
  package var power: ServerPower
  /// What its fans draw at full speed.
  package var fanPower: Power
  /// The air that they move at full speed.
  package var airflow: VolumeFlow
  /// The lowest share of full speed; 1 for fans of one speed.
  package var leastFlow: Double
  /// The inlet at which it slows itself down; nil for machines that cannot.
  package var throttlesAt: Temperature?
  /// The inlet at which it switches itself off.
  package var tripsAt: Temperature
  /// The class of air that it is built for.
  package var thermalClass: ThermalClass

  /// A machine.
  ///
  /// `Chosen:` it trips at 40 °C, the end of class A3; nobody publishes where volume servers do.
  /// - Precondition: height and airflow are positive, and it throttles before it trips.
  package init(
    id: String, units: Int, mass: Mass, power: ServerPower, fanPower: Power = .zero,
    airflow: VolumeFlow, leastFlow: Double = 1, throttlesAt: Temperature? = nil,
    tripsAt: Temperature = .init(celsius: 40), thermalClass: ThermalClass = .a2
  ) {
    precondition(
      units > 0 && airflow.cubicMetersPerSecond > 0 && (0.05...1).contains(leastFlow),
      "a machine of \(units) units and \(airflow.cubicMetersPerSecond) m³/s, least \(leastFlow)")
    precondition(throttlesAt.map { $0 < tripsAt } ?? true, "\(id) throttles after it trips")
    self.id = id
    self.units = units
    self.mass = mass
    self.power = power
    self.fanPower = fanPower
    self.airflow = airflow
    self.leastFlow = leastFlow
    self.throttlesAt = throttlesAt
    self.tripsAt = tripsAt
    self.thermalClass = thermalClass
  }

  /// The share of its dynamic power that is left while it throttles.
  ///
  /// `Chosen:` 0.6: two thirds of the clock and somewhat less voltage.
  package static let throttledShare = 0.6

  /// The share of its speed that is left while it throttles: the two thirds of the clock above.
  package static let throttledPace = 2.0 / 3

  /// How far the inlet must fall below the throttling point before it runs at full speed again.
  ///
  /// `Chosen:` 3 K, and looked at only at control instants, so that it does not flutter.
  package static let hysteresis = TemperatureDifference(kelvin: 3)

  /// How far below its limit an inlet must be before a tripped machine is switched on again.
  ///
  /// `Chosen:` 10 K, so that it does not trip again at once.
  package static let restartMargin = TemperatureDifference(kelvin: 10)

  /// How long a machine takes from power to its first page.
  ///
  /// `Chosen:` three minutes, for memory test, disks, operating system and services of the 2000s.
  package static let startDelay = TimeSpan.minutes(3)

  /// The share of full fan speed at an inlet.
  ///
  /// `Chosen:` least speed up to 25 °C, full speed from 35 °C on, a straight line between: makers ramp
  /// from about 25 °C, which is why warm rooms save less than their chillers do.
  package func fanSpeed(inlet: Temperature) -> Double {
    let share = min(max((inlet.celsius - 25) / 10, 0), 1)
    return leastFlow + (1 - leastFlow) * share
  }

  /// The most that it can draw, fans at full speed.
  package var peak: Power { power.peak + fanPower }
}

extension MachineSpec {
  /// A 1U server of 2004: 222 W when busy.
  ///
  /// - Source: Koomey, "Estimating Total Power Consumption by Servers in the U.S. and the World",
  ///   2007: volume class, 222 W on average in 2005. Barroso, Hölzle, "The Case for
  ///   Energy-Proportional Computing", 2007: idle draws about half. `Chosen:` 16 kg; air for 12 K.
  package static let volume2004 = MachineSpec(
    id: "1u-2004", units: 1, mass: Mass(kilograms: 16),
    power: .concave(idle: Power(watts: 111), peak: Power(watts: 222)),
    airflow: AirFlow.flow(power: Power(watts: 222), rise: .init(kelvin: 12)))

  /// A 1U server of the 2020s with two processors: variable fans, throttling.
  ///
  /// `Chosen:` 700 W and 140 W idle within the 400 to 800 W that such machines draw, fans of 60 W that
  /// idle at 40 % speed and carry full power at 15 K, 20 kg, throttling at class A2's 35 °C.
  package static let modern = MachineSpec(
    id: "1u-modern", units: 1, mass: Mass(kilograms: 20),
    power: .concave(idle: Power(watts: 140), peak: Power(watts: 700)), fanPower: Power(watts: 60),
    airflow: AirFlow.flow(power: Power(watts: 760), rise: .init(kelvin: 15)), leastFlow: 0.4,
    throttlesAt: Temperature(celsius: 35), tripsAt: Temperature(celsius: 45))
}
