import Testing

@testable import LanguageModel

/// Which symbols are drawn, and how often.
@Suite struct SamplerTests {
  /// ln of 8, 4, 2, 1, 1: probabilities ½, ¼, ⅛, 1⁄16, 1⁄16.
  private let logits: [Float] = [0.6931472, 2.0794415, 0, 1.3862944, 0]

  private func frequencies(_ sampler: Sampler, of count: Int = 1_000) -> [Double] {
    var sampler = sampler
    var drawn = Array(repeating: 0, count: logits.count)
    for _ in 0..<count { drawn[Int(sampler.next(logits))] += 1 }
    return drawn.map { Double($0) / Double(count) }
  }

  /// Four standard deviations of a share p are 4 √(p (1 − p) / n).
  private func expect(_ drawn: [Double], are expected: [Double], of count: Double = 1_000) {
    for (share, p) in zip(drawn, expected) {
      let bound = 4 * (p * (1 - p) / count).squareRoot()
      #expect(abs(share - p) <= bound)
    }
  }

  @Test func withoutTemperatureTheLikeliestIsTaken() {
    var sampler = Sampler()
    #expect(sampler.next([1, 3, 3, 2]) == 1)
    #expect(sampler.next([.nan, -5, .nan]) == 1)
    #expect(sampler.next([-.infinity, .nan]) == 0)
    #expect(sampler.next([.nan, .nan]) == 0)
  }

  @Test func symbolsAreDrawnByTheirProbability() {
    expect(
      frequencies(Sampler(temperature: 1, seed: 1)), are: [0.125, 0.5, 0.0625, 0.25, 0.0625])
  }

  /// At temperature ½ probabilities are squared: 64, 16, 4, 1, 1 of 86.
  @Test func aLowTemperatureFavoursTheLikely() {
    expect(
      frequencies(Sampler(temperature: 0.5, seed: 1)),
      are: [4 / 86, 64 / 86, 1 / 86, 16 / 86, 1 / 86])
  }

  @Test func topKLeavesTheLargest() {
    expect(
      frequencies(Sampler(temperature: 1, topK: 2, seed: 2)), are: [0, 2 / 3, 0, 1 / 3, 0])
    // Of two equals the lower number stays.
    expect(
      frequencies(Sampler(temperature: 1, topK: 4, seed: 2)),
      are: [2 / 15, 8 / 15, 1 / 15, 4 / 15, 0])
    #expect(frequencies(Sampler(temperature: 1, topK: 1, seed: 2)) == [0, 1, 0, 0, 0])
  }

  /// ½ + ¼ reach 0.7; ½ + ¼ + ⅛ reach 0.8.
  @Test func topPLeavesTheFewestThatReachIt() {
    expect(
      frequencies(Sampler(temperature: 1, topP: 0.7, seed: 3)), are: [0, 2 / 3, 0, 1 / 3, 0])
    expect(
      frequencies(Sampler(temperature: 1, topP: 0.8, seed: 3)), are: [1 / 7, 4 / 7, 0, 2 / 7, 0])
  }

  /// 0.2 of ½ is 0.1: ⅛ stays.
  @Test func minPLeavesWhatIsNotMuchLessLikelyThanTheLikeliest() {
    expect(
      frequencies(Sampler(temperature: 1, minP: 0.2, seed: 4)), are: [1 / 7, 4 / 7, 0, 2 / 7, 0])
    expect(
      frequencies(Sampler(temperature: 1, topK: 4, minP: 0.4, seed: 4)),
      are: [0, 2 / 3, 0, 1 / 3, 0])
  }

  @Test func theSameSeedDrawsTheSame() {
    func drawn(_ seed: UInt64) -> [Int32] {
      var sampler = Sampler(temperature: 1, seed: seed)
      return (0..<50).map { _ in sampler.next(logits) }
    }
    #expect(drawn(1) == drawn(1))
    #expect(drawn(1) != drawn(2))
  }

  @Test func logitsWithoutNumbersAreNeverDrawn() {
    var sampler = Sampler(temperature: 1, topK: 3, seed: 5)
    for _ in 0..<100 { #expect([1, 3].contains(sampler.next([.nan, 1, -.infinity, 1]))) }
  }
}
