/// Bytes of a snapshot under construction.
///
/// Everything that is encoded writes into one stretch of bytes, in the order in which it comes:
///
///     frame   count (4), then for each entry: name (4), length (4), value
///     value   a frame, a word (8), a text, the index of an array of words (4), or nothing for nil
///
/// The lengths let a reader find an entry by its name and pass over what it does not ask for. A class,
/// because the containers that Swift's `Encoder` hands out all write to the same bytes.
final class SnapshotWriter {
  private(set) var bytes: [UInt8] = []
  private var names: [String: UInt32] = [:]
  private(set) var nameList: [String] = []
  let words = WordArrayWriter()

  /// A frame that is still being written: where its count stands, where the open entry's length
  /// stands, if there is one.
  private struct Frame {
    var start: Int
    var count: UInt32 = 0
    var openLength: Int?
  }

  private var frames: [Frame] = []

  /// How many frames are open.
  var depth: Int { frames.count }

  /// Opens a frame and returns its level.
  func openFrame() -> Int {
    frames.append(Frame(start: bytes.count))
    append(UInt32(0))
    return frames.count - 1
  }

  /// Begins an entry of the frame at a level; whatever was open below that level is complete.
  func beginEntry(level: Int, name: String) {
    closeFrames(downTo: level + 1)
    closeEntry(level)
    append(number(of: name))
    frames[level].openLength = bytes.count
    frames[level].count += 1
    append(UInt32(0))
  }

  /// Completes all frames from a level on.
  func closeFrames(downTo level: Int) {
    while frames.count > level {
      closeEntry(frames.count - 1)
      let frame = frames.removeLast()
      patch(frame.count, at: frame.start)
    }
  }

  private func closeEntry(_ level: Int) {
    guard let start = frames[level].openLength else { return }
    patch(UInt32(bytes.count - start - 4), at: start)
    frames[level].openLength = nil
  }

  /// Writes a word.
  func append(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes half a word.
  func append(_ word: UInt32) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes a text: a mark, so that an empty one is not nothing, and its bytes.
  func append(_ text: String) {
    bytes.append(1)
    bytes.append(contentsOf: text.utf8)
  }

  private func patch(_ word: UInt32, at offset: Int) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> (8 * index)) }
  }

  private func number(of name: String) -> UInt32 {
    if let known = names[name] { return known }
    let number = UInt32(nameList.count)
    names[name] = number
    nameList.append(name)
    return number
  }
}

/// The arrays of words in a snapshot, each written once however often it occurs.
///
/// Copies of a world share most of their records, and so do their snapshots. Arrays are told apart by
/// where they lie, so those that are being encoded must stay alive until the snapshot is written.
final class WordArrayWriter {
  private struct Place: Hashable {
    var address: UInt
    var byteCount: Int
  }

  private var places: [Place: UInt32] = [:]
  private var kept: [Any] = []
  private(set) var count: UInt32 = 0
  private(set) var bytes: [UInt8] = []

  /// The index of an array, which is written if it was not before.
  func index<Word: BitwiseCopyable>(of words: [Word]) -> UInt32 {
    words.withUnsafeBytes { raw in
      let place = Place(address: UInt(bitPattern: raw.baseAddress), byteCount: raw.count)
      if !raw.isEmpty, let known = places[place] { return known }
      let index = count
      if !raw.isEmpty {
        places[place] = index
        // A later array at the same place would be taken for this one.
        kept.append(words)
      }
      count += 1
      withUnsafeBytes(of: UInt32(raw.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: raw)
      return index
    }
  }
}
