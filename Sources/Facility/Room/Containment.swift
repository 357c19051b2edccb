import Quantities

/// How well cold air is kept from hot.
package enum Containment: String, Hashable, Sendable, Codable, CaseIterable {
  /// Racks as they happen to stand.
  case none
  /// Cold aisles and hot aisles, open at the ends and the top.
  case aisles
  /// Aisles closed with doors, roofs and blanking panels.
  case contained

  /// The share of its own exhaust in the air that a rack draws.
  ///
  /// It is the supply heat index: (inlet − supply)/(exhaust − supply).
  /// - Source: Sharma, Bash, Patel, "Dimensionless Parameters for Evaluation of Thermal Design and
  ///   Performance of Large-Scale Data Centers", AIAA 2002-3091, defines the index. `Chosen:` the
  ///   values; it leaves out that the top of a rack fares worse than its bottom.
  package var recirculation: Double {
    switch self {
    case .none: 0.35
    case .aisles: 0.2
    case .contained: 0.05
    }
  }

  /// How much warmer than the supply an inlet is.
  ///
  /// Inlet = s + r (exhaust − s) and exhaust = inlet + ΔT give inlet = s + ΔT · r/(1 − r).
  package func inletRise(_ rise: TemperatureDifference) -> TemperatureDifference {
    rise * (recirculation / (1 - recirculation))
  }
}
