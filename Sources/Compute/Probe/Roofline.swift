/// The most that a machine can do with a computation, by how often it uses each byte that it moves.
///
/// Below the ridge point the memory is the limit, above it the arithmetic.
/// - Source: Williams, Waterman and Patterson, "Roofline: An Insightful Visual Performance Model for
///   Multicore Architectures", Communications of the ACM 52 (4), 2009.
package struct Roofline: Hashable, Sendable, Codable {
  /// The most operations a second, in FLOP/s: the flat part of the roof.
  package var peak: Double
  /// The most bytes a second from memory: the slope of the rest.
  package var bandwidth: Double

  /// A roof of a peak in FLOP/s and a bandwidth in bytes a second, both above 0.
  package init(peak: Double, bandwidth: Double) {
    precondition(peak > 0, "a peak is above 0 FLOP/s, not \(peak)")
    precondition(bandwidth > 0, "a bandwidth is above 0 B/s, not \(bandwidth)")
    self.peak = peak
    self.bandwidth = bandwidth
  }

  /// The intensity, in FLOP a byte, from which the arithmetic is the limit: peak / bandwidth.
  package var ridgePoint: Double { peak / bandwidth }

  /// The rate in FLOP/s that a computation of so many FLOP a byte can reach: the smaller one of the peak
  /// and intensity · bandwidth.
  package func attainableRate(intensity: Double) -> Double { min(peak, intensity * bandwidth) }
}

extension MachineMeasurement {
  /// The roof of all cores together; nil if they were not measured together.
  package var roofline: Roofline? {
    let best = peaks.filter { $0.precision == .float32 }.map(\.allCores.median).max() ?? 0
    let bandwidth = memoryBandwidth?.median ?? 0
    return best > 0 && bandwidth > 0 ? Roofline(peak: best, bandwidth: bandwidth) : nil
  }
}
