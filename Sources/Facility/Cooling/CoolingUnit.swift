import Quantities

/// How the heat gets out of the building.
package enum HeatRejection: Hashable, Sendable, Codable {
  /// Over dry coils, so much above the outside air.
  case dry(approach: TemperatureDifference)
  /// Over a cooling tower, so much above the outside wet bulb, for water.
  case evaporative(approach: TemperatureDifference)
}

/// A computer-room air conditioner with its share of the plant behind it.
///
/// It takes out capacity · (T − set point)/band, from nothing at the set point to its capacity at the
/// end of the band: a proportional controller. The temperature it watches is that of the air in front
/// of the racks. It leaves out that slow fans carry less, and moisture that condenses on the coil.
package struct CoolingUnit: Hashable, Sendable, Codable {
  /// The heat that it can take out.
  package var capacity: Power
  /// Where it begins to cool.
  package var setPoint: Temperature
  /// How far above the set point it runs at full capacity.
  package var band: TemperatureDifference
  /// The air that leaves its coil, which sets the coefficient of performance.
  package var supply: Temperature
  /// What its fans draw at full speed.
  package var fanPower: Power
  /// The lowest share of full flow; 1 for fans of one speed.
  package var leastFlow: Double
  /// How its heat gets out.
  package var rejection: HeatRejection
  /// Whether it can cool without the compressor when the outside is cold enough.
  package var hasEconomizer: Bool
  /// The feed that it hangs on, before the UPS.
  package var feed: Int
  /// From power to cooling.
  package var restartDelay: TimeSpan

  /// An air conditioner.
  ///
  /// `Chosen:` defaults: fans of 5 % of the capacity at one speed; 2 K of band; dry coils 10 K above
  /// the outside; back within 3 min of power, the time that compressors are kept off between starts.
  /// A plant of chillers may need half an hour (Rackspace Dallas, 2007).
  /// - Precondition: capacity and band are positive, and the least flow is from 0 to 1.
  package init(
    capacity: Power, setPoint: Temperature, band: TemperatureDifference = .init(kelvin: 2),
    supply: Temperature, fanPower: Power? = nil, leastFlow: Double = 1,
    rejection: HeatRejection = .dry(approach: .init(kelvin: 10)), hasEconomizer: Bool = false,
    feed: Int = 0, restartDelay: TimeSpan = .minutes(3)
  ) {
    precondition(
      capacity.watts > 0 && band.kelvin > 0 && (0...1).contains(leastFlow),
      "a unit of \(capacity.watts) W over \(band.kelvin) K, least flow \(leastFlow)")
    self.capacity = capacity
    self.setPoint = setPoint
    self.band = band
    self.supply = supply
    self.fanPower = fanPower ?? capacity * 0.05
    self.leastFlow = leastFlow
    self.rejection = rejection
    self.hasEconomizer = hasEconomizer
    self.feed = feed
    self.restartDelay = restartDelay
  }

  /// The pumps and fans of dry coolers and towers, as a share of the heat, while the compressor rests.
  ///
  /// `Chosen:` 3 %; with the compressor on they are part of its coefficient.
  package static let economizerShare = 0.03

  /// The heat of evaporating a litre of water at 25 °C, J.
  ///
  /// - Source: ASHRAE Handbook, Fundamentals, properties of water: 2,442 kJ/kg.
  package static let evaporationHeat = 2.442e6

  /// Water drawn for each litre that evaporates, since what stays concentrates.
  ///
  /// `Chosen:` 4 cycles of concentration, so 1/(4 − 1) is drained: 1.33.
  package static let waterPerEvaporated = 4.0 / 3
}

/// What moving a joule of heat out costs, in one weather.
package struct CoolingCost: Hashable, Sendable {
  /// Whether the compressor rests.
  package var isFree: Bool
  /// Work of compressors, or of pumps while these rest, for each joule of heat.
  package var workPerHeat: Double
  /// Water for each joule of heat, litres.
  package var litersPerHeat: Double
}

extension CoolingUnit {
  /// The cost of its heat in a weather.
  package func cost(in weather: Weather) -> CoolingCost {
    let sink: Temperature
    let approach: TemperatureDifference
    switch rejection {
    case .dry(let kelvin): (sink, approach) = (weather.dryBulb, kelvin)
    case .evaporative(let kelvin): (sink, approach) = (weather.wetBulb, kelvin)
    }
    let isFree = hasEconomizer && sink + approach <= supply
    let work =
      isFree
      ? CoolingUnit.economizerShare
      : 1 / CoolingEfficiency.coefficient(supply: supply, outdoor: sink, approach: approach)
    var liters = 0.0
    if case .evaporative = rejection {
      liters = (1 + work) / CoolingUnit.evaporationHeat * CoolingUnit.waterPerEvaporated
    }
    return CoolingCost(isFree: isFree, workPerHeat: work, litersPerHeat: liters)
  }
}
