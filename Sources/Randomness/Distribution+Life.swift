/// How long a component lives: shape below 1 for infant mortality, 1 for pure chance (then it is the
/// exponential distribution), above 1 for wear.
///
/// The share that has failed by age t is 1 − exp(−(t/scale)^shape).
/// - Source: Weibull, "A Statistical Distribution Function of Wide Applicability", Journal of Applied
///   Mechanics 18, 1951.
public struct Weibull: Distribution {
  /// The shape k.
  public let shape: Double
  /// The scale η: the age by which 63 % have failed.
  public let scale: Double

  /// A life with a shape and a scale, both above 0.
  public init(shape: Double, scale: Double) {
    precondition(shape > 0, "a Weibull shape is above 0, not \(shape)")
    precondition(scale > 0, "a Weibull scale is above 0, not \(scale)")
    self.shape = shape
    self.scale = scale
  }

  /// η · Γ(1 + 1/k).
  public var mean: Double { scale * Portable.exp(Portable.logGamma(1 + 1 / shape)) }

  /// √(Γ(1 + 2/k) / Γ(1 + 1/k)² − 1).
  public var coefficientOfVariation: Double {
    let ratio = Portable.logGamma(1 + 2 / shape) - 2 * Portable.logGamma(1 + 1 / shape)
    return (Portable.exp(ratio) - 1).squareRoot()
  }

  /// 1.
  @inlinable public var drawCount: Int { 1 }

  /// A life.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    scale * Portable.pow(draws.exponential(draw), 1 / shape)
  }
}

/// How many tries until the first success, the successful one included: pages of a visit.
public struct Geometric: Distribution {
  /// The chance that a try succeeds.
  public let success: Double
  @usableFromInline let logFailure: Double

  /// Tries that succeed with a chance above 0 and at most 1.
  public init(success: Double) {
    precondition(
      success > 0 && success <= 1, "a chance lies above 0 and up to 1, unlike \(success)")
    self.success = success
    logFailure = success < 1 ? Portable.log(1 - success) : -.infinity
  }

  /// Tries with a mean of at least 1.
  public init(mean: Double) { self.init(success: 1 / mean) }

  /// 1/p.
  @inlinable public var mean: Double { 1 / success }
  /// √(1 − p).
  @inlinable public var coefficientOfVariation: Double { (1 - success).squareRoot() }
  /// 1.
  @inlinable public var drawCount: Int { 1 }

  /// A whole number of tries, from 1.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    // P(tries > n) = (1 − p)^n, so the least n with u ≥ (1 − p)^n.
    Double(1 + Int(Portable.log(draws.uniform(draw)) / logFailure))
  }
}

extension Portable {
  /// The logarithm of the gamma function for x ≥ 1; relative error about 10⁻¹³.
  /// - Source: Lanczos, "A Precision Approximation of the Gamma Function", SIAM Journal on Numerical
  ///   Analysis B 1, 1964, with g = 7 and nine coefficients (Godfrey's).
  static func logGamma(_ x: Double) -> Double {
    let coefficients = [
      676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
      12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ]
    var sum = 0.99999999999980993
    for (index, coefficient) in coefficients.enumerated() {
      sum += coefficient / (x + Double(index))
    }
    let t = x + 6.5
    return 0.9189385332046727 + (x - 0.5) * log(t) - t + log(sum)
  }
}
