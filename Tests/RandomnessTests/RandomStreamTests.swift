import Testing

@testable import Randomness

@Suite struct RandomStreamTests {
  @Test func `the draws of a key are SplitMix64 seeded with it`() {
    // Rosetta Code, "Pseudo-random numbers/Splitmix64"; Java's SplittableRandom(1234567) prints them too.
    let published: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    let draws = RandomDraws(key: 1_234_567)
    #expect((0..<5).map(draws.bits) == published)
  }

  @Test func `a draw depends on seed, stream, entity and draw, and on nothing else`() {
    let stream = RandomStream(seed: 1, name: "service")
    let first = stream.entity(5).bits(3)
    _ = stream.entity(6).bits(0)
    #expect(RandomStream(seed: 1, name: "service").entity(5).bits(3) == first)
    #expect(RandomStream(seed: 2, name: "service").entity(5).bits(3) != first)
    #expect(RandomStream(seed: 1, name: "arrivals").entity(5).bits(3) != first)
    #expect(stream.entity(6).bits(3) != first)
    #expect(stream.entity(5).bits(4) != first)
  }

  @Test func `no two draws of many entities are equal`() {
    let streams = ["arrivals", "service"].map { RandomStream(seed: 9, name: $0) }
    var seen: Set<UInt64> = []
    for stream in streams {
      for entity in 0..<2_000 {
        for draw in 0..<20 { seen.insert(stream.entity(entity).bits(draw)) }
      }
    }
    // Among 80,000 of 2^64 a coincidence has a chance of 2·10⁻¹⁰.
    #expect(seen.count == 80_000)
  }

  @Test func `uniform numbers fill 64 cells evenly`() {
    let stream = RandomStream(seed: 3, name: "cells")
    // Along the entities, along the draws, and along both: the ways models use them.
    let paths: [(Int) -> Double] = [
      { stream.entity($0).uniform(0) }, { stream.entity(0).uniform($0) },
      { stream.entity($0).uniform($0) },
    ]
    for path in paths {
      var counts = [Int](repeating: 0, count: 64)
      for step in 0..<64_000 { counts[Int(path(step) * 64)] += 1 }
      let chiSquare = counts.reduce(0.0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
      // χ² with 63 degrees of freedom: 0.1 % and 99.9 % quantiles.
      #expect(chiSquare > 32.5 && chiSquare < 103.4, "\(chiSquare)")
    }
  }

  @Test func `neighbouring entities, draws, seeds and streams are uncorrelated`() {
    let stream = RandomStream(seed: 4, name: "pairs")
    let other = RandomStream(seed: 4, name: "pairt")
    let next = RandomStream(seed: 5, name: "pairs")
    let pairs: [(Int) -> (Double, Double)] = [
      { (stream.entity($0).uniform(0), stream.entity($0 + 1).uniform(0)) },
      { (stream.entity($0).uniform(0), stream.entity($0).uniform(1)) },
      { (stream.entity($0).uniform(0), other.entity($0).uniform(0)) },
      { (stream.entity($0).uniform(0), next.entity($0).uniform(0)) },
    ]
    let count = 50_000
    for pair in pairs {
      var sum = 0.0
      for step in 0..<count {
        let (a, b) = pair(step)
        sum += (a - 0.5) * (b - 0.5)
      }
      // The product has variance 1/144; five standard errors.
      #expect(abs(sum / Double(count)) < 5 / 12 / Double(count).squareRoot())
    }
  }

  @Test func `every bit of a draw is as often one as zero`() {
    let stream = RandomStream(seed: 6, name: "bits")
    var ones = [Int](repeating: 0, count: 64)
    for entity in 0..<20_000 {
      let bits = stream.entity(entity).bits(0)
      for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
    }
    // Standard deviation 70.7; five of them.
    #expect(ones.allSatisfy { abs($0 - 10_000) < 354 })
  }
}
