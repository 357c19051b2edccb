/// A rate of energy.
public struct Power: Hashable, Sendable, Codable {
  /// The power in watts.
  public var watts: Double

  /// A power in watts.
  @inlinable
  public init(watts: Double) { self.watts = watts }

  /// A power in kilowatts.
  @inlinable
  public static func kilowatts(_ count: Double) -> Power { Power(watts: count * 1e3) }

  /// None.
  @inlinable public static var zero: Power { Power(watts: 0) }

  /// The power in kilowatts.
  @inlinable public var kilowatts: Double { watts / 1e3 }
}

extension Power: Comparable {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func < (a: Power, b: Power) -> Bool { a.watts < b.watts }
}

extension Power {
  /// The sum of two powers.
  @inlinable
  public static func + (a: Power, b: Power) -> Power { Power(watts: a.watts + b.watts) }

  /// The difference of two powers.
  @inlinable
  public static func - (a: Power, b: Power) -> Power { Power(watts: a.watts - b.watts) }

  /// Adds a power in place.
  @inlinable
  public static func += (a: inout Power, b: Power) { a.watts += b.watts }

  /// A power taken so many times.
  @inlinable
  public static func * (a: Power, factor: Double) -> Power { Power(watts: a.watts * factor) }

  /// How often `b` goes into `a`, as a plain number.
  @inlinable
  public static func / (a: Power, b: Power) -> Double { a.watts / b.watts }

  /// What flows in a span at a constant power.
  @inlinable
  public static func * (a: Power, span: TimeSpan) -> Energy {
    Energy(joules: a.watts * span.seconds)
  }
}

/// An amount of energy, heat included.
public struct Energy: Hashable, Sendable, Codable {
  /// The energy in joules.
  public var joules: Double

  /// An energy in joules.
  @inlinable
  public init(joules: Double) { self.joules = joules }

  /// An energy in kilowatt-hours.
  @inlinable
  public static func kilowattHours(_ count: Double) -> Energy { Energy(joules: count * 3.6e6) }

  /// None.
  @inlinable public static var zero: Energy { Energy(joules: 0) }

  /// The energy in kilowatt-hours.
  @inlinable public var kilowattHours: Double { joules / 3.6e6 }
}

extension Energy: Comparable {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func < (a: Energy, b: Energy) -> Bool { a.joules < b.joules }
}

extension Energy {
  /// The sum of two energies.
  @inlinable
  public static func + (a: Energy, b: Energy) -> Energy { Energy(joules: a.joules + b.joules) }

  /// The difference of two energies.
  @inlinable
  public static func - (a: Energy, b: Energy) -> Energy { Energy(joules: a.joules - b.joules) }

  /// Adds an energy in place.
  @inlinable
  public static func += (a: inout Energy, b: Energy) { a.joules += b.joules }

  /// How often `b` goes into `a`, as a plain number.
  @inlinable
  public static func / (a: Energy, b: Energy) -> Double { a.joules / b.joules }

  /// The mean power of an energy that flowed in a span.
  @inlinable
  public static func / (a: Energy, span: TimeSpan) -> Power {
    Power(watts: a.joules / span.seconds)
  }
}
