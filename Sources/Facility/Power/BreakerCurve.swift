import Quantities
import Randomness

/// How fast a thermal-magnetic breaker trips: an image of its heat that follows the square of the
/// current, and a magnet for short circuits.
///
/// With x the load over the rating and θ the heat, dθ/dt = (x² − θ)/τ, and it trips when θ reaches
/// k². From a steady load p that takes t = τ · ln((x² − p²)/(x² − k²)); below k it never trips.
/// From `magnetic` times the rating on it trips at once. Voltage and power factor are taken as
/// constant, so power stands for current.
/// - Source: the form is IEC 60255-149 (2013), thermal electrical relays with memory. `Chosen:`
///   k = 1.2 and τ = 120 s, which meet IEC 60898-1 (holds 1.13 for an hour, trips at 1.45 within an
///   hour, at 2.55 within 1 to 60 s) and UL 489 (holds 1.00, trips at 1.35 within an hour and at 2.00
///   within 2 min up to 30 A). The magnet is the middle of type C, 5 to 10 ratings.
package struct BreakerCurve: Hashable, Sendable, Codable {
  /// The lowest multiple of the rating that trips it in the end.
  package var pickup: Double
  /// The time constant of its heat, seconds.
  package var timeConstant: Double
  /// The multiple of the rating that trips it at once.
  package var magnetic: Double

  /// A breaker of a data-hall panel.
  package static let panel = BreakerCurve(pickup: 1.2, timeConstant: 120, magnetic: 7.5)

  /// How long a load is carried, in seconds; nil where it never trips.
  /// - Parameters:
  ///   - load: the load over the rating.
  ///   - heat: the heat at the start; the square of a load that was carried for long, 0 when cold.
  package func secondsToTrip(load: Double, heat: Double) -> Double? {
    let limit = pickup * pickup
    let square = load * load
    guard square > limit else { return nil }
    if load >= magnetic || heat >= limit { return 0 }
    return timeConstant * Portable.log((square - heat) / (square - limit))
  }

  /// The heat after so many seconds at a load.
  package func heat(after seconds: Double, load: Double, from heat: Double) -> Double {
    let square = load * load
    return square + (heat - square) * decay(over: seconds)
  }

  /// The share of a difference in heat that is left after so many seconds.
  func decay(over seconds: Double) -> Double { Portable.exp(-seconds / timeConstant) }
}
