import CComputeKernels
import Glibc
import Testing

@testable import Compute

private typealias Kernels = UnsafePointer<compute_elementwise>

/// Numbers between −size and size, the same for the same seed.
private func numbers(_ count: Int, size: Float, seed: UInt64) -> [Float] {
  var state = seed &* 2 &+ 1
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int(state >> 40) - (1 << 23)) / Float(1 << 23) * size
  }
}

@Suite struct ElementKernelTests {
  static let sets = InstructionSet.available
  /// Nothing, less than a vector, whole vectors, and rests of each kind.
  private static let counts = [0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 64, 77]

  private func kernels(_ set: InstructionSet) throws -> Kernels {
    try #require(compute_elementwise_for(set.kernels))
  }

  /// The largest relative error of a kernel over many arguments, against the C library in double.
  private func relativeError(
    _ arguments: [Float], _ kernel: (UnsafeMutablePointer<Float>, Int) -> Void,
    _ exact: (Double) -> Double
  ) -> Double {
    var results = arguments
    kernel(&results, results.count)
    return zip(arguments, results).reduce(0) { worst, pair in
      let truth = exact(Double(pair.0))
      guard truth != 0 else { return pair.1 == 0 ? worst : .infinity }
      return max(worst, abs(Double(pair.1) - truth) / abs(truth))
    }
  }

  private static let steps = 20_000

  // A unit in the last place is between 2⁻²⁴ and 2⁻²³ of a number; the header promises 2⁻²³.
  @Test(arguments: sets)
  func theExponentialIsThatOfTheCLibrary(set: InstructionSet) throws {
    let kernels = try kernels(set)
    let arguments = (0...Self.steps).map { -86.9 + Float($0) / Float(Self.steps) * 175.6 }
    #expect(relativeError(arguments, { kernels.pointee.exp($0, $1) }, Glibc.exp) < 0x1p-23)
  }

  @Test(arguments: sets)
  func theExponentialHasItsLimits(set: InstructionSet) throws {
    var values: [Float] = [0, -0.0, 88.8, .infinity, -88, -.infinity, 88.722, .nan, 1e30, -1e30]
    try kernels(set).pointee.exp(&values, values.count)
    #expect(values[0] == 1 && values[1] == 1)
    #expect(values[2] == .infinity && values[3] == .infinity && values[8] == .infinity)
    #expect(values[4] == 0 && values[5] == 0 && values[9] == 0)
    #expect(values[6].isFinite && values[6] > 3.39e38)
    #expect(values[7].isNaN)
  }

