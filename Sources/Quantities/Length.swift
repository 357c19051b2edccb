/// A length or a distance.
public struct Length: Hashable, Sendable, Codable {
  /// The length in metres.
  public var meters: Double

  /// A length in metres.
  @inlinable
  public init(meters: Double) { self.meters = meters }

  /// A length in kilometres.
  @inlinable
  public static func kilometers(_ count: Double) -> Length { Length(meters: count * 1e3) }
}
