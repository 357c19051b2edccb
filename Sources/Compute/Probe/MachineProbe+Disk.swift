import Glibc

extension MachineProbe {
  /// Writes a file until it is on the disk, has the system forget it, and reads it again.
  ///
  /// A disk that cannot be written is not measured; the reading is then nil, as without permission.
  func measureDisk() throws -> (
    write: MachineMeasurement.Reading, read: MachineMeasurement.Reading,
    access: MachineMeasurement.Reading
  )? {
    guard let folder = scope.folder else { return nil }
    let path = folder + "/machineroom-probe.\(getpid())"
    defer { unlink(path) }
    var writes: [Double] = []
    var reads: [Double] = []
    for _ in 0..<3 {
      try checkpoint()
      guard let write = try writeRate(path), let read = try readRate(path) else { return nil }
      writes.append(write)
      reads.append(read)
    }
    guard let accesses = try accessTimes(path) else { return nil }
    return (
      MachineMeasurement.Reading(writes), MachineMeasurement.Reading(reads),
      MachineMeasurement.Reading(accesses)
    )
  }

  private static let chunkBytes = 1 << 20
  /// `Chosen:` as much as a system reads at least.
  private static let blockBytes = 4_096
  /// `Chosen:` odd, and a fifth of a second on a disk that turns.
  private static let accesses = 25

  private func writeRate(_ path: String) throws -> Double? {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // Bytes that do not repeat, for disks that would press zeros together.
    var chunk = [UInt8](repeating: 0, count: MachineProbe.chunkBytes)
    var state: UInt64 = 1
    for index in chunk.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      chunk[index] = UInt8(truncatingIfNeeded: state >> 56)
    }
    let start = MachineProbe.now()
    for _ in 0..<MachineProbe.diskBytes / chunk.count {
      try checkpoint()
      guard write(file, chunk, chunk.count) == chunk.count else { return nil }
    }
    guard fsync(file) == 0 else { return nil }
    return Double(MachineProbe.diskBytes) / (MachineProbe.now() - start)
  }

  private func readRate(_ path: String) throws -> Double? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    var chunk = [UInt8](repeating: 0, count: MachineProbe.chunkBytes)
    let start = MachineProbe.now()
    var total = 0
    while true {
      try checkpoint()
      let count = read(file, &chunk, chunk.count)
      guard count >= 0 else { return nil }
      if count == 0 { break }
      total += count
    }
    return Double(total) / (MachineProbe.now() - start)
  }

  /// Seconds to read one block each, at places all over the file, in no order and without reading
  /// ahead.
  private func accessTimes(_ path: String) throws -> [Double]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM)
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    var block = [UInt8](repeating: 0, count: MachineProbe.blockBytes)
    let blocks = MachineProbe.diskBytes / MachineProbe.blockBytes
    var state: UInt64 = 1
    var times: [Double] = []
    for _ in 0..<MachineProbe.accesses {
      try checkpoint()
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let offset = Int(state >> 33) % blocks * MachineProbe.blockBytes
      let start = MachineProbe.now()
      guard pread(file, &block, block.count, off_t(offset)) == block.count else { return nil }
      times.append(MachineProbe.now() - start)
    }
    return times
  }
}

/// Small files of the system.
enum ProbeFile {
  /// The text of a file without its last newline, or nil.
  static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(file, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let text = String(decoding: buffer[..<count], as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
