import Quantities
import Randomness

/// An uninterruptible power supply, double conversion, with its battery.
package struct UPS: Hashable, Sendable, Codable {
  /// What it can deliver.
  package var rating: Power
  /// What it loses, on line and on battery.
  package var loss: ConversionLoss
  /// How long a full battery carries the full load.
  package var fullLoadRuntime: TimeSpan
  /// Whether its heat goes into the machine room rather than into a room of its own.
  package var standsInRoom: Bool

  /// A UPS.
  /// - Precondition: rating and runtime are positive.
  package init(
    rating: Power, loss: ConversionLoss = .upsOfThe2000s, fullLoadRuntime: TimeSpan,
    standsInRoom: Bool
  ) {
    precondition(
      rating.watts > 0 && fullLoadRuntime > .zero,
      "a UPS of \(rating.watts) W for \(fullLoadRuntime.seconds) s")
    self.rating = rating
    self.loss = loss
    self.fullLoadRuntime = fullLoadRuntime
    self.standsInRoom = standsInRoom
  }

  /// Peukert's exponent: at twice the load a battery lasts less than half as long.
  package static let peukertExponent = 1.61

  /// What the UPS itself draws from the battery, as a share of its rating.
  package static let ownShare = 0.061

  /// How long a full battery carries a load: t = t_full · ((1 + a)/(L + a))^k, with L the load as a
  /// share of the rating.
  ///
  /// k = 1.61 and a = 0.061 follow the twelve points, 50 to 1,000 VA, of a 1,400 VA unit within 4 %.
  /// It leaves out age and temperature: a battery of four years may have half of it.
  /// - Source: run time table of the APC Smart-UPS 650 to 1400 user's manual, page 18: 500 VA 29 min,
  ///   300 VA 60 min, 100 VA 190 min, 1,000 VA 11 min; fitted by us.
  package func runtime(at output: Power) -> TimeSpan {
    let load = max(0, output / rating)
    let ratio = (1 + UPS.ownShare) / (load + UPS.ownShare)
    return .seconds(fullLoadRuntime.seconds * Portable.pow(ratio, UPS.peukertExponent))
  }

  /// The power that goes into the battery while it is charged.
  ///
  /// `Chosen:` a tenth of the rating, so that a full-load discharge of 7 min is made good in about
  /// an hour and a quarter.
  package var chargingPower: Power { rating * 0.1 }

  /// The share of the charger's input that comes out again.
  ///
  /// `Chosen:` 0.85, within what lead-acid cells return.
  package static let chargingEfficiency = 0.85
}
