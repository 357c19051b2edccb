/// Standard exponential numbers without a logarithm, 99 times of 100.
///
/// The area under e^−x is covered by 255 lying rectangles and a base with the tail, all of the same
/// area, like the steps of a ziggurat. Choose a layer and a point in it by chance. Nearly always the
/// point lies so far inside that it is under the curve for certain, and its x is the answer: a
/// multiplication and a comparison. Otherwise the curve is computed, and a point above it is
/// thrown away.
/// - Source: Marsaglia, Tsang, "The Ziggurat Method for Generating Random Variables", Journal of
///   Statistical Software 5, 2000: 256 layers, r = 7.69711747013104972, v = 0.0039496598225815571993.
struct ExponentialZiggurat {
  struct Layer {
    /// A point is under the curve for certain below this many 2^53ths of the width.
    var safe: Int64 = 0
    /// The width of the layer, over 2^53.
    var scale = 0.0
    /// The curve at the right end.
    var low = 0.0
    /// The curve where the next layer ends.
    var high = 0.0
  }

  static let tailStart = 7.69711747013104972
  static let area = 0.0039496598225815571993

  /// Layer 0 is the base, as wide as a rectangle of its area would be.
  let layers: InlineArray<256, Layer>

  init() {
    var layers = InlineArray<256, Layer>(repeating: Layer())
    var width = Self.area * Portable.exp(Self.tailStart)
    var next = Self.tailStart
    for index in 0..<256 {
      layers[index] = Layer(
        safe: Int64(next / width * 0x1p53), scale: width * 0x1p-53,
        low: Portable.exp(-width), high: Portable.exp(-next))
      width = next
      // The layer above has the same area: width · (f(next) − f(width)).
      let height = Self.area / width + Portable.exp(-width)
      next = height < 1 ? -Portable.log(height) : 0
    }
    self.layers = layers
  }

  /// The table, made once.
  static let shared = ExponentialZiggurat()

  /// Goes on where the quick way failed.
  ///
  /// Further random bits are mixed from the first, so that a draw stays a draw.
  @inline(never)
  static func sampleSlowly(_ firstBits: UInt64) -> Double {
    var bits = firstBits
    // One try in 90 fails, so that 64 in a row never do.
    for _ in 0..<64 {
      let layer = shared.layers[Int(truncatingIfNeeded: bits & 255)]
      let point = Int64(truncatingIfNeeded: bits &>> 11)
      let x = (Double(point) + 0.5) * layer.scale
      if point < layer.safe { return x }
      let other = mix64(bits &+ goldenGamma)
      let u = RandomDraws.unit(other)
      // Beyond r the exponential law looks as it does from 0.
      if bits & 255 == 0 { return tailStart - Portable.log(u) }
      if layer.low + u * (layer.high - layer.low) < Portable.exp(-x) { return x }
      bits = mix64(other &+ goldenGamma)
    }
    return -Portable.log(RandomDraws.unit(bits))
  }
}

extension RandomDraws {
  /// A standard exponential number: mean 1.
  public func exponential(_ draw: Int) -> Double {
    let bits = bits(draw)
    let layer = ExponentialZiggurat.shared.layers[Int(truncatingIfNeeded: bits & 255)]
    let point = Int64(truncatingIfNeeded: bits &>> 11)
    guard point < layer.safe else { return ExponentialZiggurat.sampleSlowly(bits) }
    return (Double(point) + 0.5) * layer.scale
  }
}
