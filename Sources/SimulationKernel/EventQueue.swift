import Quantities

/// The future of a simulation: events in the order in which they fall due.
///
/// A binary heap in one array. Events due at the same moment come out in the order in which they
/// went in, so the order is total and a run repeats bit for bit. Taking the first event leaves a
/// hole at the root, and the next event that goes in drops into it: most handlers schedule one
/// event for each that they handle, and so pay for one sift instead of two.
///
/// Keep `Event` small: an enum that names what happens and to whom, by number. With up to 4 bytes an
/// entry of the heap takes 16, with up to 8 it takes 24.
public struct EventQueue<Event> {
  @usableFromInline
  struct Entry {
    @usableFromInline let due: Moment
    @usableFromInline var sequence: UInt32
    @usableFromInline let event: Event

    @inlinable
    init(due: Moment, sequence: UInt32, event: Event) {
      self.due = due
      self.sequence = sequence
      self.event = event
    }

    @inlinable
    func precedes(_ other: Entry) -> Bool {
      due < other.due || (due == other.due && sequence < other.sequence)
    }
  }

  /// The heap; while `hasHole`, the entry at index 0 has been taken already.
  @usableFromInline var heap: [Entry] = []
  @usableFromInline var hasHole = false
  @usableFromInline var nextSequence: UInt32 = 0

  /// A future in which nothing happens.
  @inlinable
  public init() {}

  /// How many events are pending.
  @inlinable
  public var count: Int { hasHole ? heap.count - 1 : heap.count }

  /// Adds an event.
  /// - Complexity: O(log count)
  @inlinable
  public mutating func push(_ event: Event, due: Moment) {
    if nextSequence == .max { renumber() }
    let entry = Entry(due: due, sequence: nextSequence, event: event)
    nextSequence &+= 1
    if hasHole {
      hasHole = false
      siftDown(entry)
    } else {
      heap.append(entry)
      siftUp(entry)
    }
  }

  /// When the first event falls due, or nil if there is none.
  @inlinable
  public mutating func nextDue() -> Moment? {
    settle()
    return heap.isEmpty ? nil : heap[0].due
  }

  /// Takes the first event if it falls due before `end`.
  /// - Complexity: O(log count), paid here or by the next `push`.
  @inlinable
  public mutating func popFirst(before end: Moment) -> (due: Moment, event: Event)? {
    settle()
    guard !heap.isEmpty else { return nil }
    let first = heap[0]
    guard first.due < end else { return nil }
    hasHole = true
    return (first.due, first.event)
  }

  /// Draws the sequence numbers of the pending events anew, in their order.
  ///
  /// Four bytes of sequence number instead of eight make an entry a third smaller, and a large heap
  /// is as fast as the memory it touches. They last for four thousand million events; then this.
  /// - Complexity: O(count · log count)
  @usableFromInline
  mutating func renumber() {
    heap = entriesInOrder
    hasHole = false
    for index in heap.indices { heap[index].sequence = UInt32(index) }
    nextSequence = UInt32(heap.count)
  }

  /// Closes the hole at the root, if there is one.
  @inlinable
  mutating func settle() {
    guard hasHole else { return }
    hasHole = false
    let last = heap.removeLast()
    if !heap.isEmpty { siftDown(last) }
  }

  /// Puts `entry` where it belongs, from the root downwards; the root's own entry is lost.
  @inlinable
  mutating func siftDown(_ entry: Entry) {
    heap.withUnsafeMutableBufferPointer { heap in
      let count = heap.count
      var hole = 0
      var child = 1
      while child < count {
        if child + 1 < count, heap[child + 1].precedes(heap[child]) { child += 1 }
        guard heap[child].precedes(entry) else { break }
        heap[hole] = heap[child]
        hole = child
        child = 2 * hole + 1
      }
      heap[hole] = entry
    }
  }

  /// Puts `entry`, which stands last, where it belongs, from the last leaf upwards.
  @inlinable
  mutating func siftUp(_ entry: Entry) {
    heap.withUnsafeMutableBufferPointer { heap in
      var hole = heap.count - 1
      while hole > 0 {
        let parent = (hole - 1) / 2
        guard entry.precedes(heap[parent]) else { break }
        heap[hole] = heap[parent]
        hole = parent
      }
      heap[hole] = entry
    }
  }
}

extension EventQueue: Sendable where Event: Sendable {}
extension EventQueue.Entry: Sendable where Event: Sendable {}

// Synthesised, and so bound to this file; EventQueue+Codable.swift says what they are for.
extension EventQueue.Entry: Equatable where Event: Equatable {}
extension EventQueue.Entry: Encodable where Event: Encodable {}
extension EventQueue.Entry: Decodable where Event: Decodable {}
