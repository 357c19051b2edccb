import Glibc

/// Memory for the numbers of a model: zero at first, in large pages where the system has them.
///
/// A class, because the memory has one owner and ends with it.
///
/// `@unchecked Sendable`: the pointer never changes, and what it points at is written while it is filled
/// by the one who made it, and only read after that.
package final class WeightMemory: @unchecked Sendable {
  /// The system has no memory left, with its error number.
  package struct Fault: Error, Hashable, Sendable {
    /// The system's error number.
    package var errno: Int32
  }

  /// Where the memory begins, at a multiple of 2 MiB.
  package let start: UnsafeMutableRawPointer

  private let map: UnsafeMutableRawPointer
  private let mapBytes: Int

  /// So many bytes.
  package init(bytes: Int) throws(Fault) {
    // Reading 96 MiB from pages of 2 MiB instead of 4 KiB is a third faster: fewer addresses to look up.
    let largePage = 2 << 20
    mapBytes = bytes + largePage
    guard
      let map = mmap(
        nil, mapBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      map != MAP_FAILED
    else { throw Fault(errno: errno) }
    self.map = map
    start = map.alignedUp(toMultipleOf: largePage)
    madvise(start, bytes, MADV_HUGEPAGE)
  }

  deinit { munmap(map, mapBytes) }
}
