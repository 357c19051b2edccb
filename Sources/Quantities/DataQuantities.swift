/// An amount of data in bytes.
public struct DataSize: Hashable, Sendable, Codable {
  /// The amount in bytes.
  public var bytes: Double

  /// An amount of bytes.
  @inlinable
  public init(bytes: Double) { self.bytes = bytes }

  /// An amount of kilobytes of 1,000 bytes.
  @inlinable
  public static func kilobytes(_ count: Double) -> DataSize { DataSize(bytes: count * 1e3) }
}

/// A rate of data.
///
/// Lines are sold in bits a second and files are counted in bytes: both are named, and neither is
/// the default.
public struct DataRate: Hashable, Sendable, Codable {
  /// The rate in bytes a second.
  public var bytesPerSecond: Double

  /// A rate in bytes a second.
  @inlinable
  public init(bytesPerSecond: Double) { self.bytesPerSecond = bytesPerSecond }

  /// A rate in bits a second; a byte is eight bits.
  @inlinable
  public static func bitsPerSecond(_ bits: Double) -> DataRate {
    DataRate(bytesPerSecond: bits / 8)
  }

  /// The rate in bits a second.
  @inlinable public var bitsPerSecond: Double { bytesPerSecond * 8 }
}

/// How often something happens, per second.
public struct Rate: Hashable, Sendable, Codable {
  /// The rate per second.
  public var perSecond: Double

  /// A rate per second.
  @inlinable
  public init(perSecond: Double) { self.perSecond = perSecond }
}
