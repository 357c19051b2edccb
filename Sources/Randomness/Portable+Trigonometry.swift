extension Portable {
  /// The sine of an angle in radians, at most 1,000,000 either way; error below one unit in the last place.
  public static func sin(_ x: Double) -> Double {
    let angle = ReducedAngle(x)
    switch angle.quadrant {
    case 0: return angle.sine
    case 1: return angle.cosine
    case 2: return -angle.sine
    default: return -angle.cosine
    }
  }

  /// The cosine of an angle in radians, at most 1,000,000 either way; error below one unit in the last place.
  public static func cos(_ x: Double) -> Double {
    let angle = ReducedAngle(x)
    switch angle.quadrant {
    case 0: return angle.cosine
    case 1: return -angle.sine
    case 2: return -angle.cosine
    default: return angle.sine
    }
  }
}

/// An angle as a number of quarter turns and a rest of at most an eighth turn, in two Doubles.
///
/// - Source: Cody, Waite, "Software Manual for the Elementary Functions", 1980, for subtracting
///   n · π/2 in parts that are exact; the polynomials are those of k_sin.c and k_cos.c in FDLIBM 5.3,
///   Sun Microsystems, 1993 (its published coefficients).
private struct ReducedAngle {
  /// Quarter turns, 0 to 3.
  let quadrant: Int
  let high: Double
  let low: Double

  init(_ x: Double) {
    precondition(abs(x) <= 1_000_000, "an angle of \(x) radians is out of range")
    let n = Int(x * 6.36619772367581382433e-01 + (x < 0 ? -0.5 : 0.5))
    quadrant = n & 3
    let turns = Double(n)
    // π/2 = two parts of 33 bits, whose multiples up to 2^20 are exact, and the rest.
    let first = x - turns * 1.57079632673412561417e+00
    let second = turns * 6.07710050630396597660e-11
    let third = turns * 2.02226624879595063154e-21
    let difference = first - second
    // What rounding lost in that subtraction (Knuth's two-sum).
    let back = difference - first
    let lost = (first - (difference - back)) - (second + back)
    let rest = lost - third
    high = difference + rest
    low = (difference - high) + rest
  }

  var sine: Double {
    let z = high * high
    let tail =
      8.33333333332248946124e-03
      + z
      * (-1.98412698298579493134e-04
        + z
        * (2.75573137070700676789e-06
          + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))
    let cube = z * high
    return high - ((z * (0.5 * low - cube * tail) - low) + cube * 1.66666666666666324348e-01)
  }

  var cosine: Double {
    let z = high * high
    let tail =
      z
      * (4.16666666666666019037e-02
        + z
        * (-1.38888888888741095749e-03
          + z
          * (2.48015872894767294178e-05
            + z
            * (-2.75573143513906633035e-07
              + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))))
    let half = 0.5 * z
    let w = 1 - half
    return w + (((1 - w) - half) + (z * tail - high * low))
  }
}
