/// The sum of k exponential phases: steadier than one of them, with cv = 1/√k.
/// - Source: A. K. Erlang, 1917; Kleinrock, "Queueing Systems", volume 1, 1975, section 4.2.
public struct Erlang: Distribution {
  /// How many phases.
  public let phases: Int
  /// The mean of the sum.
  public let mean: Double

  /// The sum of `phases` equal phases, with a mean.
  @inlinable
  public init(phases: Int, mean: Double) {
    precondition(phases >= 1, "an Erlang distribution needs a phase, not \(phases)")
    self.phases = phases
    self.mean = mean
  }

  /// 1/√k.
  @inlinable public var coefficientOfVariation: Double { (1 / Double(phases)).squareRoot() }
  /// k.
  @inlinable public var drawCount: Int { phases }

  /// The sum of k exponential numbers.
  /// - Complexity: O(k)
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    var sum = 0.0
    for phase in 0..<phases { sum += draws.exponential(draw &+ phase) }
    return sum * (mean / Double(phases))
  }
}

/// One of two exponential phases, chosen at random: mostly short ones and now and then a long one.
///
/// Two branches have three parameters. The third is settled by balanced means: each branch
/// contributes half of the total time, p₁/μ₁ = p₂/μ₂, so p₁ = (1 + √((c² − 1)/(c² + 1)))/2.
/// - Source: Tijms, "A First Course in Stochastic Models", 2003, appendix B (hyperexponential
///   distribution with balanced means).
public struct Hyperexponential: Distribution {
  /// The mean.
  public let mean: Double
  /// The standard deviation divided by the mean, at least 1.
  public let coefficientOfVariation: Double
  /// How often the short branch is taken.
  public let shortShare: Double
  @usableFromInline let shortMean: Double
  @usableFromInline let longMean: Double

  /// A hyperexponential number with a mean and a coefficient of variation of at least 1.
  @inlinable
  public init(mean: Double, coefficientOfVariation cv: Double) {
    precondition(cv >= 1, "a hyperexponential distribution has a cv of at least 1, not \(cv)")
    self.mean = mean
    coefficientOfVariation = cv
    let square = cv * cv
    shortShare = (1 + ((square - 1) / (square + 1)).squareRoot()) / 2
    shortMean = mean / (2 * shortShare)
    longMean = mean / (2 * (1 - shortShare))
  }

  /// 2: one chooses the branch.
  @inlinable public var drawCount: Int { 2 }

  /// An exponential number of the branch that was chosen.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    let branch = draws.uniform(draw) < shortShare ? shortMean : longMean
    return branch * draws.exponential(draw &+ 1)
  }
}
