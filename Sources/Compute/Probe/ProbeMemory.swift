import Glibc

/// A block of memory that kernels read: as doubles for bandwidth, as a chain of indices for latency.
///
/// A class, because the block has one owner and is freed with it.
final class ProbeMemory {
  private let block: UnsafeMutableRawPointer
  private let size: Int

  /// A block of so many bytes, aligned to a cache line and touched, so that all of it is there.
  init(bytes: Int) {
    size = bytes
    block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4_096)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
  }

  deinit { block.deallocate() }

  /// The block as numbers, all zero unless a chain lies in it.
  var doubles: UnsafePointer<Double> {
    UnsafePointer(block.assumingMemoryBound(to: Double.self))
  }

  /// The block as indices.
  var indices: UnsafePointer<Int> { UnsafePointer(block.assumingMemoryBound(to: Int.self)) }

  /// Lays a chain through the first bytes of the block that visits each cache line once, in an order
  /// that no prefetcher guesses.
  ///
  /// - Source: Sattolo, "An algorithm to generate a random cyclic permutation", Information Processing
  ///   Letters 22, 1986: one cycle through all, so that no line is met twice before all were met.
  func layChain(bytes: Int) {
    let wordsPerLine = 64 / MemoryLayout<Int>.size
    let count = max(2, min(bytes, size) / 64)
    var order = Array(0..<count)
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    for index in Swift.stride(from: count - 1, to: 0, by: -1) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      order.swapAt(index, Int(state >> 33) % index)
    }
    let words = block.assumingMemoryBound(to: Int.self)
    for (line, next) in order.enumerated() { words[line * wordsPerLine] = next * wordsPerLine }
  }

  /// Makes the first bytes zero again.
  func clear(bytes: Int) { memset(block, 0, min(bytes, size)) }
}
