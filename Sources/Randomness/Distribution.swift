/// A law by which a random number is drawn: how long a service takes, how large a page is.
///
/// A distribution has no state. It makes its number from a few uniform draws of one entity, so the
/// same customer always brings the same work. All are fitted by their mean and, where there is a
/// choice, their coefficient of variation: standard deviation over mean, 0 for a constant, 1 for the
/// exponential distribution.
///
/// Generic code over a concrete distribution is specialised, so that a draw costs no call.
public protocol Distribution: Hashable, Sendable, Codable {
  /// The mean.
  var mean: Double { get }
  /// The standard deviation divided by the mean.
  var coefficientOfVariation: Double { get }
  /// How many draws a sample uses up.
  var drawCount: Int { get }

  /// A number of this distribution, made from `drawCount` draws beginning with `draw`.
  func sample(_ draws: RandomDraws, at draw: Int) -> Double
}

extension Distribution {
  /// A number of this distribution, made from the entity's first draws.
  @inlinable
  public func sample(_ draws: RandomDraws) -> Double { sample(draws, at: 0) }
}

/// Always the same number.
public struct Deterministic: Distribution {
  /// The number.
  public let mean: Double

  /// Always `mean`.
  @inlinable
  public init(mean: Double) { self.mean = mean }

  /// 0: it does not vary.
  @inlinable public var coefficientOfVariation: Double { 0 }
  /// 0: nothing is drawn.
  @inlinable public var drawCount: Int { 0 }

  /// The mean.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double { mean }
}

/// Any number between two, each as likely as the other.
public struct Uniform: Distribution {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// The numbers between `low` and `high`.
  @inlinable
  public init(from low: Double, to high: Double) {
    precondition(low <= high, "a range from \(low) to \(high) runs backwards")
    self.low = low
    self.high = high
  }

  /// The middle of the range.
  @inlinable public var mean: Double { (low + high) / 2 }
  /// The width of the range over √12, over the mean.
  @inlinable public var coefficientOfVariation: Double {
    (high - low) / 12.0.squareRoot() / mean
  }
  /// 1.
  @inlinable public var drawCount: Int { 1 }

  /// A number in the range.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    low + (high - low) * draws.uniform(draw)
  }
}

/// The time to the next of many independent rare things: memoryless, its future never depends on
/// how long it has lasted already.
public struct Exponential: Distribution {
  /// The mean.
  public let mean: Double

  /// An exponential number with a mean.
  @inlinable
  public init(mean: Double) { self.mean = mean }

  /// 1, always.
  @inlinable public var coefficientOfVariation: Double { 1 }
  /// 1.
  @inlinable public var drawCount: Int { 1 }

  /// A standard exponential number, stretched.
  @inlinable
  public func sample(_ draws: RandomDraws, at draw: Int) -> Double {
    mean * draws.exponential(draw)
  }
}
