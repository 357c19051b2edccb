/// A number with a dimension that is known only at run time: what a learner typed, what a fact holds.
///
/// Engines use one type a dimension (`TimeSpan`, `DataRate`, …); the language cannot know beforehand.
public struct Quantity: Hashable, Sendable, Codable {
  /// The value in base units (s, B, J, K or °C, FLOP, $, kg, m).
  public var value: Double
  /// What it measures.
  public var dimension: Dimension

  /// A value in base units.
  public init(_ value: Double, _ dimension: Dimension = .number) {
    self.value = value
    self.dimension = dimension
  }

  /// So many of a unit.
  public init(_ count: Double, unit: Unit) {
    self.init(count * unit.numerator / unit.denominator, unit.dimension)
  }

  /// How many of a unit it is.
  public func count(of unit: Unit) -> Double { value * unit.denominator / unit.numerator }
}

extension Quantity {
  /// A span of virtual time, divided so that a span of 60 s equals the literal `60 s`, which the
  /// faster product of `TimeSpan.seconds` does not promise.
  public init(_ span: TimeSpan) { self.init(Double(span.nanoseconds) / 1e9, .time) }
  /// An amount of money.
  public init(_ money: Money) { self.init(money.dollars, .money) }
  /// A rate of data.
  public init(_ rate: DataRate) { self.init(rate.bytesPerSecond, .dataRate) }
}
