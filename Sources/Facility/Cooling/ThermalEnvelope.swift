import Quantities

/// What air a server may be given at its inlet.
///
/// - Source: ASHRAE TC 9.9, "2021 Equipment Thermal Guidelines for Data Processing Environments",
///   reference card, table 2.1. Altitude and rate of change are left out.
package struct ThermalEnvelope: Hashable, Sendable, Codable {
  /// The coldest and the warmest inlet.
  package var dryBulb: ClosedRange<Temperature>
  /// The driest and the most humid dew point.
  package var dewPoint: ClosedRange<Temperature>
  /// The lowest and highest relative humidity.
  package var relativeHumidity: ClosedRange<Double>

  private init(
    _ dryBulb: ClosedRange<Double>, dewPoint: ClosedRange<Double>, humidity: ClosedRange<Double>
  ) {
    self.dryBulb = ThermalEnvelope.range(dryBulb)
    self.dewPoint = ThermalEnvelope.range(dewPoint)
    relativeHumidity = humidity
  }

  private static func range(_ celsius: ClosedRange<Double>) -> ClosedRange<Temperature> {
    Temperature(celsius: celsius.lowerBound)...Temperature(celsius: celsius.upperBound)
  }

  /// Recommended for classes A1 to A4 where no gaseous corrosion is known: 18 to 27 °C.
  package static let recommended = ThermalEnvelope(18...27, dewPoint: -9...15, humidity: 0...0.70)

  /// Where an inlet lies outside, by what; empty inside.
  package func violations(inlet: Temperature, dewPoint dew: Temperature) -> [Violation] {
    let humidity = Psychrometrics.relativeHumidity(inlet, dewPoint: dew)
    var found: [Violation] = []
    if inlet < dryBulb.lowerBound { found.append(.tooCold) }
    if inlet > dryBulb.upperBound { found.append(.tooWarm) }
    if dew < dewPoint.lowerBound || humidity < relativeHumidity.lowerBound { found.append(.tooDry) }
    if dew > dewPoint.upperBound || humidity > relativeHumidity.upperBound {
      found.append(.tooHumid)
    }
    return found
  }

  /// A way to lie outside.
  package enum Violation: String, Hashable, Sendable, Codable {
    /// Below the lowest temperature.
    case tooCold
    /// Above the highest temperature.
    case tooWarm
    /// Below the lowest dew point or relative humidity.
    case tooDry
    /// Above the highest dew point or relative humidity.
    case tooHumid
  }
}

/// A class of equipment, by the air that it is built to stand.
package enum ThermalClass: String, Hashable, Sendable, Codable, CaseIterable {
  /// 15 to 32 °C: tightly controlled.
  case a1
  /// 10 to 35 °C: most volume servers.
  case a2
  /// 5 to 40 °C.
  case a3
  /// 5 to 45 °C.
  case a4
}

extension ThermalEnvelope {
  /// What a class allows for a while.
  package static func allowable(_ thermalClass: ThermalClass) -> ThermalEnvelope {
    switch thermalClass {
    case .a1: ThermalEnvelope(15...32, dewPoint: -12...17, humidity: 0.08...0.80)
    case .a2: ThermalEnvelope(10...35, dewPoint: -12...21, humidity: 0.08...0.80)
    case .a3: ThermalEnvelope(5...40, dewPoint: -12...24, humidity: 0.08...0.85)
    case .a4: ThermalEnvelope(5...45, dewPoint: -12...24, humidity: 0.08...0.90)
    }
  }
}
