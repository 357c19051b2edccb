import CComputeKernels

/// Vectors that go into a product, as they are and rounded to 16 bits in blocks of 32.
///
/// A class, because it owns the memory that products read. It is used by one computation at a time;
/// the threads of a pool round different vectors.
package final class VectorBatch {
  /// How many vectors are in use.
  package var count = 0
  /// Numbers of each vector that are in use, at most the greatest width.
  package var width = 0

  /// The vectors, `stride` apart.
  package let values: UnsafeMutablePointer<Float>
  /// From one vector to the next.
  package let stride: Int

  let integers: UnsafeMutablePointer<Int16>
  let scales: UnsafeMutablePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  /// Room for so many vectors of up to so many numbers.
  package init(capacity: Int, width: Int) {
    stride = (width + 31) / 32 * 32
    let numbers = capacity * stride
    values = .allocate(capacity: numbers)
    integers = .allocate(capacity: numbers)
    scales = .allocate(capacity: numbers / 32)
    sums = .allocate(capacity: numbers / 32)
  }

  deinit {
    values.deallocate()
    integers.deallocate()
    scales.deallocate()
    sums.deallocate()
  }

  /// The numbers of a vector.
  package func vector(_ index: Int) -> UnsafeMutablePointer<Float> { values + index * stride }

  /// Rounds a vector, which holds `width` numbers.
  ///
  /// The rounded vectors follow each other without gaps.
  package func round(_ index: Int) {
    let blocks = width / 32
    compute_quantize(
      vector(index), blocks, integers + index * width, scales + index * blocks,
      sums + index * blocks)
  }
}
