import Quantities

/// What a UPS, transformer or distribution unit turns into heat: a + b·L + c·L² of its rating, where
/// L is its output as a share of the rating.
///
/// Range: 0 to 1.5 ratings. It leaves out the power factor and harmonics of the load.
package struct ConversionLoss: Hashable, Sendable, Codable {
  /// Lost as soon as it is on: magnetizing, logic, fans.
  package var fixed: Double
  /// Lost in proportion to the load: switching.
  package var proportional: Double
  /// Lost with the square of the current: resistance.
  package var square: Double

  /// A loss by its three shares of the rating.
  package init(fixed: Double, proportional: Double, square: Double) {
    self.fixed = fixed
    self.proportional = proportional
    self.square = square
  }

  /// The loss at an output.
  package func loss(at output: Power, rating: Power) -> Power {
    let load = output / rating
    return rating * (fixed + proportional * load + square * load * load)
  }

  /// Output over input.
  package func efficiency(at output: Power, rating: Power) -> Double {
    output.watts / (output + loss(at: output, rating: rating)).watts
  }
}

extension ConversionLoss {
  /// A double-conversion UPS of the 2000s: 93 % at full load, 90 % at half, 85 % at a quarter.
  ///
  /// - Source: Avelar, "Making Large UPS Systems More Efficient", Schneider white paper 108, rev. 2:
  ///   its example has 93 % at full load; fixed losses "can represent over 40 %" of all, square-law
  ///   losses are 1 to 4 %. `Chosen:` a = 0.035, c = 0.02 within those, and b for the 93 %.
  package static let upsOfThe2000s = ConversionLoss(
    fixed: 0.035, proportional: 1 / 0.93 - 1 - 0.055, square: 0.02)

  /// A double-conversion UPS of today: 95 % at full load.
  ///
  /// `Chosen:` makers give 94 to 96 % in double conversion; a third of the 2000s' fixed loss.
  package static let modernUPS = ConversionLoss(
    fixed: 0.012, proportional: 1 / 0.95 - 1 - 0.027, square: 0.015)

  /// A dry distribution transformer: 98.7 % at full load.
  ///
  /// `Chosen:` half a percent in the iron and eight tenths in the copper, near what US efficiency
  /// rules ask at 35 % load.
  package static let transformer = ConversionLoss(fixed: 0.005, proportional: 0, square: 0.008)

  /// A distribution unit without transformer, and the cables behind it.
  ///
  /// `Chosen:` one percent at full load, all of it resistance.
  package static let distribution = ConversionLoss(fixed: 0, proportional: 0, square: 0.01)

  /// Nothing is lost.
  package static let none = ConversionLoss(fixed: 0, proportional: 0, square: 0)
}
