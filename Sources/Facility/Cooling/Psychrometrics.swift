import Quantities
import Randomness

/// Water vapour in air at sea level, as far as the envelope and cooling towers need it.
package enum Psychrometrics {
  /// The pressure of the standard atmosphere, hPa.
  static let pressure = 1_013.25

  /// The pressure of saturated vapour over water, hPa: 6.112 · e^(17.62 t / (243.12 + t)).
  ///
  /// Range: −45 to 60 °C, within 0.5 %. Below freezing it is that over supercooled water.
  /// - Source: WMO-No. 8, Guide to Meteorological Instruments and Methods of Observation, 2008,
  ///   annex 4.B.
  package static func saturationPressure(_ temperature: Temperature) -> Double {
    let t = temperature.celsius
    return 6.112 * Portable.exp(17.62 * t / (243.12 + t))
  }

  /// The share of saturation of air with a dew point.
  package static func relativeHumidity(_ temperature: Temperature, dewPoint: Temperature) -> Double
  {
    saturationPressure(dewPoint) / saturationPressure(temperature)
  }

  /// The dew point of air at a share of saturation above 0: the same formula solved for t.
  package static func dewPoint(_ temperature: Temperature, relativeHumidity: Double) -> Temperature
  {
    let t = temperature.celsius
    let exponent = Portable.log(relativeHumidity) + 17.62 * t / (243.12 + t)
    return Temperature(celsius: 243.12 * exponent / (17.62 - exponent))
  }

  /// Kilograms of water in a kilogram of dry air: 0.622 e / (p − e).
  package static func humidityRatio(dewPoint: Temperature) -> Double {
    let vapor = saturationPressure(dewPoint)
    return 0.622 * vapor / (pressure - vapor)
  }

  /// What a wet thermometer in moving air shows: e(dew) = e(wet) − A p (t − wet), A = 0.000653 · (1 +
  /// 0.000944 · wet)/K, solved by halving to 1e-9 K.
  ///
  /// - Source: WMO-No. 8, 2008, annex 4.B, the Assmann psychrometer.
  package static func wetBulb(_ temperature: Temperature, dewPoint: Temperature) -> Temperature {
    let vapor = saturationPressure(dewPoint)
    var low = min(dewPoint.celsius, temperature.celsius)
    var high = temperature.celsius
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let cooling =
        0.000653 * (1 + 0.000944 * middle) * pressure * (temperature.celsius - middle)
      if saturationPressure(Temperature(celsius: middle)) - cooling < vapor {
        low = middle
      } else {
        high = middle
      }
    }
    return Temperature(celsius: (low + high) / 2)
  }
}
