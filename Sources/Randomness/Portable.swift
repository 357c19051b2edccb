/// Elementary functions that give the same bits on every processor.
///
/// The C library picks its `log` and `exp` by processor, and versions with and without fused
/// multiply-add differ in the last bit. These use only + − × ÷ √ in a fixed order, which IEEE 754
/// defines exactly, and Swift never contracts them.
public enum Portable {
  /// The square root, which every processor rounds correctly.
  @inlinable
  public static func sqrt(_ x: Double) -> Double { x.squareRoot() }

  /// The natural logarithm of a positive, finite, normal number; error below one unit in the last place.
  ///
  /// Splits x into 2^k · (1 + f) with √½ ≤ 1 + f < √2 and evaluates log(1 + f) with s = f / (2 + f).
  /// - Source: the method of e_log.c in FDLIBM 5.3, Sun Microsystems, 1993 (its published coefficients).
  @inlinable
  public static func log(_ x: Double) -> Double {
    // Moves the split point from 1 to √½ by adding before the exponent is cut off.
    let bits = x.bitPattern &+ (0x3ff0_0000_0000_0000 - 0x3fe6_a09e_0000_0000)
    let k = Double(Int64(bits &>> 52) - 1_023)
    let fraction = Double(
      bitPattern: (bits & 0x000f_ffff_ffff_ffff) &+ 0x3fe6_a09e_0000_0000)
    let f = fraction - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    let even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    let odd =
      z
      * (0.6666666666666735130
        + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)))
    let r = odd + even
    let halfSquare = 0.5 * f * f
    return k * 6.93147180369123816490e-01
      - ((halfSquare - (s * (halfSquare + r) + k * 1.90821492927058770002e-10)) - f)
  }
}
