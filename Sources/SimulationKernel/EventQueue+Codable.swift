import Quantities

// A queue is equal to another, and is written down, as the list of what is to come. Where in the
// heap an event happens to stand, and whether the root is a hole, depends on how the run was cut
// into slices, and so must never show: two half runs equal one.

extension EventQueue {
  /// The pending entries in the order in which they will come out.
  @usableFromInline
  var entriesInOrder: [Entry] {
    heap.dropFirst(hasHole ? 1 : 0).sorted { $0.precedes($1) }
  }
}

extension EventQueue: Equatable where Event: Equatable {
  /// Whether two queues hold the same future, however they came to hold it.
  public static func == (a: EventQueue, b: EventQueue) -> Bool {
    a.nextSequence == b.nextSequence && a.count == b.count && a.entriesInOrder == b.entriesInOrder
  }
}

private enum EventQueueKey: String, CodingKey {
  case nextSequence, entries
}

extension EventQueue: Encodable where Event: Encodable {
  /// Writes the pending events in the order in which they will come out.
  /// - Complexity: O(count · log count)
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: EventQueueKey.self)
    try container.encode(nextSequence, forKey: .nextSequence)
    try container.encode(entriesInOrder, forKey: .entries)
  }
}

extension EventQueue: Decodable where Event: Decodable {
  /// Reads what `encode(to:)` wrote.
  /// - Throws: `DecodingError.dataCorrupted` if the entries are not in order or have a sequence
  ///   number that was not yet drawn.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: EventQueueKey.self)
    nextSequence = try container.decode(UInt32.self, forKey: .nextSequence)
    // A sorted array is a heap.
    heap = try container.decode([Entry].self, forKey: .entries)
    let areInOrder = zip(heap, heap.dropFirst()).allSatisfy { $0.precedes($1) }
    let areDrawn = heap.allSatisfy { $0.sequence < nextSequence }
    guard areInOrder, areDrawn else {
      throw DecodingError.dataCorruptedError(
        forKey: .entries, in: container,
        debugDescription: "pending events are out of order or from the future of their own queue")
    }
  }
}
