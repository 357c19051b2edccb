extension Portable {
  /// e to the power of x; error below one unit in the last place, 0 below −745.14, infinite above 709.78.
  ///
  /// Writes x = k · ln 2 + r with |r| ≤ ½ ln 2 and evaluates e^r = 1 + r + r · c / (2 − c), where
  /// c = r − r² · P(r²) approximates r · coth(r/2) rearranged; then multiplies by 2^k.
  /// - Source: the method of e_exp.c in FDLIBM 5.3, Sun Microsystems, 1993 (its published coefficients).
  @inlinable
  public static func exp(_ x: Double) -> Double {
    guard x <= 709.782712893384 else { return x.isNaN ? x : .infinity }
    guard x >= -745.1332191019412 else { return 0 }
    let k = Int(x * 1.44269504088896338700 + (x < 0 ? -0.5 : 0.5))
    // ln 2 in two parts, the first with so many zeros at its end that k times it is exact.
    let high = x - Double(k) * 6.93147180369123816490e-01
    let low = Double(k) * 1.90821492927058770002e-10
    let r = high - low
    let t = r * r
    let polynomial =
      1.66666666666666019037e-01
      + t
      * (-2.77777777770155933842e-03
        + t
        * (6.61375632143793436117e-05
          + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)))
    let c = r - t * polynomial
    return scaled(1 - ((low - (r * c) / (2 - c)) - high), by: k)
  }

  /// x · 2^k, in two steps so that neither factor leaves the range of normal numbers.
  @inlinable
  static func scaled(_ x: Double, by k: Int) -> Double {
    let half = k / 2
    return x * powerOfTwo(half) * powerOfTwo(k - half)
  }

  /// 2^k for −1022 ≤ k ≤ 1023.
  @inlinable
  static func powerOfTwo(_ k: Int) -> Double {
    Double(bitPattern: UInt64(k &+ 1_023) &<< 52)
  }

  /// x to the power of y, for x ≥ 0; error below two units in the last place.
  ///
  /// e^(y · log x), with the logarithm and the product carried in two Doubles each: a relative error
  /// of 2^-53 in the logarithm alone would grow to 700 units in the result.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    precondition(x >= 0, "a power needs a base that is not negative, not \(x)")
    if y == 0 || x == 1 { return 1 }
    if x == 0 { return y > 0 ? 0 : .infinity }
    let logarithm = DoubleDouble(logarithmOf: x)
    let product = DoubleDouble(productOf: logarithm.high, y)
    let low = product.low + logarithm.low * y
    let high = product.high + low
    // Beyond the range of exp the split products may not be numbers, so stop before.
    guard abs(logarithm.high * y) < 800 else { return logarithm.high * y > 0 ? .infinity : 0 }
    let result = exp(high)
    return result.isFinite ? result + result * (low - (high - product.high)) : result
  }
}

/// A number carried as the unevaluated sum of two Doubles, about 106 bits.
/// - Source: Dekker, "A Floating-Point Technique for Extending the Available Precision", Numerische
///   Mathematik 18, 1971.
struct DoubleDouble {
  var high: Double
  var low: Double

  /// The sum of two numbers of which the first is the larger, without error.
  init(sumOf a: Double, _ b: Double) {
    high = a + b
    low = b - (high - a)
  }

  /// The product of two numbers without error, by splitting each into halves of 26 bits.
  init(productOf a: Double, _ b: Double) {
    let (aHigh, aLow) = DoubleDouble.halves(of: a)
    let (bHigh, bLow) = DoubleDouble.halves(of: b)
    high = a * b
    low = ((aHigh * bHigh - high) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  private static func halves(of x: Double) -> (Double, Double) {
    let shifted = 134_217_729 * x  // 2^27 + 1
    let high = shifted - (shifted - x)
    return (high, x - high)
  }

  /// The natural logarithm of a positive number to about 64 bits.
  ///
  /// x = 2^k · m with √½ ≤ m < √2, s = (m − 1) / (m + 1), and log m = 2s + ⅔ s³ + ⅖ s⁵ + …: the
  /// first two terms in two Doubles, the rest, at most 2^-12 of the whole, in one.
  init(logarithmOf number: Double) {
    var x = number
    var shift = 0
    if x < .leastNormalMagnitude {
      x *= 0x1p54
      shift = 54
    }
    let bits = x.bitPattern &+ (0x3ff0_0000_0000_0000 - 0x3fe6_a09e_0000_0000)
    let k = Double(Int(bits >> 52) - 1_023 - shift)
    let m = Double(bitPattern: (bits & 0x000f_ffff_ffff_ffff) + 0x3fe6_a09e_0000_0000)

    let f = m - 1
    let below = DoubleDouble(sumOf: 2, f)
    let sHigh = f / below.high
    let back = DoubleDouble(productOf: sHigh, below.high)
    let sLow = (((f - back.high) - back.low) - sHigh * below.low) / below.high

    let square = DoubleDouble(productOf: sHigh, sHigh)
    let squareLow = square.low + 2 * sHigh * sLow
    let z = square.high
    var series = 0.0
    for term in stride(from: 29.0, through: 5, by: -2) { series = series * z + 2 / term }
    // 2s + s · (⅔ z + z² · series), with ⅔ z in two Doubles.
    let third = DoubleDouble(productOf: z, 0.6666666666666666)
    let thirdLow = third.low + z * 3.700743415417188e-17 + squareLow * 0.6666666666666666
    let tail = DoubleDouble(sumOf: third.high, thirdLow + z * z * series)
    let cubic = DoubleDouble(productOf: sHigh, tail.high)
    let cubicLow = cubic.low + sHigh * tail.low + sLow * tail.high
    let logarithm = DoubleDouble(sumOf: 2 * sHigh, cubic.high)
    let logarithmLow = logarithm.low + (2 * sLow + cubicLow)

    // k · ln 2 in two parts, of which the first is exact.
    let whole = k * 6.93147180369123816490e-01
    let rest = k * 1.90821492927058770002e-10
    if k == 0 {
      self.init(sumOf: logarithm.high, logarithmLow)
    } else {
      let sum = DoubleDouble(sumOf: whole, logarithm.high)
      let withRest = DoubleDouble(sumOf: sum.high, rest)
      self.init(sumOf: withRest.high, withRest.low + sum.low + logarithmLow)
    }
  }
}
