import Quantities

/// Fans and what the air that they move carries away.
package enum AirFlow {
  /// Dry air at 20 °C and sea level, kg/m³.
  ///
  /// - Source: ASHRAE Handbook, Fundamentals: standard air has 1.204 kg/m³; 1.2 is the usual round
  ///   figure. At 1,500 m it is a sixth less, which is left out.
  package static let density = 1.2

  /// Heat that a kilogram of air takes for each kelvin, J/(kg K).
  ///
  /// - Source: ASHRAE Handbook, Fundamentals: 1.006 kJ/(kg K) for dry air; 1,005 is the usual figure.
  package static let specificHeat = 1_005.0

  /// By how much air warms that carries a power: ΔT = P / (ρ c V̇).
  package static func rise(power: Power, flow: VolumeFlow) -> TemperatureDifference {
    TemperatureDifference(
      kelvin: power.watts / (density * specificHeat * flow.cubicMetersPerSecond))
  }

  /// The flow that carries a power and warms by so much: V̇ = P / (ρ c ΔT).
  package static func flow(power: Power, rise: TemperatureDifference) -> VolumeFlow {
    VolumeFlow(cubicMetersPerSecond: power.watts / (density * specificHeat * rise.kelvin))
  }

  /// The power of a fan at a share of its rated flow: P = rated · share³.
  ///
  /// - Source: the fan affinity laws (ASHRAE Handbook, HVAC Systems and Equipment, chapter on fans):
  ///   flow goes with speed, pressure with its square, power with its cube, in an unchanged duct. It
  ///   leaves out the motor's and drive's losses, which weigh more at low speed.
  package static func fanPower(rated: Power, flowShare: Double) -> Power {
    rated * (flowShare * flowShare * flowShare)
  }
}
