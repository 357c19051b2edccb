import Quantities
import Randomness

/// How often long work should be saved, when saving takes time and failures throw back to the last
/// save.
package enum CheckpointInterval {
  /// Young's interval: √(2δM) for a save of δ and failures every M on average.
  /// - Source: Young, "A First Order Approximation to the Optimum Checkpoint Interval",
  ///   Communications of the ACM 17, 1974.
  package static func young(save: TimeSpan, meanTimeToFailure: TimeSpan) -> TimeSpan {
    .seconds((2 * save.seconds * meanTimeToFailure.seconds).squareRoot())
  }

  /// Daly's interval, of higher order: √(2δM)·(1 + ⅓√(δ/2M) + (δ/2M)/9) − δ, and M from δ = 2M on.
  /// - Source: Daly, "A Higher Order Estimate of the Optimum Checkpoint Interval for Restart Dumps",
  ///   Future Generation Computer Systems 22, 2006.
  package static func daly(save: TimeSpan, meanTimeToFailure: TimeSpan) -> TimeSpan {
    let ratio = save.seconds / (2 * meanTimeToFailure.seconds)
    guard ratio < 1 else { return meanTimeToFailure }
    let young = young(save: save, meanTimeToFailure: meanTimeToFailure).seconds
    return .seconds(young * (1 + ratio.squareRoot() / 3 + ratio / 9) - save.seconds)
  }
}
