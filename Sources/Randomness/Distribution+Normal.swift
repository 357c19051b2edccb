/// The bell curve: what many small independent influences add up to.
public struct Normal: Distribution {
  /// The mean.
  public let mean: Double
  /// The standard deviation.
  public let standardDeviation: Double

  /// A normal number with a mean and a standard deviation.
  @inlinable
  public init(mean: Double, standardDeviation: Double) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The standard deviation over the mean.
  @inlinable public var coefficientOfVariation: Double { standardDeviation / mean }
  /// 2.
  @inlinable public var drawCount: Int { 2 }

  /// A standard normal number, stretched and moved.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    mean + standardDeviation * draws.normal(draw)
  }
}

/// What many small independent factors multiply up to: sizes of files, lengths of visits.
public struct Lognormal: Distribution {
  /// The mean.
  public let mean: Double
  /// The standard deviation divided by the mean.
  public let coefficientOfVariation: Double
  /// Mean of the logarithm.
  @usableFromInline let location: Double
  /// Standard deviation of the logarithm.
  @usableFromInline let scale: Double

  /// A lognormal number with a mean and a coefficient of variation: σ² = ln(1 + cv²),
  /// μ = ln(mean) − σ²/2.
  public init(mean: Double, coefficientOfVariation cv: Double) {
    precondition(mean > 0, "a lognormal distribution has a mean above 0, not \(mean)")
    precondition(cv >= 0, "a coefficient of variation is not negative, like \(cv)")
    self.mean = mean
    coefficientOfVariation = cv
    let variance = Portable.log(1 + cv * cv)
    scale = variance.squareRoot()
    location = Portable.log(mean) - variance / 2
  }

  /// 2.
  @inlinable public var drawCount: Int { 2 }

  /// The exponential function of a normal number.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    Portable.exp(location + scale * draws.normal(draw))
  }
}

extension RandomDraws {
  /// A standard normal number, mean 0 and standard deviation 1, from `draw` and the one after it.
  /// - Source: Box, Muller, "A Note on the Generation of Random Normal Deviates", Annals of
  ///   Mathematical Statistics 29, 1958. Its second number is not used: draws have no memory.
  @inlinable
  public func normal(_ draw: Int) -> Double {
    let radius = (-2 * Portable.log(uniform(draw))).squareRoot()
    return radius * Portable.cos(6.283185307179586 * uniform(draw &+ 1))
  }
}
