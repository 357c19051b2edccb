import Quantities

/// How a stationary run of known length is cut: a warm-up that is thrown away, then equal batches.
///
/// The start of a run is not typical (the queue is empty), so the first 5 % do not count. Neighbours
/// in a queue wait about equally long, so a million waits are far fewer than a million independent
/// observations; but the means of 20 long batches are nearly independent, and honest intervals come
/// from those.
/// - Source: Law, Kelton, "Simulation Modeling and Analysis", chapter 9 (steady-state analysis).
///   `Chosen:` 5 % and 20 batches, which were measured to cover the truth 94 to 96 times of 100 in
///   M/M/1 at ρ = 0.8 from 50,000 customers on.
public struct BatchPlan: Hashable, Sendable, Codable {
  /// How many observations are thrown away first.
  public let warmUp: Int
  /// How many observations make a batch.
  public let batchLength: Int
  /// How many batches there are.
  public let batchCount: Int

  /// A plan for so many observations; what does not divide evenly joins the warm-up.
  public init(observations: Int, warmUpShare: Double = 0.05, batchCount: Int = 20) {
    precondition(batchCount > 1, "an interval needs two batches, not \(batchCount)")
    let kept = observations - Int(Double(observations) * warmUpShare)
    batchLength = kept / batchCount
    self.batchCount = batchCount
    warmUp = observations - batchLength * batchCount
    precondition(batchLength > 0, "\(observations) observations do not fill \(batchCount) batches")
  }
}

/// The mean of correlated observations, with a confidence interval from the means of batches.
///
/// Half the width is t · s/√b · √((1+φ)/(1−φ)), with s the standard deviation of b batch means, t
/// Student's quantile with b − 1 degrees of freedom, and φ the correlation of neighbouring batches:
/// the last factor makes up for batches that are a little too short, as if their means were a
/// first-order autoregressive process. Measured coverage of a nominal 95 % in M/M/1: 95.7 % at
/// ρ = 0.8 with 200,000 customers, 93.7 % at ρ = 0.95.
/// - Source: Law, Kelton, chapter 9, for batch means; the autoregressive factor is the variance of
///   the mean of an AR(1) process (Box, Jenkins, "Time Series Analysis").
public struct BatchMeans: Hashable, Sendable, Codable {
  /// Above this correlation the batches are too short for an interval.
  ///
  /// `Chosen:` high, as 20 independent batches vary by 0.2: they exceed 0.75 by chance in fewer than
  /// one of 1,000 runs, but 0.6 in one of 200. Whoever knows the model's relaxation time can tell
  /// sooner that a run is too short, and should.
  public static let correlationMax = 0.75

  @usableFromInline var sum: Int128 = 0
  @usableFromInline var count = 0
  @usableFromInline var batches: [Batch] = []

  @usableFromInline
  struct Batch: Hashable, Sendable, Codable {
    @usableFromInline let sum: Int128
    @usableFromInline let count: Int
    @inlinable
    init(sum: Int128, count: Int) {
      self.sum = sum
      self.count = count
    }
  }

  /// No observations yet.
  @inlinable
  public init() {}

  /// Counts an observation into the open batch.
  @inlinable
  public mutating func record(_ span: TimeSpan) {
    sum &+= Int128(span.nanoseconds)
    count &+= 1
  }

  /// Ends the open batch and opens the next.
  @inlinable
  public mutating func closeBatch() {
    batches.append(Batch(sum: sum, count: count))
    discard()
  }

  /// Throws the open batch away: the end of the warm-up.
  @inlinable
  public mutating func discard() {
    sum = 0
    count = 0
  }

  /// The mean in seconds over all closed batches, with its interval; nil without observations.
  public var estimate: Estimate? {
    let filled = batches.filter { $0.count > 0 }
    let total = filled.reduce(0) { $0 + $1.count }
    guard total > 0 else { return nil }
    let mean = Double(filled.reduce(0) { $0 + $1.sum }) / Double(total) * 1e-9
    let means = filled.map { Double($0.sum) / Double($0.count) * 1e-9 }
    return Estimate(value: mean, batches: means)
  }
}

extension Estimate {
  /// A value with an interval from the same measure taken over batches, in order of time.
  ///
  /// There is none (`halfWidth` is nil) with fewer than 5 batches, or if neighbouring batches are
  /// correlated by more than `BatchMeans.correlationMax`.
  public init(value: Double, batches: [Double]) {
    self.init(value: value, independentBatches: batches)
    let n = Double(batches.count)
    guard let independent = halfWidth, independent > 0 else { return }
    let mean = batches.reduce(0, +) / n
    let deviations = batches.map { $0 - mean }
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    let products = zip(deviations, deviations.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    // The estimator is low by about 1/b, as the deviations are from the batches' own mean.
    correlation = min(max(products / squares + 1 / n, 0), 0.8)
    let inflation = ((1 + correlation) / (1 - correlation)).squareRoot()
    halfWidth = correlation > BatchMeans.correlationMax ? nil : independent * inflation
  }

  /// A value with an interval from the same measure taken over batches that are long enough, or too
  /// few to tell: none (`halfWidth` is nil) with fewer than 5.
  public init(value: Double, independentBatches batches: [Double]) {
    self.init(value: value, halfWidth: nil)
    guard batches.count >= 5 else { return }
    let n = Double(batches.count)
    let mean = batches.reduce(0, +) / n
    let squares = batches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let standardError = (squares / (n - 1) / n).squareRoot()
    halfWidth = StudentT.quantile975(degreesOfFreedom: batches.count - 1) * standardError
  }
}
