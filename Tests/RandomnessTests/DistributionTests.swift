import Foundation
import Testing

@testable import Randomness

@Suite struct DistributionTests {
  /// Checks mean and coefficient of variation of 100,000 samples against what is known of the law,
  /// within five standard errors (the one of the variance from the fourth moment of the sample).
  func check(
    _ distribution: some Distribution, mean: Double, cv: Double,
    location: SourceLocation = #_sourceLocation
  ) {
    let count = 100_000
    let stream = RandomStream(seed: 11, name: "law")
    let samples = (0..<count).map { distribution.sample(stream.entity($0)) }
    let n = Double(count)
    let sampleMean = samples.reduce(0, +) / n
    let second = samples.reduce(0) { $0 + ($1 - sampleMean) * ($1 - sampleMean) } / n
    let fourth = samples.reduce(0) { $0 + pow($1 - sampleMean, 4) } / n
    let deviation = cv * mean
    #expect(abs(distribution.mean - mean) < 1e-9 * mean, sourceLocation: location)
    #expect(abs(distribution.coefficientOfVariation - cv) < 1e-9, sourceLocation: location)
    #expect(
      abs(sampleMean - mean) <= 5 * deviation / n.squareRoot() + 1e-12, sourceLocation: location)
    let varianceError = (Swift.max(fourth - second * second, 0) / n).squareRoot()
    #expect(
      abs(second - deviation * deviation) <= 5 * varianceError + 1e-12,
      "\(second) against \(deviation * deviation)", sourceLocation: location)
  }

  @Test func `mean and cv are those of the closed form`() {
    check(Deterministic(mean: 3), mean: 3, cv: 0)
    check(Uniform(from: 2, to: 6), mean: 4, cv: 1 / 12.0.squareRoot())
    check(Exponential(mean: 2.5), mean: 2.5, cv: 1)
    check(Erlang(phases: 4, mean: 3), mean: 3, cv: 0.5)
    check(Hyperexponential(mean: 2, coefficientOfVariation: 2), mean: 2, cv: 2)
    check(Hyperexponential(mean: 2, coefficientOfVariation: 1), mean: 2, cv: 1)
    check(Normal(mean: 10, standardDeviation: 3), mean: 10, cv: 0.3)
    check(Lognormal(mean: 5, coefficientOfVariation: 0.8), mean: 5, cv: 0.8)
    check(Lognormal(mean: 5, coefficientOfVariation: 0), mean: 5, cv: 0)
    check(Geometric(success: 0.25), mean: 4, cv: 0.75.squareRoot())
    check(Geometric(mean: 1), mean: 1, cv: 0)
    // Γ(1 + 1/2) = √π/2 and Γ(2) = 1; Γ(3) = 2 and Γ(5) = 24; k = 1 is the exponential law.
    check(Weibull(shape: 2, scale: 2), mean: Double.pi.squareRoot(), cv: (4 / .pi - 1).squareRoot())
    check(Weibull(shape: 0.5, scale: 1), mean: 2, cv: 5.0.squareRoot())
    check(Weibull(shape: 1, scale: 7), mean: 7, cv: 1)
  }

  /// The largest distance between the share of samples up to x and the law's.
  func distance(_ distribution: some Distribution, _ share: (Double) -> Double) -> Double {
    let count = 50_000
    let stream = RandomStream(seed: 12, name: "shape")
    let samples = (0..<count).map { distribution.sample(stream.entity($0)) }.sorted()
    var largest = 0.0
    for (index, x) in samples.enumerated() {
      let expected = share(x)
      largest = max(
        largest, abs(expected - Double(index) / Double(count)),
        abs(expected - Double(index + 1) / Double(count)))
    }
    return largest
  }

  @Test func `samples have the shape of their law`() {
    // Kolmogorov and Smirnov: 0.1 % of samples are further than 1.95/√n from their law.
    let limit = 1.95 / 50_000.0.squareRoot()
    #expect(distance(Exponential(mean: 2)) { 1 - exp(-$0 / 2) } < limit)
    #expect(distance(Uniform(from: 1, to: 3)) { ($0 - 1) / 2 } < limit)
    #expect(
      distance(Erlang(phases: 2, mean: 2)) { 1 - exp(-$0) * (1 + $0) } < limit)
    #expect(
      distance(Normal(mean: 0, standardDeviation: 1)) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < limit
    )
    #expect(distance(Weibull(shape: 3, scale: 2)) { 1 - exp(-pow($0 / 2, 3)) } < limit)
    let lognormal = Lognormal(mean: exp(0.5), coefficientOfVariation: (exp(1) - 1).squareRoot())
    #expect(distance(lognormal) { 0.5 * erfc(-log($0) / 2.0.squareRoot()) } < limit)
    let two = Hyperexponential(mean: 1, coefficientOfVariation: 3)
    // c² = 9: p₁ = (1 + √0.8)/2; branch means 1/(2p).
    let p = (1 + 0.8.squareRoot()) / 2
    #expect(
      distance(two) { 1 - p * exp(-2 * p * $0) - (1 - p) * exp(-2 * (1 - p) * $0) } < limit)
  }

  @Test func `geometric numbers are whole and as frequent as they should be`() {
    let stream = RandomStream(seed: 13, name: "tries")
    var counts = [Int](repeating: 0, count: 200)
    for entity in 0..<50_000 {
      counts[Int(Geometric(success: 0.4).sample(stream.entity(entity)))] += 1
    }
    #expect(counts[0] == 0)
    for tries in 1...6 {
      let expected = 50_000 * 0.4 * pow(0.6, Double(tries - 1))
      #expect(abs(Double(counts[tries]) - expected) < 5 * expected.squareRoot())
    }
  }

  @Test func `a sample can begin at any draw`() {
    let draws = RandomStream(seed: 14, name: "offset").entity(3)
    let service = Erlang(phases: 3, mean: 1)
    #expect(service.sample(draws, at: 3) != service.sample(draws, at: 0))
    #expect(service.drawCount == 3)
  }
}
