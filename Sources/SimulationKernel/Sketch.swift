import Quantities

/// A histogram of spans from which any percentile can be read with at most 1 % relative error.
///
/// Each power of two of nanoseconds is cut into 64 buckets of equal width, so that a bucket is found
/// from the leading bits of the number without a logarithm, and its middle is at most 1/129 away
/// from anything in it. Two sketches merge by adding counts, exactly, in any order. Count, sum and
/// maximum are exact.
/// - Source: the bucket layout is HdrHistogram's (Gil Tene), the guarantee DDSketch's (Masson, Rim,
///   Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch", VLDB 2019).
public struct Sketch: Hashable, Sendable, Codable {
  /// Counts of the buckets from `firstBucket` on.
  @usableFromInline var counts: [UInt64] = []
  @usableFromInline var firstBucket = 0
  /// How many spans were recorded.
  @inlinable public var count: Int { total }
  @usableFromInline var total = 0
  @usableFromInline var sumNanoseconds: Int128 = 0
  /// The longest span that was recorded.
  @inlinable public var max: TimeSpan { TimeSpan(nanoseconds: maxNanoseconds) }
  @usableFromInline var maxNanoseconds: Int64 = 0

  /// A sketch of nothing.
  @inlinable
  public init() {}

  /// The bucket of a span: 0 below one nanosecond, then 64 to an octave.
  @inlinable
  public static func bucket(of span: TimeSpan) -> Int {
    guard span.nanoseconds > 0 else { return 0 }
    return Int(Double(span.nanoseconds).bitPattern &>> 46) &- 65_471
  }

  /// The middle of a bucket.
  @inlinable
  public static func middle(ofBucket bucket: Int) -> TimeSpan {
    guard bucket > 0 else { return .zero }
    let low = Double(bitPattern: UInt64(bucket + 65_471) &<< 46)
    let high = Double(bitPattern: UInt64(bucket + 65_472) &<< 46)
    return TimeSpan(nanoseconds: Int64((low + high) / 2))
  }

  /// Counts one span, which must not be negative.
  /// - Complexity: O(1), now and then an array grows.
  @inlinable
  public mutating func record(_ span: TimeSpan) {
    let bucket = Sketch.bucket(of: span)
    let index = bucket &- firstBucket
    if index >= 0, index < counts.count {
      counts[index] &+= 1
    } else {
      makeRoom(for: bucket)
      counts[bucket &- firstBucket] &+= 1
    }
    total &+= 1
    sumNanoseconds &+= Int128(span.nanoseconds)
    if span.nanoseconds > maxNanoseconds { maxNanoseconds = span.nanoseconds }
  }

  /// Counts a span so many times.
  /// - Complexity: O(1), however many times.
  public mutating func record(_ span: TimeSpan, count: Int) {
    precondition(count >= 0, "a span cannot be counted \(count) times")
    guard count > 0 else { return }
    let bucket = Sketch.bucket(of: span)
    makeRoom(for: bucket)
    counts[bucket - firstBucket] += UInt64(count)
    total += count
    sumNanoseconds += Int128(span.nanoseconds) * Int128(count)
    maxNanoseconds = Swift.max(maxNanoseconds, span.nanoseconds)
  }

  /// Adds all that another sketch has counted.
  public mutating func merge(_ other: Sketch) {
    guard other.total > 0 else { return }
    makeRoom(for: other.firstBucket)
    makeRoom(for: other.firstBucket + other.counts.count - 1)
    let shift = other.firstBucket - firstBucket
    for index in other.counts.indices { counts[index + shift] += other.counts[index] }
    total += other.total
    sumNanoseconds += other.sumNanoseconds
    maxNanoseconds = Swift.max(maxNanoseconds, other.maxNanoseconds)
  }

  /// Widens the window of counted buckets so that it holds `bucket`.
  @usableFromInline
  mutating func makeRoom(for bucket: Int) {
    if counts.isEmpty { firstBucket = bucket }
    if bucket < firstBucket {
      counts.insert(contentsOf: repeatElement(0, count: firstBucket - bucket), at: 0)
      firstBucket = bucket
    }
    let missing = bucket - firstBucket + 1 - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
  }
}

extension Sketch {
  /// The mean of all recorded spans, exact to a nanosecond; nil if there are none.
  public var mean: TimeSpan? {
    guard total > 0 else { return nil }
    return TimeSpan(nanoseconds: Int64(sumNanoseconds / Int128(total)))
  }

  /// The span that the share `p` of the recorded spans do not exceed, within 1 %.
  ///
  /// Nil if there are none. `p` lies between 0 and 1. The rank is ⌈p · count⌉, as in the nearest-rank definition.
  public func percentile(_ p: Double) -> TimeSpan? {
    precondition((0...1).contains(p), "a percentile needs a share between 0 and 1, not \(p)")
    guard total > 0 else { return nil }
    let exact = p * Double(total)
    let truncated = Int(exact)
    let rank = Swift.max(1, Double(truncated) < exact ? truncated + 1 : truncated)
    var seen = 0
    for (index, count) in counts.enumerated() {
      seen += Int(count)
      if seen >= rank {
        return Swift.min(Sketch.middle(ofBucket: index + firstBucket), max)
      }
    }
    return max
  }
}
