import Quantities
import Randomness

/// A part that fails by itself and is replaced by itself.
package enum ComponentKind: String, Hashable, Sendable, Codable, CaseIterable {
  case disk, fan, powerSupply, memory, board, networkSwitch
}

/// How long parts of a kind live at 20 °C: Weibull's law, with the age in seconds.
///
/// The share that has failed by age t is 1 − exp(−(t/η)^k). What has reached age a fails within t
/// more with 1 − exp(−((a + t)^k − a^k)/η^k), which is less or more than a new part's, by k.
/// - Source: Schroeder, Gibson, "Disk Failures in the Real World", FAST 2007: replacement rates in
///   the field rise with age and are not exponential.
package struct ComponentLife: Hashable, Sendable, Codable {
  /// The shape k: below 1 for infant mortality, 1 for chance, above 1 for wear.
  package var shape: Double
  /// The scale η: the age by which 63 % have failed, in seconds.
  package var scaleSeconds: Double

  /// A year of 365.25 days.
  package static let yearSeconds = 31_557_600.0
  /// `Chosen:` virtual time ends after 292 years; a part that would live longer never fails.
  static let lifeMaxSeconds = 250 * yearSeconds

  /// A life of which a share ends within the first year.
  package init(shape: Double, firstYearShare: Double) {
    precondition(shape > 0, "a Weibull shape is above 0, not \(shape)")
    precondition(firstYearShare > 0 && firstYearShare < 1, "\(firstYearShare) is no share of lives")
    self.shape = shape
    let hazard = -Portable.log(1 - firstYearShare)
    scaleSeconds = Self.yearSeconds / Portable.pow(hazard, 1 / shape)
  }

  /// The cumulative hazard up to an age: (t/η)^k.
  package func hazard(atSeconds age: Double) -> Double {
    age > 0 ? Portable.pow(age / scaleSeconds, shape) : 0
  }

  /// The share of parts of an age, in seconds, that fails within so many more.
  package func failureShare(ageSeconds age: Double, withinSeconds span: Double) -> Double {
    1 - Portable.exp(hazard(atSeconds: age) - hazard(atSeconds: age + span))
  }

  /// The age at which a part of an age fails, by inversion of the law above: the hazard that it
  /// still withstands, `exponential`, is an exponential number of mean 1.
  package func ageAtFailure(ageSeconds age: Double, exponential: Double) -> Double {
    max(age, scaleSeconds * Portable.pow(hazard(atSeconds: age) + exponential, 1 / shape))
  }
}

extension ComponentLife {
  /// The pace of the clock that makes parts fail so many times as often: factor^(1/k), as the cumulative
  /// hazard grows with the k-th power of the clock.
  package func pace(factor: Double) -> Double {
    shape == 1 || factor == 1 || factor == 0 ? factor : Portable.pow(factor, 1 / shape)
  }
}

extension ComponentKind {
  /// Its place among all kinds.
  var index: Int {
    switch self {
    case .disk: 0
    case .fan: 1
    case .powerSupply: 2
    case .memory: 3
    case .board: 4
    case .networkSwitch: 5
    }
  }

  /// How long parts of this kind live, as far as is known.
  package var life: ComponentLife {
    switch self {
    // 1.7 % of disks in their first year and 8.6 % of those in their third: 3^k − 2^k = 5.24.
    // Source: Pinheiro, Weber, Barroso, "Failure Trends in a Large Disk Drive Population", FAST 2007.
    case .disk: ComponentLife(shape: 2.04, firstYearShare: 0.017)
    // Source: the failure inputs of Lyu et al., OSDI 2023, as published with the GreenSKU framework:
    // memory 0.1, the rest of a server 2.4 failures a year for 100 of them.
    case .memory: ComponentLife(shape: 1, firstYearShare: 0.001)
    // Chosen: of those 2.4, one the board, 0.4 each of two power supplies, 0.1 each of six fans; that
    // fans wear most and boards not at all is an assumption, as no source splits the rest.
    case .board: ComponentLife(shape: 1, firstYearShare: 0.01)
    case .powerSupply: ComponentLife(shape: 1.5, firstYearShare: 0.004)
    case .fan: ComponentLife(shape: 3, firstYearShare: 0.001)
    // 5 % of top-of-rack switches failed within a year; the shape is an assumption.
    // Source: Gill, Jain, Nagappan, "Understanding Network Failures in Data Centers", SIGCOMM 2011.
    case .networkSwitch: ComponentLife(shape: 1, firstYearShare: 0.05)
    }
  }
}

/// How many times as often parts fail at an inlet temperature as at 20 °C.
///
/// Parts that were at one temperature all their life have f times the cumulative hazard of their age at
/// 20 °C, whether they fail by chance or by wear: the clock that they age by runs at f^(1/k). Over any
/// course of temperatures the cumulative hazard is that of the clock's reading, exactly.
/// - Source: ASHRAE TC 9.9, "2011 Thermal Guidelines for Data Processing Environments", the average
///   x-factors of volume servers in continuous operation. Read second-hand: an assumption until
///   somebody has compared the table. Applying the factor of whole servers to each part is ours;
///   El-Sayed et al., "Temperature Management in Data Centers: Why Some (Might) Like It Hot",
///   SIGMETRICS 2012, found disk failures to rise about linearly with temperature, others hardly.
package enum InletTemperatureFactor {
  private static let first = 15.0
  private static let step = 2.5
  private static let factors = [
    0.72, 0.80, 1.00, 1.13, 1.24, 1.34, 1.42, 1.48, 1.55, 1.61, 1.66, 1.71, 1.76,
  ]

  /// The factor at an inlet temperature: straight lines between the table's entries, constant
  /// outside of 15 to 45 °C.
  package static func factor(at inlet: Temperature) -> Double {
    let place = (inlet.celsius - first) / step
    guard place > 0 else { return factors[0] }
    let index = Int(min(place, Double(factors.count)))
    guard index + 1 < factors.count else { return factors[factors.count - 1] }
    return factors[index] + (factors[index + 1] - factors[index]) * (place - Double(index))
  }
}
