import Quantities

/// The mean of a level over time: servers busy, customers in line, sessions open.
///
/// A level that holds for a second counts a thousand times as much as one that holds for a
/// millisecond, so the mean is the area under the level divided by the time. Levels are whole
/// numbers and the area is kept in level · nanoseconds, so it is exact, whatever the length of the
/// run. The area under "servers busy" is the busy time.
public struct TimeWeightedMean: Hashable, Sendable, Codable {
  /// The level now.
  @inlinable public var level: Int { Int(current) }
  @usableFromInline var current: Int64
  @usableFromInline var start: Moment
  @usableFromInline var last: Moment
  @usableFromInline var area: Int128 = 0

  /// A level that holds from `start` on.
  @inlinable
  public init(level: Int = 0, start: Moment) {
    current = Int64(level)
    self.start = start
    last = start
  }

  /// Sets the level from now on; time must not run backwards.
  @inlinable
  public mutating func set(_ level: Int, at now: Moment) {
    accumulate(until: now)
    current = Int64(level)
  }

  /// Changes the level by so much from now on.
  @inlinable
  public mutating func add(_ change: Int, at now: Moment) {
    accumulate(until: now)
    current &+= Int64(change)
  }

  /// Forgets the past and goes on with the same level: the end of a warm-up.
  @inlinable
  public mutating func restart(at now: Moment) {
    start = now
    last = now
    area = 0
  }

  /// The area under the level from the start until `now`, in level · nanoseconds.
  @inlinable
  public func integral(until now: Moment) -> Int128 {
    area + Int128(current) * Int128(now.nanoseconds - last.nanoseconds)
  }

  /// The mean level from the start until `now`; nil over no time at all.
  @inlinable
  public func mean(until now: Moment) -> Double? {
    guard now > start else { return nil }
    return Double(integral(until: now)) / Double(now.nanoseconds - start.nanoseconds)
  }

  @inlinable
  mutating func accumulate(until now: Moment) {
    let product = current.multipliedFullWidth(by: now.nanoseconds &- last.nanoseconds)
    area &+= Int128(truncatingIfNeeded: product.high) &<< 64 | Int128(product.low)
    last = now
  }
}