  // From 10⁻⁵ to 20, where it is 1 in 32 bits, on both sides.
  @Test(arguments: sets)
  func theTangentIsThatOfTheCLibrary(set: InstructionSet) throws {
    let kernels = try kernels(set)
    let sizes = (0...Self.steps).map { 1e-5 * Glibc.pow(2e6, Float($0) / Float(Self.steps)) }
    let arguments = sizes + sizes.map(-)
    #expect(relativeError(arguments, { kernels.pointee.tanh($0, $1) }, Glibc.tanh) < 0x1p-22)
    var special: [Float] = [0, -0.0, .infinity, -.infinity, .nan]
    kernels.pointee.tanh(&special, special.count)
    #expect(special[0] == 0 && special[1].sign == .minus && special[2] == 1 && special[3] == -1)
    #expect(special[4].isNaN)
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + Glibc.exp(-x)) }

  private static func gelu(_ x: Double) -> Double {
    0.5 * x * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  }

  /// The slope by a central difference in double.
  private static func slope(_ function: (Double) -> Double, _ x: Double) -> Double {
    (function(x + 1e-5) - function(x - 1e-5)) / 2e-5
  }

  @Test(arguments: counts, sets)
  func gatesAndTheirGradientsAreThoseOfTheFormula(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let gate = numbers(count, size: 9, seed: 1)
    let up = numbers(count, size: 2, seed: 2)
    let upstream = numbers(count, size: 1, seed: 3)
    var result = [Float](repeating: 0, count: count)
    var (gateGradient, upGradient) = (result, result)
    kernels.silu_gate(gate, up, &result, count)
    kernels.silu_gate_backward(gate, up, upstream, &gateGradient, &upGradient, count)
    for index in 0..<count {
      let (x, factor, above) = (Double(gate[index]), Double(up[index]), Double(upstream[index]))
      let silu = { (x: Double) in x * Self.sigmoid(x) }
      #expect(abs(Double(result[index]) - silu(x) * factor) < 4e-6)
      #expect(abs(Double(upGradient[index]) - silu(x) * above) < 4e-6)
      #expect(abs(Double(gateGradient[index]) - Self.slope(silu, x) * factor * above) < 4e-6)
    }
  }

  @Test(arguments: counts, sets)
  func geluAndItsGradientAreThoseOfTheFormula(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let values = numbers(count, size: 6, seed: 4)
    let upstream = numbers(count, size: 1, seed: 5)
    var result = [Float](repeating: 0, count: count)
    var gradient = result
    kernels.gelu(values, &result, count)
    kernels.gelu_backward(values, upstream, &gradient, count)
    for index in 0..<count {
      let x = Double(values[index])
      #expect(abs(Double(result[index]) - Self.gelu(x)) < 2e-6)
      #expect(
        abs(Double(gradient[index]) - Self.slope(Self.gelu, x) * Double(upstream[index])) < 2e-6)
    }
  }

  @Test(arguments: counts, sets)
  func aSoftmaxSumsToOneAndGivesItsLogarithm(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let values = numbers(count, size: 30, seed: 6)
    var row = values
    let logarithm = kernels.softmax(&row, count, 0.5)
    guard count > 0 else { return #expect(logarithm == -.infinity) }
    let exact = values.map { Glibc.exp(Double($0) * 0.5) }
    let sum = exact.reduce(0, +)
    #expect(abs(Double(logarithm) - Glibc.log(sum)) < 2e-6 * max(1, abs(Glibc.log(sum))))
    for index in 0..<count { #expect(abs(Double(row[index]) - exact[index] / sum) < 1e-6) }
  }

  // ∂pᵢ/∂zⱼ = pᵢ (δᵢⱼ − pⱼ), summed by hand in double.
  @Test(arguments: counts, sets)
  func theGradientOfASoftmaxIsItsMatrixTimesTheOneAbove(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    var p = numbers(count, size: 3, seed: 7)
    _ = kernels.softmax(&p, count, 1)
    let above = numbers(count, size: 1, seed: 8)
    var gradient = above
    kernels.softmax_backward(p, &gradient, count, 0.25)
    for j in 0..<count {
      let exact = (0..<count).reduce(0.0) { sum, i in
        sum + Double(above[i]) * Double(p[i]) * ((i == j ? 1 : 0) - Double(p[j]))
      }
      #expect(abs(Double(gradient[j]) - 0.25 * exact) < 1e-6)
    }
  }

  private static func normal(_ x: [Double], _ weight: [Float], _ epsilon: Double) -> [Double] {
    let mean = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
    return zip(x, weight).map { Double($1) * $0 / (mean + epsilon).squareRoot() }
  }

  @Test(arguments: counts.dropFirst(), sets)
  func aNormAndItsGradientsAreThoseOfTheFormula(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let values = numbers(count, size: 3, seed: 9)
    let weight = numbers(count, size: 2, seed: 10)
    let above = numbers(count, size: 1, seed: 11)
    var result = [Float](repeating: 0, count: count)
    let inverse = kernels.rms_norm(values, weight, &result, count, 1e-5)
    let exact = Self.normal(values.map(Double.init), weight, 1e-5)
    for index in 0..<count { #expect(abs(Double(result[index]) - exact[index]) < 4e-6) }

    // Both gradients are added to what is there: 1 before.
    var gradient = [Float](repeating: 1, count: count)
    var weightGradient = gradient
    kernels.rms_norm_backward(
      values, weight, inverse, above, &gradient, &weightGradient, count)
    for index in 0..<count {
      let slope = Self.slope(
        { x in
          var moved = values.map(Double.init)
          moved[index] = x
          return zip(Self.normal(moved, weight, 1e-5), above).reduce(0) { $0 + $1.0 * Double($1.1) }
        }, Double(values[index]))
      #expect(abs(Double(gradient[index]) - 1 - slope) < 2e-5)
      let ofWeight = Double(above[index]) * Double(values[index]) * Double(inverse)
      #expect(abs(Double(weightGradient[index]) - 1 - ofWeight) < 2e-6)
    }
  }

  // 1 + 2 + … + n and its squares are exact in 32 bits up to here.
  @Test(arguments: counts, sets)
  func sumsAreThoseOfTheClosedForms(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let values = (1...100).map(Float.init)
    let n = Double(count)
    #expect(kernels.sum(values, count) == n * (n + 1) / 2)
    #expect(kernels.sum_of_squares(values, count) == n * (n + 1) * (2 * n + 1) / 6)
    #expect(Double(kernels.dot(values, values, count)) == n * (n + 1) * (2 * n + 1) / 6)
    #expect(kernels.maximum(values, count) == (count == 0 ? -.infinity : Float(count)))
    #expect(kernels.maximum(values.map(-), count) == (count == 0 ? -.infinity : -1))
  }

  // Beside 2²⁵, which has no room for them, ones get lost: in one of 16 sums or more of a block of 4,096,
  // so 256 at most. Without blocks it would be one in 32 or more of 40,000, which is 1,250 for AVX2.
  @Test(arguments: sets)
  func aLargeNumberHidesNoMoreThanItsBlock(set: InstructionSet) throws {
    var values = [Float](repeating: 1, count: 40_000)
    values[0] = 0x1p25
    #expect(try kernels(set).pointee.sum(values, 40_000) >= 0x1p25 + 39_999 - 256)
  }

  @Test(arguments: counts, sets)
  func linearKernelsTouchTheirElementsAndNoOther(count: Int, set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let x = (0..<80).map { Float($0) }
    var y = [Float](repeating: 2, count: 80)
    // By hand: y = 2, then 2 + 3x, 2 + 4x, (2 + 4x) x, half of it.
    kernels.axpy(3, x, &y, count)
    kernels.add(x, &y, count)
    kernels.multiply(x, &y, count)
    kernels.scale(0.5, &y, count)
    for index in 0..<80 {
      #expect(y[index] == (index < count ? (2 + 4 * x[index]) * x[index] / 2 : 2))
    }
  }

  // The first step from m = v = 0: m/c₁ = g and v/c₂ = g², so the change is η (g / (|g| + ε) + λ w).
  @Test(arguments: sets)
  func theFirstStepOfAdamWGoesByTheSignOfTheGradient(set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    let step = compute_adamw_step(
      learning_rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weight_decay: 0.5,
      correction1: 0.1, correction2: 0.01, gradient_scale: 2)
    let gradients: [Float] = (0..<21).map { Float($0) - 10 }
    var weights = [Float](repeating: 4, count: 21)
    var means = [Float](repeating: 0, count: 21)
    var variances = means
    kernels.adamw(step, gradients, &weights, &means, &variances, 21)
    for index in 0..<21 {
      let g = 2 * gradients[index]
      let sign: Float = g > 0 ? 1 : g < 0 ? -1 : 0
      #expect(abs(means[index] - 0.1 * g) < 1e-5 && abs(variances[index] - 0.01 * g * g) < 1e-5)
      #expect(abs(weights[index] - (4 - 0.1 * (sign + 0.5 * 4))) < 1e-5)
    }
  }

  // Beside the formula in double for ten steps, with gradients that change.
  @Test(arguments: sets)
  func tenStepsOfAdamWAreThoseOfTheFormula(set: InstructionSet) throws {
    let kernels = try kernels(set).pointee
    var (weights, means, variances) = ([Float(1)], [Float(0)], [Float(0)])
    var (w, m, v) = (1.0, 0.0, 0.0)
    for t in 1...10 {
      let gradient = Float(t % 3) - 0.7
      let step = compute_adamw_step(
        learning_rate: 0.01, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weight_decay: 0.1,
        correction1: Float(1 - Glibc.pow(0.9, Double(t))),
        correction2: Float(1 - Glibc.pow(0.95, Double(t))), gradient_scale: 1)
      kernels.adamw(step, [gradient], &weights, &means, &variances, 1)
      let g = Double(gradient)
      m = 0.9 * m + 0.1 * g
      v = 0.95 * v + 0.05 * g * g
      let (first, second) = (
        m / (1 - Glibc.pow(0.9, Double(t))), v / (1 - Glibc.pow(0.95, Double(t)))
      )
      w -= 0.01 * (first / (second.squareRoot() + 1e-8) + 0.1 * w)
      #expect(abs(Double(weights[0]) - w) < 1e-6)
    }
  }

  @Test func theFunctionsAreThoseOfTheBestSet() throws {
    let kernels = try kernels(.best)
    let values = numbers(50, size: 2, seed: 12)
    #expect(compute_dot(values, values, 50) == kernels.pointee.dot(values, values, 50))
  }
}
