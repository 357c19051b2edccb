import Foundation
import Testing

@testable import LanguageModel

/// Each gradient against central differences of the plain model in Double.
@Suite struct GradientTests {
  struct Variant: CustomTestStringConvertible {
    let positions: TransformerShape.Positions
    let feedForward: TransformerShape.FeedForward
    let keyValueHeads: Int
    let tiesHead: Bool
    let number: Int

    var shape: TransformerShape {
      TinyModel.shape(
        positions: positions, feedForward: feedForward, keyValueHeads: keyValueHeads,
        tiesHead: tiesHead)
    }
    var testDescription: String {
      "\(positions), \(feedForward), \(keyValueHeads) of 2 heads, \(tiesHead ? "" : "not ")tied"
    }

    static let all: [Variant] = (0..<16).map { number in
      Variant(
        positions: number & 1 == 0 ? .learned : .rotary(base: 100),
        feedForward: number & 2 == 0 ? .gelu : .swiGLU, keyValueHeads: number & 4 == 0 ? 2 : 1,
        tiesHead: number & 8 == 0, number: number)
    }
  }

  /// Every fifth number of each slice, a different fifth in each variant.
  ///
  /// The differences themselves are exact to about 1e-9, f32 to about 1e-5.
  @Test(arguments: Variant.all)
  func eachSliceAgreesWithCentralDifferences(_ variant: Variant) {
    let model = TinyModel(variant.shape)
    let (loss, gradients) = model.gradients()
    var plain = PlainTransformer(model.weights)
    let plainLoss = plain.loss(tokens: model.tokens, targets: model.targets)
    #expect(abs(loss - plainLoss) < 1e-5 * plainLoss)
    for slice in model.weights.slices {
      var (worst, largest) = (0.0, 0.0)
      for index in slice.range.dropFirst(variant.number % 5).striding(by: 5) {
        let difference = plain.slope(at: index, tokens: model.tokens, targets: model.targets)
        worst = max(worst, abs(difference - Double(gradients[index])))
        largest = max(largest, abs(difference))
      }
      #expect(largest > 1e-5, "\(slice.name) has no gradient to speak of")
      #expect(worst < 1e-4 * largest, "\(slice.name): off by \(worst) of \(largest)")
    }
  }

  /// Through two blocks, so that what the first one gets is what the second one passes on.
  @Test func twoBlocksAgreeWithCentralDifferences() {
    let shape = TinyModel.shape(
      positions: .rotary(base: 100), feedForward: .swiGLU, keyValueHeads: 1, tiesHead: true,
      layers: 2)
    let model = TinyModel(shape)
    let gradients = model.gradients().values
    var plain = PlainTransformer(model.weights)
    for slice in model.weights.slices {
      let index = slice.offset + slice.count / 2
      let difference = plain.slope(at: index, tokens: model.tokens, targets: model.targets)
      #expect(
        abs(difference - Double(gradients[index])) < 1e-3 * abs(difference) + 1e-6,
        "\(slice.name): \(gradients[index]), not \(difference)")
    }
  }

  /// A masked model is differenced in f32, whose own rounding allows 1e-2 of a step of 1e-2.
  @Test func dropoutIsTheSameMaskForwardAndBackward() {
    var model = TinyModel(
      TinyModel.shape(
        positions: .learned, feedForward: .gelu, keyValueHeads: 2, tiesHead: true, layers: 2))
    let dropout = Dropout(rate: 0.3, seed: 7, step: 3)
    let (loss, gradients) = model.gradients(dropout: dropout)
    #expect(model.gradients(dropout: dropout).values == gradients)
    #expect(model.gradients().loss != loss)
    for slice in model.weights.slices {
      let range = slice.range.prefix(24)
      let index = range.max { abs(gradients[$0]) < abs(gradients[$1]) } ?? slice.offset
      let middle = model.weights.values[index]
      model.weights.values[index] = middle + 0x1p-7
      let above = model.gradients(dropout: dropout).loss
      model.weights.values[index] = middle - 0x1p-7
      let below = model.gradients(dropout: dropout).loss
      model.weights.values[index] = middle
      let difference = (above - below) / 0x1p-6
      #expect(
        abs(difference - Double(gradients[index])) < 1e-2 * abs(difference) + 1e-4, "\(slice.name)")
    }
  }

  /// A share of 0.25 keeps three of four and scales them by 4/3, so that the mean stays.
  @Test func dropoutKeepsTheMean() {
    let ones = [Float](repeating: 1, count: 20_000)
    var result = ones
    Dropout(rate: 0.25, seed: 1, step: 1).apply(
      ones, into: &result, count: ones.count, place: 2, first: 0)
    let kept = result.filter { $0 != 0 }
    #expect(kept.allSatisfy { abs($0 - 4.0 / 3) < 1e-6 })
    // Five standard deviations of a binomial share: 5 · √(0.25 · 0.75 / 20,000) = 0.0153.
    #expect(abs(Double(kept.count) / 20_000 - 0.75) < 0.0153)
  }
}

extension PlainTransformer {
  /// The slope of the loss along one weight, by a central difference.
  mutating func slope(at index: Int, tokens: [Int32], targets: [Int32]) -> Double {
    let (middle, step) = (weights[index], 1e-5)
    weights[index] = middle + step
    let above = loss(tokens: tokens, targets: targets)
    weights[index] = middle - step
    let below = loss(tokens: tokens, targets: targets)
    weights[index] = middle
    return (above - below) / (2 * step)
  }
}

extension RandomAccessCollection where Index == Int {
  /// Each so-many-th element, beginning with the first.
  func striding(by step: Int) -> [Element] {
    Swift.stride(from: startIndex, to: endIndex, by: step).map { self[$0] }
  }
}
