import Quantities
import SimulationKernel

/// Response times of the minute or hour that is still open, counted by the buckets of `Sketch`.
///
/// Dense, so that counting is one addition; `packed` gives the few bytes that are kept.
struct ResponseCounts: Sendable, Codable {
  /// Spans up to 2^44 ns, almost five hours; longer ones count into the last bucket.
  static let bucketCount = 44 * 64

  private var counts = [UInt32](repeating: 0, count: bucketCount)
  private var low = bucketCount
  private var high = -1

  /// Counts one span.
  mutating func record(_ span: TimeSpan) {
    let bucket = min(Sketch.bucket(of: span), ResponseCounts.bucketCount - 1)
    counts[bucket] &+= 1
    if bucket < low { low = bucket }
    if bucket > high { high = bucket }
  }

  /// Adds all that another has counted.
  mutating func add(_ other: ResponseCounts) {
    guard other.low <= other.high else { return }
    for bucket in other.low...other.high { counts[bucket] &+= other.counts[bucket] }
    low = min(low, other.low)
    high = max(high, other.high)
  }

  /// Forgets everything.
  mutating func clear() {
    guard low <= high else { return }
    for bucket in low...high { counts[bucket] = 0 }
    low = ResponseCounts.bucketCount
    high = -1
  }

  /// Appends the counts to `bytes`: for each bucket in use its distance from the one before and its
  /// count, both as numbers of seven bits a byte, lowest first (LEB128).
  func pack(into bytes: inout [UInt8]) {
    guard low <= high else { return }
    var previous = 0
    for bucket in low...high where counts[bucket] > 0 {
      ResponseCounts.append(UInt32(bucket - previous), to: &bytes)
      ResponseCounts.append(counts[bucket], to: &bytes)
      previous = bucket
    }
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest &>>= 7
    }
    bytes.append(UInt8(rest))
  }

  fileprivate static func number(in bytes: ArraySlice<UInt8>, at position: inout Int) -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while true {
      let byte = bytes[position]
      position += 1
      value |= UInt32(byte & 0x7f) &<< shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// The buckets in use with their counts, from the shortest spans up.
  var buckets: [(bucket: Int, count: Int)] {
    guard low <= high else { return [] }
    return (low...high).filter { counts[$0] > 0 }.map { ($0, Int(counts[$0])) }
  }
}

/// Response times of many minutes or hours together, by the same buckets.
struct ResponseTotals: Sendable, Codable {
  private var counts = [UInt64](repeating: 0, count: ResponseCounts.bucketCount)

  /// Adds all that an open minute or hour has counted.
  mutating func add(_ responses: ResponseCounts) {
    for (bucket, count) in responses.buckets { counts[bucket] += UInt64(count) }
  }

  /// Adds what `ResponseCounts.pack` wrote.
  mutating func add(packed bytes: ArraySlice<UInt8>) {
    var position = bytes.startIndex
    var bucket = 0
    while position < bytes.endIndex {
      bucket += Int(ResponseCounts.number(in: bytes, at: &position))
      counts[bucket] += UInt64(ResponseCounts.number(in: bytes, at: &position))
    }
  }

  /// The same as a sketch, each span at the middle of its bucket.
  var sketch: Sketch {
    var sketch = Sketch()
    for (bucket, count) in counts.enumerated() where count > 0 {
      sketch.record(Sketch.middle(ofBucket: bucket), count: Int(count))
    }
    return sketch
  }
}
