import Foundation
import Testing

@testable import Randomness

@Suite struct ExponentialZigguratTests {
  @Test func `the layers close at the top of the curve`() {
    // Each layer has the area v; with the published r and v the last one ends at x = 0, where the
    // curve is 1.
    let layers = ExponentialZiggurat.shared.layers
    for index in 1..<256 {
      let layer = layers[index]
      let width = layer.scale * 0x1p53
      #expect(abs(width * (layer.high - layer.low) - ExponentialZiggurat.area) < 1e-12)
    }
    #expect(abs(layers[255].high - 1) < 1e-12)
    #expect(layers[255].safe == 0)
  }

  @Test func `exponential numbers have the right share in every part of their range`() {
    // χ² over 40 parts, the last far in the tail: e^−9.75 of 2,000,000 is 117.
    let stream = RandomStream(seed: 8, name: "ziggurat")
    let count = 2_000_000
    var counts = [Int](repeating: 0, count: 40)
    for entity in 0..<count / 100 {
      let draws = stream.entity(entity)
      for draw in 0..<100 { counts[min(Int(draws.exponential(draw) * 4), 39)] += 1 }
    }
    var chiSquare = 0.0
    for part in 0..<40 {
      let low = exp(-Double(part) / 4)
      let high = part == 39 ? 0 : exp(-Double(part + 1) / 4)
      let expected = Double(count) * (low - high)
      chiSquare += pow(Double(counts[part]) - expected, 2) / expected
    }
    // χ² with 39 degrees of freedom: 0.1 % and 99.9 % quantiles.
    #expect(chiSquare > 16.3 && chiSquare < 72.1, "\(chiSquare)")
  }
}
