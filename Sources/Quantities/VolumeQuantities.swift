/// A volume of a liquid or of air.
public struct Volume: Hashable, Sendable, Codable {
  /// The volume in cubic metres.
  public var cubicMeters: Double

  /// A volume in cubic metres.
  @inlinable
  public init(cubicMeters: Double) { self.cubicMeters = cubicMeters }

  /// A volume in litres.
  @inlinable
  public static func liters(_ count: Double) -> Volume { Volume(cubicMeters: count * 1e-3) }

  /// The volume in litres.
  @inlinable public var liters: Double { cubicMeters * 1e3 }
}

extension Volume {
  /// The sum of two volumes.
  @inlinable
  public static func + (a: Volume, b: Volume) -> Volume {
    Volume(cubicMeters: a.cubicMeters + b.cubicMeters)
  }

  /// The difference of two volumes.
  @inlinable
  public static func - (a: Volume, b: Volume) -> Volume {
    Volume(cubicMeters: a.cubicMeters - b.cubicMeters)
  }
}

/// A flow of air or of a liquid.
public struct VolumeFlow: Hashable, Sendable, Codable {
  /// The flow in cubic metres a second.
  public var cubicMetersPerSecond: Double

  /// A flow in cubic metres a second.
  @inlinable
  public init(cubicMetersPerSecond: Double) { self.cubicMetersPerSecond = cubicMetersPerSecond }

  /// A flow in cubic feet a minute, as fans are sold; a foot is 0.3048 m.
  @inlinable
  public static func cubicFeetPerMinute(_ count: Double) -> VolumeFlow {
    VolumeFlow(cubicMetersPerSecond: count * 0.028316846592 / 60)
  }

  /// The flow in cubic feet a minute.
  @inlinable public var cubicFeetPerMinute: Double { cubicMetersPerSecond * 60 / 0.028316846592 }
}

extension VolumeFlow {
  /// A flow taken so many times.
  @inlinable
  public static func * (a: VolumeFlow, factor: Double) -> VolumeFlow {
    VolumeFlow(cubicMetersPerSecond: a.cubicMetersPerSecond * factor)
  }
}

/// A mass.
public struct Mass: Hashable, Sendable, Codable {
  /// The mass in kilograms.
  public var kilograms: Double

  /// A mass in kilograms.
  @inlinable
  public init(kilograms: Double) { self.kilograms = kilograms }
}

extension Mass: Comparable {
  /// Whether `a` is lighter than `b`.
  @inlinable
  public static func < (a: Mass, b: Mass) -> Bool { a.kilograms < b.kilograms }
}

extension Mass {
  /// The sum of two masses.
  @inlinable
  public static func + (a: Mass, b: Mass) -> Mass { Mass(kilograms: a.kilograms + b.kilograms) }

  /// The difference of two masses.
  @inlinable
  public static func - (a: Mass, b: Mass) -> Mass { Mass(kilograms: a.kilograms - b.kilograms) }

  /// A mass taken so many times.
  @inlinable
  public static func * (a: Mass, factor: Double) -> Mass { Mass(kilograms: a.kilograms * factor) }
}
