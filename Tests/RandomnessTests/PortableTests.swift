import Foundation
import Testing

@testable import Randomness

/// How many representable numbers lie between two results.
private func unitsApart(_ a: Double, _ b: Double) -> UInt64 {
  if a == b { return 0 }
  func ordered(_ x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return bits < 0 ? Int64.min &- bits : bits
  }
  return ordered(a) > ordered(b)
    ? UInt64(ordered(a) &- ordered(b)) : UInt64(ordered(b) &- ordered(a))
}

/// The C library is the other program here: its functions are right to within one unit.
@Suite struct PortableTests {
  let draws = RandomStream(seed: 1, name: "points").entity(0)

  func point(_ draw: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * draws.uniform(draw)
  }

  @Test func `log agrees with the C library within 2 units`() {
    for draw in 0..<20_000 {
      for x in [draws.uniform(draw), point(draw, in: 0...4), point(draw, in: 0...1e300)] {
        #expect(unitsApart(Portable.log(x), log(x)) <= 2, "log(\(x))")
      }
    }
  }

  @Test func `exp agrees with the C library within 2 units`() {
    for draw in 0..<20_000 {
      for x in [point(draw, in: -745...709), point(draw, in: -1...1)] {
        #expect(unitsApart(Portable.exp(x), exp(x)) <= 2, "exp(\(x))")
      }
    }
  }

  @Test func `sine and cosine agree with the C library within 2 units`() {
    for draw in 0..<20_000 {
      for x in [point(draw, in: -7...7), point(draw, in: -1e6...1e6)] {
        #expect(unitsApart(Portable.sin(x), sin(x)) <= 2, "sin(\(x))")
        #expect(unitsApart(Portable.cos(x), cos(x)) <= 2, "cos(\(x))")
      }
    }
    // Next to multiples of π/2, where almost everything cancels.
    for quarter in 1..<5_000 {
      let x = Double(quarter) * Double.pi / 2
      #expect(unitsApart(Portable.sin(x), sin(x)) <= 2, "sin(\(x))")
      #expect(unitsApart(Portable.cos(x), cos(x)) <= 2, "cos(\(x))")
    }
  }

  @Test func `pow agrees with the C library within 2 units`() {
    for draw in stride(from: 0, to: 40_000, by: 2) {
      let x = Portable.exp(point(draw, in: -20...20))
      for y in [point(draw + 1, in: -30...30), point(draw + 1, in: -1...1)] {
        #expect(unitsApart(Portable.pow(x, y), pow(x, y)) <= 2, "pow(\(x), \(y))")
      }
      let near = point(draw, in: 0.5...2)
      let y = point(draw + 1, in: -1_000...1_000)
      #expect(unitsApart(Portable.pow(near, y), pow(near, y)) <= 2, "pow(\(near), \(y))")
    }
  }

  @Test func `known values`() {
    #expect(Portable.exp(0) == 1)
    #expect(unitsApart(Portable.exp(1), 2.718281828459045) <= 1)
    #expect(Portable.log(1) == 0)
    #expect(Portable.log(2) == 0.6931471805599453)
    #expect(Portable.pow(2, 10) == 1_024)
    #expect(Portable.pow(2, -1_074) == .leastNonzeroMagnitude)
    #expect(Portable.pow(0, 3) == 0)
    #expect(Portable.pow(0, -3) == .infinity)
    #expect(unitsApart(Portable.pow(9, 0.5), 3) <= 1)
    #expect(Portable.sin(0) == 0)
    #expect(Portable.cos(0) == 1)
    #expect(Portable.sqrt(2) == 1.4142135623730951)
  }

  @Test func `beyond the range the results are zero and infinity`() {
    #expect(Portable.exp(-746) == 0)
    #expect(Portable.exp(710) == .infinity)
    #expect(Portable.exp(-.infinity) == 0)
    #expect(Portable.exp(.nan).isNaN)
    #expect(Portable.exp(-744) == exp(-744))
    #expect(Portable.pow(10, 400) == .infinity)
    #expect(Portable.pow(10, -400) == 0)
    #expect(Portable.pow(1.0000001, 1e300) == .infinity)
  }
}
