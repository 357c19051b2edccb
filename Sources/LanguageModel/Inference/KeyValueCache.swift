/// The keys and values that the tokens of a sequence have left behind.
///
/// Keys lie in tiles of 16 places, [place / 16, d, 16], so that a query meets 16 places at once; values
/// as [place, d], where d is padded to a multiple of 16. A head of a layer has its keys, then its values.
///
/// A class, because it owns memory that grows by a token at a time and is never copied.
package final class KeyValueCache {
  /// How many tokens are in it.
  package private(set) var count = 0
  /// How many fit.
  package let capacity: Int

  private let shape: TransformerShape
  private let numbers: UnsafeMutablePointer<Float>
  private let keyNumbers: Int
  private let valueNumbers: Int
  /// Width of a head of values, padded.
  let valueWidth: Int

  /// A cache for sequences of up to so many tokens.
  ///
  /// The system gives memory as tokens come, `TransformerShape.keyValueBytes(perNumber: 4)` for each.
  package init(shape: TransformerShape, capacity: Int) {
    self.shape = shape
    self.capacity = capacity
    valueWidth = (shape.headWidth + 15) / 16 * 16
    keyNumbers = (capacity + 15) / 16 * 16 * shape.headWidth
    valueNumbers = capacity * valueWidth
    let heads = shape.layers * shape.keyValueHeads
    numbers = .allocate(capacity: heads * (keyNumbers + valueNumbers))
  }

  deinit { numbers.deallocate() }

  /// Forgets the tokens from a place on.
  package func truncate(to count: Int) {
    precondition((0...self.count).contains(count), "\(count) of \(self.count) tokens cannot stay")
    self.count = count
  }

  /// Says that so many tokens more are in it.
  func advance(by tokens: Int) { count += tokens }

  /// The keys of a head.
  func keys(layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
    numbers + (layer * shape.keyValueHeads + head) * (keyNumbers + valueNumbers)
  }

  /// The values of a head.
  func values(layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
    keys(layer: layer, head: head) + keyNumbers
  }

  /// Stores the key and the value of a place.
  func store(
    layer: Int, head: Int, place: Int, key: UnsafePointer<Float>, value: UnsafePointer<Float>
  ) {
    let width = shape.headWidth
    let target = keys(layer: layer, head: head) + place / 16 * 16 * width + place % 16
    for index in 0..<width { target[16 * index] = key[index] }
    (values(layer: layer, head: head) + place * valueWidth).update(from: value, count: width)
  }
}
