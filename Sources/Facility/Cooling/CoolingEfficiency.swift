import Quantities

/// The coefficient of performance of cooling: heat moved over work of the compressor.
package enum CoolingEfficiency {
  /// Moore's curve for a chilled-water plant: 0.0068 T² + 0.0008 T + 0.458, T the supply in °C.
  ///
  /// Range: supplies of 10 to 30 °C.
  /// - Source: Moore, Chase, Ranganathan, Sharma, "Making Scheduling 'Cool'", USENIX ATC 2005, the
  ///   plant of HP's Utility Data Center. The weather at which it was measured is not told.
  package static func moore(supply: Temperature) -> Double {
    let t = supply.celsius
    return 0.0068 * t * t + 0.0008 * t + 0.458
  }

  /// The most that any machine can reach: T_cold / (T_hot − T_cold) in kelvin; infinite without a lift.
  package static func carnot(supply: Temperature, condenser: Temperature) -> Double {
    let lift = condenser.kelvin - supply.kelvin
    return lift > 0 ? supply.kelvin / lift : .infinity
  }

  /// `Chosen:` the outside temperature that Moore's curve stands for, a summer design day.
  package static let referenceOutdoor = Temperature(celsius: 35)

  /// `Chosen:` no plant is better than this share of Carnot.
  package static let bestShareOfCarnot = 0.6

  /// `Chosen:` condensers are kept this much above the supply, or valves and oil would not work.
  package static let leastLift = TemperatureDifference(kelvin: 10)

  /// Moore's curve carried over to another outside: the same share of Carnot as at 35 °C, at most 0.6.
  ///
  /// COP = Moore(T_s) · Carnot(T_s, T_o + a) / Carnot(T_s, 35 °C + a). It falls as the outside gets
  /// hotter. It leaves out that plants at part load do better or worse.
  /// - Parameters:
  ///   - outdoor: the air, or the wet bulb for a cooling tower.
  ///   - approach: how much hotter than that the condenser is.
  package static func coefficient(
    supply: Temperature, outdoor: Temperature, approach: TemperatureDifference
  ) -> Double {
    let condenser = max(outdoor + approach, supply + leastLift)
    let ideal = carnot(supply: supply, condenser: condenser)
    let reference = carnot(supply: supply, condenser: referenceOutdoor + approach)
    return min(moore(supply: supply) * ideal / reference, bestShareOfCarnot * ideal)
  }
}
