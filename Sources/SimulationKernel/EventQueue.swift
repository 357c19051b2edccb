import Quantities

/// The future of a simulation: events in the order in which they fall due.
///
/// A binary heap in one array. Events due at the same moment come out in the order in which they
/// went in, so the order is total and a run repeats bit for bit. Taking the first event leaves a
/// hole at the root, and the next event that goes in drops into it: most handlers schedule one
/// event for each that they handle, and so pay for one sift instead of two.
///
/// Keep `Event` small (8 bytes): an enum that names what happens and to whom, by number.
public struct EventQueue<Event> {
  @usableFromInline
  struct Entry {
    @usableFromInline let due: Moment
    @usableFromInline let sequence: UInt64
    @usableFromInline let event: Event

    @inlinable
    init(due: Moment, sequence: UInt64, event: Event) {
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
  @usableFromInline var nextSequence: UInt64 = 0

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
