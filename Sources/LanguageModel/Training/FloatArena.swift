/// Numbers allocated once and given out in pieces, so that a step of training allocates nothing.
///
/// A class, since it owns memory that pieces point into: it must outlive them.
final class FloatArena {
  private let base: UnsafeMutablePointer<Float>
  private let capacity: Int
  private var used = 0

  /// Room for so many numbers, all 0.
  ///
  /// Pieces begin at multiples of 64 bytes, so leave 16 numbers for each.
  init(capacity: Int) {
    self.capacity = capacity
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(capacity, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = bytes.bindMemory(to: Float.self, capacity: max(capacity, 1))
    base.initialize(repeating: 0, count: max(capacity, 1))
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// The next piece of so many numbers.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    let start = used
    used += (count + 15) / 16 * 16
    precondition(used <= capacity, "an arena of \(capacity) numbers was asked for \(used)")
    return base + start
  }
}
