/// A named stream of random numbers without state: value = f(seed, stream, entity, draw).
///
/// Who draws and how often determines what is drawn, never when or in which order. So two worlds
/// that differ in their machines meet the same visitors, a stop or an undo disturbs nothing, and the
/// world has no generator to save.
///
/// Each value is the SplitMix64 output function applied twice, once to (seed, stream, entity) and
/// once to the draw.
/// - Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; the
///   mixing constants are David Stafford's variant 13, as there.
public struct RandomStream: Hashable, Sendable, Codable {
  @usableFromInline let key: UInt64

  /// The stream of a name under a seed.
  ///
  /// Different names give independent streams.
  public init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a, 64 bits
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    key = mix64(seed &+ goldenGamma) ^ mix64(hash)
  }

  /// The draws of one entity: a visitor, a machine, a customer.
  @inlinable
  public func entity(_ index: Int) -> RandomDraws {
    RandomDraws(key: mix64(key &+ UInt64(bitPattern: Int64(index)) &* goldenGamma))
  }
}

/// The random numbers of one entity, by the number of the draw, in any order.
public struct RandomDraws: Hashable, Sendable, Codable {
  @usableFromInline let key: UInt64

  @inlinable
  init(key: UInt64) { self.key = key }

  /// 64 random bits.
  @inlinable
  public func bits(_ draw: Int) -> UInt64 {
    mix64(key &+ (UInt64(bitPattern: Int64(draw)) &+ 1) &* goldenGamma)
  }

  /// A number strictly between 0 and 1, uniform: the middle of one of 2^53 equal cells.
  @inlinable
  public func uniform(_ draw: Int) -> Double { RandomDraws.unit(bits(draw)) }

  @inlinable
  static func unit(_ bits: UInt64) -> Double {
    (Double(Int64(bitPattern: bits &>> 11)) + 0.5) * 0x1p-53
  }
}

/// 2^64 divided by the golden ratio, made odd: SplitMix64's step.
@inlinable var goldenGamma: UInt64 { 0x9e37_79b9_7f4a_7c15 }

/// SplitMix64's output function: a bijection of 64 bits that spreads each bit over all.
@inlinable
func mix64(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
  return z ^ (z &>> 31)
}
