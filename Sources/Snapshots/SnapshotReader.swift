/// The bytes of a snapshot, with the names and the arrays of words that it refers to.
///
/// It trusts nothing: what points outside of the bytes is a `SnapshotProblem`.
final class SnapshotReader {
  let bytes: [UInt8]
  let names: [String]
  /// Where the value begins and ends.
  let value: Range<Int>
  private let wordPlaces: [Range<Int>]
  private var arrays: [Int: Any] = [:]

  init(_ bytes: [UInt8]) throws(SnapshotProblem) {
    self.bytes = bytes
    guard bytes.count >= 24 else { throw .cutOff }
    var start = 24
    var parts: [Range<Int>] = []
    for index in 0..<3 {
      let length = SnapshotReader.word(bytes, at: index * 8)
      guard length <= UInt64(bytes.count - start) else { throw .cutOff }
      parts.append(start..<start + Int(length))
      start += Int(length)
    }
    names = String(decoding: bytes[parts[0]], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    wordPlaces = try SnapshotReader.places(bytes, parts[1])
    value = parts[2]
  }

  private static func places(_ bytes: [UInt8], _ range: Range<Int>) throws(SnapshotProblem)
    -> [Range<Int>]
  {
    var places: [Range<Int>] = []
    var position = range.lowerBound
    while position < range.upperBound {
      guard range.upperBound - position >= 4 else { throw .cutOff }
      let length = Int(SnapshotReader.half(bytes, at: position))
      guard length <= range.upperBound - position - 4 else { throw .cutOff }
      places.append(position + 4..<position + 4 + length)
      position += 4 + length
    }
    return places
  }

  /// The array of an index; two that ask for the same one share it.
  func array<Word: BitwiseCopyable>(_ index: Int, of type: Word.Type) throws(SnapshotProblem)
    -> [Word]
  {
    if let known = arrays[index] as? [Word] { return known }
    guard wordPlaces.indices.contains(index) else { throw .cutOff }
    let place = wordPlaces[index]
    let size = MemoryLayout<Word>.size
    guard place.count.isMultiple(of: size) else { throw .otherShape }
    let words = [Word](unsafeUninitializedCapacity: place.count / size) { buffer, count in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyBytes(from: $0[place]) }
      count = place.count / size
    }
    arrays[index] = words
    return words
  }

  /// The word at an offset, which the caller knows to lie within the bytes.
  func word(at offset: Int) -> UInt64 { SnapshotReader.word(bytes, at: offset) }

  /// The half word at an offset, which the caller knows to lie within the bytes.
  func half(at offset: Int) -> UInt32 { SnapshotReader.half(bytes, at: offset) }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  private static func half(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
  }
}

/// Why bytes are no snapshot of the value that was asked for.
package enum SnapshotProblem: Error, Hashable, Sendable {
  /// They end too early, or point outside of themselves.
  case cutOff
  /// They hold a value of another shape.
  case otherShape
}
