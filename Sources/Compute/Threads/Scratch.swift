import Synchronization

/// Memory that calls borrow for their time, kept for the next call.
///
/// `@unchecked Sendable`: a slot's memory is touched only by who has taken the slot, and the exchange
/// that takes it and the store that gives it back order one borrower after the other.
final class Scratch: @unchecked Sendable {
  private final class Slot {
    let isTaken = Atomic<Bool>(false)
    var memory: UnsafeMutableRawBufferPointer?

    deinit { memory?.deallocate() }
  }

  /// `Chosen:` as many calls at a time find memory that is there; more allocate.
  private let slots = (0..<16).map { _ in Slot() }

  /// Calls the body with room for so many numbers, aligned to a cache line; what is in it is left over.
  ///
  /// The same `place` finds the same memory, if that is free: what a core has written last is in its
  /// cache, and would have to be fetched from there by another one.
  func withFloats<Result>(
    _ count: Int, place: Int = 0, _ body: (UnsafeMutablePointer<Float>) throws -> Result
  ) rethrows -> Result {
    let bytes = max(1, count) * MemoryLayout<Float>.stride
    guard let slot = freeSlot(from: place) else {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
      defer { memory.deallocate() }
      return try body(Scratch.floats(memory))
    }
    defer { slot.isTaken.store(false, ordering: .releasing) }
    if let memory = slot.memory, memory.count >= bytes { return try body(Scratch.floats(memory)) }
    slot.memory?.deallocate()
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
    slot.memory = memory
    return try body(Scratch.floats(memory))
  }

  /// Takes the first free slot from a place on, round the end.
  private func freeSlot(from place: Int) -> Slot? {
    for offset in slots.indices {
      let slot = slots[(place + offset) % slots.count]
      if !slot.isTaken.exchange(true, ordering: .acquiring) { return slot }
    }
    return nil
  }

  private static func floats(_ memory: UnsafeMutableRawBufferPointer) -> UnsafeMutablePointer<Float>
  {
    guard let base = memory.baseAddress else { preconditionFailure("no memory was allocated") }
    return base.assumingMemoryBound(to: Float.self)
  }
}
