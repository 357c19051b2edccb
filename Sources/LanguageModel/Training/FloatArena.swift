import Compute

/// Numbers allocated once and given out in pieces, so that a step of training allocates nothing.
///
/// A class, since it owns memory that pieces point into: it must outlive them.
final class FloatArena {
  private let memory: WeightMemory
  private let base: UnsafeMutablePointer<Float>
  private let capacity: Int
  private var used = 0

  /// Room for so many numbers, all 0; the system gives memory for them as they are used.
  ///
  /// Pieces begin at multiples of 64 bytes, so leave 16 numbers for each.
  init(capacity: Int) {
    self.capacity = capacity
    do {
      memory = try WeightMemory(bytes: max(capacity, 1) * MemoryLayout<Float>.stride)
    } catch {
      preconditionFailure("no memory for \(capacity) numbers, error \(error.errno)")
    }
    base = memory.start.bindMemory(to: Float.self, capacity: max(capacity, 1))
  }

  /// The next piece of so many numbers.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    let start = used
    used += (count + 15) / 16 * 16
    precondition(used <= capacity, "an arena of \(capacity) numbers was asked for \(used)")
    return base + start
  }
}
