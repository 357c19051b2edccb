/// A point on the world's time line: whole nanoseconds since 1970-01-01T00:00 in the world's own
/// calendar (proleptic Gregorian, no leap seconds, no daylight saving).
public struct Moment: Hashable, Sendable, Codable {
  /// Nanoseconds since 1970-01-01T00:00.
  public var nanoseconds: Int64

  /// The moment so many nanoseconds after 1970-01-01T00:00.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// 1970-01-01T00:00, where stationary experiments start their clocks.
  @inlinable public static var origin: Moment { Moment(nanoseconds: 0) }

  /// A moment after every other: the end of a run that has no end of its own.
  @inlinable public static var distantFuture: Moment { Moment(nanoseconds: .max) }
}

extension Moment: Comparable {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func < (a: Moment, b: Moment) -> Bool { a.nanoseconds < b.nanoseconds }
}

extension Moment {
  /// The moment a span later.
  @inlinable
  public static func + (a: Moment, b: TimeSpan) -> Moment {
    Moment(nanoseconds: a.nanoseconds + b.nanoseconds)
  }

  /// The moment a span earlier.
  @inlinable
  public static func - (a: Moment, b: TimeSpan) -> Moment {
    Moment(nanoseconds: a.nanoseconds - b.nanoseconds)
  }

  /// The span from `b` to `a`.
  @inlinable
  public static func - (a: Moment, b: Moment) -> TimeSpan {
    TimeSpan(nanoseconds: a.nanoseconds - b.nanoseconds)
  }

  /// Moves the moment on by a span.
  @inlinable
  public static func += (a: inout Moment, b: TimeSpan) { a.nanoseconds += b.nanoseconds }
}
