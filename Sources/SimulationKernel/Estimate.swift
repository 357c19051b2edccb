/// What a simulation says about a number: a value, and how sure it is.
public struct Estimate: Hashable, Sendable, Codable {
  /// The value.
  public var value: Double
  /// Half the width of the 95 % confidence interval; nil if the run was too short for one.
  ///
  /// An interval from a run that is too short would look just as sure as a good one and be wrong far
  /// more often than one time in twenty. So there is none.
  public var halfWidth: Double?
  /// The correlation between neighbouring batches that was found and made up for, 0 to 0.8.
  public var correlation: Double

  /// A value, with half the width of its interval if it has one.
  public init(value: Double, halfWidth: Double?, correlation: Double = 0) {
    self.value = value
    self.halfWidth = halfWidth
    self.correlation = correlation
  }

  /// The lower end of the interval, if there is one.
  public var low: Double? { halfWidth.map { value - $0 } }
  /// The upper end of the interval, if there is one.
  public var high: Double? { halfWidth.map { value + $0 } }
}

/// Quantiles of Student's t distribution.
enum StudentT {
  /// The 97.5 % quantile, which makes a two-sided interval of 95 %.
  ///
  /// - Source: up to 30 degrees of freedom the table of the NIST/SEMATECH e-Handbook of Statistical
  ///   Methods, section 1.3.6.7.2; above, the expansion 26.7.5 of Abramowitz and Stegun, "Handbook
  ///   of Mathematical Functions", 1964, which is then right to 4 digits.
  static func quantile975(degreesOfFreedom: Int) -> Double {
    precondition(
      degreesOfFreedom > 0, "Student's t needs a degree of freedom, not \(degreesOfFreedom)")
    if degreesOfFreedom <= table.count { return table[degreesOfFreedom - 1] }
    let n = Double(degreesOfFreedom)
    let z = 1.959963984540054
    let cube = z * z * z
    return z + (cube + z) / (4 * n) + (5 * cube * z * z + 16 * cube + 3 * z) / (96 * n * n)
  }

  private static let table = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
  ]
}
