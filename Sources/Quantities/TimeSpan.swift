/// An amount of virtual time: a whole number of nanoseconds, positive or negative.
///
/// Spans and moments are different types: a span plus a span is a span, a moment plus a span is a
/// moment, and a moment plus a moment does not compile. Whole nanoseconds make event order and
/// sums exact on every processor. Range: about ±292 years.
public struct TimeSpan: Hashable, Sendable, Codable {
  /// The span in nanoseconds.
  public var nanoseconds: Int64

  /// A span of whole nanoseconds.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A span of so many seconds, rounded to the nearest nanosecond (halves up).
  ///
  /// `Int64(x * 1e9 + 0.5)` rather than `.rounded()`, which is a library call on the baseline
  /// instruction set and costs a tenth of the kernel's speed.
  @inlinable
  public static func seconds(_ seconds: Double) -> TimeSpan {
    let scaled = seconds * 1e9
    return TimeSpan(nanoseconds: Int64(scaled < 0 ? scaled - 0.5 : scaled + 0.5))
  }

  /// A span of whole minutes.
  @inlinable
  public static func minutes(_ count: Int) -> TimeSpan {
    TimeSpan(nanoseconds: Int64(count) * 60_000_000_000)
  }

  /// A span of whole hours.
  @inlinable
  public static func hours(_ count: Int) -> TimeSpan { minutes(count * 60) }

  /// A span of whole days of 24 hours.
  @inlinable
  public static func days(_ count: Int) -> TimeSpan { hours(count * 24) }

  /// No time at all.
  @inlinable public static var zero: TimeSpan { TimeSpan(nanoseconds: 0) }

  /// The span in seconds.
  @inlinable public var seconds: Double { Double(nanoseconds) * 1e-9 }
}

extension TimeSpan: Comparable {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.nanoseconds < b.nanoseconds }
}

extension TimeSpan {
  /// The sum of two spans.
  @inlinable
  public static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(nanoseconds: a.nanoseconds + b.nanoseconds)
  }

  /// The difference of two spans.
  @inlinable
  public static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(nanoseconds: a.nanoseconds - b.nanoseconds)
  }

  /// Adds a span in place.
  @inlinable
  public static func += (a: inout TimeSpan, b: TimeSpan) { a.nanoseconds += b.nanoseconds }

  /// Subtracts a span in place.
  @inlinable
  public static func -= (a: inout TimeSpan, b: TimeSpan) { a.nanoseconds -= b.nanoseconds }

  /// A span taken so many times.
  @inlinable
  public static func * (a: TimeSpan, count: Int) -> TimeSpan {
    TimeSpan(nanoseconds: a.nanoseconds * Int64(count))
  }

  /// How often `b` goes into `a`, as a plain number.
  @inlinable
  public static func / (a: TimeSpan, b: TimeSpan) -> Double {
    Double(a.nanoseconds) / Double(b.nanoseconds)
  }
}
