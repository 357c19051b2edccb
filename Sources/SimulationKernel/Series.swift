import Quantities

/// A sequence that only grows, and of which many copies are kept: what a gauge showed every five
/// minutes of a year, in a world that remembers a hundred earlier states of itself.
///
/// Full chunks of 4,096 elements are sealed: copies share them for ever. Only the open chunk at the
/// end is written to, so the first append after a copy costs one chunk (and the list of chunks, a
/// reference for each 4,096 elements), not the whole series.
public struct Series<Element> {
  /// How many elements a sealed chunk holds.
  @inlinable public static var chunkLength: Int { 4_096 }

  @usableFromInline var sealed: [[Element]] = []
  @usableFromInline var open: [Element] = []

  /// An empty series.
  @inlinable
  public init() {}

  /// Adds an element at the end.
  /// - Complexity: O(1); O(`chunkLength` + count / `chunkLength`) the first time after a copy.
  @inlinable
  public mutating func append(_ element: Element) {
    if open.count == Series.chunkLength {
      sealed.append(open)
      open = []
    }
    open.append(element)
  }
}

extension Series: RandomAccessCollection {
  /// The index of the first element: 0.
  @inlinable public var startIndex: Int { 0 }
  /// One more than the index of the last element.
  @inlinable public var endIndex: Int { sealed.count * Series.chunkLength + open.count }

  /// The element at an index.
  @inlinable
  public subscript(index: Int) -> Element {
    let (chunk, offset) = index.quotientAndRemainder(dividingBy: Series.chunkLength)
    return chunk < sealed.count
      ? sealed[chunk][offset] : open[index - sealed.count * Series.chunkLength]
  }
}

extension Series: Sendable where Element: Sendable {}

extension Series: Equatable where Element: Equatable {
  /// Whether two series hold the same elements.
  public static func == (a: Series, b: Series) -> Bool {
    // Chunks shared between copies are compared by their address, in no time.
    a.sealed == b.sealed && a.open == b.open
  }
}

extension Series: Hashable where Element: Hashable {
  /// Feeds count and elements to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sealed)
    hasher.combine(open)
  }
}

extension Series: Encodable where Element: Encodable {
  /// Writes the elements as one list; chunks do not show.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for element in self { try container.encode(element) }
  }
}

extension Series: Decodable where Element: Decodable {
  /// Reads a list of elements.
  public init(from decoder: any Decoder) throws {
    self.init()
    var container = try decoder.unkeyedContainer()
    while !container.isAtEnd { append(try container.decode(Element.self)) }
  }
}

/// A value and the moment from which it held.
public struct TimedValue: Hashable, Sendable, Codable {
  /// Since when.
  public var moment: Moment
  /// What.
  public var value: Double

  /// A value that held from a moment on.
  @inlinable
  public init(_ value: Double, at moment: Moment) {
    self.moment = moment
    self.value = value
  }
}

extension Series where Element == TimedValue {
  /// The indices of the points from `start` on and before `end`, in a series that is in order of time.
  /// - Complexity: O(log count)
  public func indices(from start: Moment, before end: Moment) -> Range<Int> {
    let low = firstIndex(from: start)
    return low..<Swift.max(low, firstIndex(from: end))
  }

  private func firstIndex(from moment: Moment) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle].moment < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
