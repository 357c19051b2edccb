import Quantities
import SimulationKernel

/// What was measured of a queue, warm-up removed, spans in seconds.
///
/// Wait and response count from arrival and over those who were served; they are nil if nobody was.
/// An estimate without `halfWidth` comes from a run too short for an interval.
package struct QueueMeasures: Hashable, Sendable, Codable {
  /// Time in line, or in processor sharing the time in the system beyond the service itself.
  package var waitMean: Estimate?
  /// Time from arrival to departure.
  package var responseMean: Estimate?
  package var responseP50: Estimate?
  package var responseP95: Estimate?
  package var responseP99: Estimate?
  /// The share of the servers that is at work.
  package var utilization: Estimate
  /// The share of the customers that was turned away or gave up.
  package var lostShare: Estimate
}

/// A queue as simulated and, where one exists, in closed form.
package struct QueueResult: Hashable, Sendable, Codable {
  package var parameters: QueueParameters
  package var measured: QueueMeasures
  package var theory: QueueTheory
  /// How many events were handled.
  package var events: Int
  /// How many customers it takes for an interval of every percentile, if this run had too few.
  package var customersForIntervals: Int?
  /// Server-seconds of work done, the warm-up included.
  package var busyTime: Double
  /// When the last event happened, since the start.
  package var duration: TimeSpan
}

extension QueueMeasures {
  /// Removes the intervals for which batches of `length` relaxation times are too short.
  ///
  /// `Chosen:` from the measured coverage in M/M/1: batches must hold 10 relaxation times for means
  /// and medians (twentieths of the run) and 40 and 100 for the 95th and 99th percentiles (tenths).
  mutating func removeIntervals(relaxationTimesInRun length: Double) {
    if length < 200 {
      waitMean?.halfWidth = nil
      responseMean?.halfWidth = nil
      responseP50?.halfWidth = nil
    }
    if length < 400 { responseP95?.halfWidth = nil }
    if length < QueueMeasures.relaxationTimesForAll { responseP99?.halfWidth = nil }
  }

  /// With so many relaxation times a run has all its intervals.
  static let relaxationTimesForAll = 1_000.0
}
