/// A point on the Celsius scale.
///
/// Points and differences are different types: a point plus a difference is a point, the difference
/// of two points is a difference, and a point plus a point does not compile.
public struct Temperature: Hashable, Sendable, Codable {
  /// The temperature in degrees Celsius.
  public var celsius: Double

  /// A temperature in degrees Celsius.
  @inlinable
  public init(celsius: Double) { self.celsius = celsius }

  /// A temperature in degrees Fahrenheit, as American sources give it.
  @inlinable
  public static func fahrenheit(_ degrees: Double) -> Temperature {
    Temperature(celsius: (degrees - 32) / 1.8)
  }

  /// The temperature above absolute zero, in kelvin.
  @inlinable public var kelvin: Double { celsius + 273.15 }
}

extension Temperature: Comparable {
  /// Whether `a` is colder than `b`.
  @inlinable
  public static func < (a: Temperature, b: Temperature) -> Bool { a.celsius < b.celsius }
}

extension Temperature {
  /// The temperature so much higher.
  @inlinable
  public static func + (a: Temperature, b: TemperatureDifference) -> Temperature {
    Temperature(celsius: a.celsius + b.kelvin)
  }

  /// The temperature so much lower.
  @inlinable
  public static func - (a: Temperature, b: TemperatureDifference) -> Temperature {
    Temperature(celsius: a.celsius - b.kelvin)
  }

  /// How much higher `a` is than `b`.
  @inlinable
  public static func - (a: Temperature, b: Temperature) -> TemperatureDifference {
    TemperatureDifference(kelvin: a.celsius - b.celsius)
  }
}

/// The difference of two temperatures.
public struct TemperatureDifference: Hashable, Sendable, Codable {
  /// The difference in kelvin.
  public var kelvin: Double

  /// A difference in kelvin.
  @inlinable
  public init(kelvin: Double) { self.kelvin = kelvin }
}

extension TemperatureDifference: Comparable {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func < (a: TemperatureDifference, b: TemperatureDifference) -> Bool {
    a.kelvin < b.kelvin
  }
}

extension TemperatureDifference {
  /// The sum of two differences.
  @inlinable
  public static func + (
    a: TemperatureDifference, b: TemperatureDifference
  ) -> TemperatureDifference {
    TemperatureDifference(kelvin: a.kelvin + b.kelvin)
  }

  /// A difference taken so many times.
  @inlinable
  public static func * (a: TemperatureDifference, factor: Double) -> TemperatureDifference {
    TemperatureDifference(kelvin: a.kelvin * factor)
  }
}

/// How much heat warms a thing by a kelvin.
public struct HeatCapacity: Hashable, Sendable, Codable {
  /// The capacity in joules a kelvin.
  public var joulesPerKelvin: Double

  /// A capacity in joules a kelvin.
  @inlinable
  public init(joulesPerKelvin: Double) { self.joulesPerKelvin = joulesPerKelvin }
}

extension HeatCapacity {
  /// The heat that changes the temperature by so much.
  @inlinable
  public static func * (a: HeatCapacity, b: TemperatureDifference) -> Energy {
    Energy(joules: a.joulesPerKelvin * b.kelvin)
  }

  /// A capacity taken so many times.
  @inlinable
  public static func * (a: HeatCapacity, factor: Double) -> HeatCapacity {
    HeatCapacity(joulesPerKelvin: a.joulesPerKelvin * factor)
  }
}

/// How much heat flows for each kelvin between two things.
public struct ThermalConductance: Hashable, Sendable, Codable {
  /// The conductance in watts a kelvin.
  public var wattsPerKelvin: Double

  /// A conductance in watts a kelvin.
  @inlinable
  public init(wattsPerKelvin: Double) { self.wattsPerKelvin = wattsPerKelvin }
}

extension ThermalConductance {
  /// The heat that flows over a difference.
  @inlinable
  public static func * (a: ThermalConductance, b: TemperatureDifference) -> Power {
    Power(watts: a.wattsPerKelvin * b.kelvin)
  }

  /// A conductance taken so many times.
  @inlinable
  public static func * (a: ThermalConductance, factor: Double) -> ThermalConductance {
    ThermalConductance(wattsPerKelvin: a.wattsPerKelvin * factor)
  }
}
