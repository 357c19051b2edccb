import Glibc

/// The bytes of a file, as memory that the system fills when it is read.
///
/// A class, because the map has one owner and ends with it. The file must not become shorter while it
/// is mapped: reading what is no longer there ends the program, so what is kept for long is copied.
///
/// `@unchecked Sendable`: the pointer never changes, and nobody writes to what it points at.
package final class MappedFile: @unchecked Sendable {
  /// Why a file cannot be mapped, with the system's error number.
  package enum Fault: Error, Hashable, Sendable {
    /// It cannot be opened or asked for its size.
    case unreadable(errno: Int32)
    /// It is a folder, a pipe or a device.
    case notAFile
    /// The system has no room for the map.
    case unmappable(errno: Int32)
  }

  /// All bytes of the file, which are there while the map is held.
  package let bytes: UnsafeRawBufferPointer

  private let unmaps: Bool

  /// Maps the file at a path.
  package init(path: String) throws(Fault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      unmaps = false
      return
    }
    guard let map = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), map != MAP_FAILED else {
      throw .unmappable(errno: errno)
    }
    bytes = UnsafeRawBufferPointer(start: map, count: size)
    unmaps = true
  }

  /// The same over bytes in memory, which are copied.
  package init(copying source: some Collection<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
    copy.copyBytes(from: source)
    bytes = UnsafeRawBufferPointer(copy)
    unmaps = false
  }

  deinit {
    if unmaps {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }
}
