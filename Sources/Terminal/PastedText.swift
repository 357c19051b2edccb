import Rendering

/// What came between the marks of a bracketed paste.
///
/// - Source: xterm's control sequences, "Bracketed Paste Mode".
struct PastedText {
  /// The longest paste, in bytes.
  ///
  /// `Chosen:` the longest statement; what is longer belongs into a file.
  static let lengthMax = 65_536
  /// How long a paste may pause before it counts as over, in milliseconds.
  ///
  /// `Chosen:` longer than a slow connection pauses, shorter than a person waits for a lost end.
  static let pauseMilliseconds: Int32 = 2_000

  static let start = "[200~"
  private static let end = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []
  /// How many bytes there were, those included that are not kept.
  private(set) var count = 0
  private(set) var isOver = false

  /// Takes the next byte.
  mutating func take(_ byte: UInt8) {
    bytes.append(byte)
    count += 1
    if bytes.suffix(PastedText.end.count).elementsEqual(PastedText.end) {
      bytes.removeLast(PastedText.end.count)
      count -= PastedText.end.count
      isOver = true
    } else if isTooLong, bytes.count > 2 * PastedText.end.count {
      bytes.removeFirst(bytes.count - PastedText.end.count)
    }
  }

  /// Whether more came than is taken; nothing of it is kept then.
  var isTooLong: Bool { count > PastedText.lengthMax + PastedText.end.count }

  /// The text as it goes into the line: lines end in `\n`, the last without it, and no character of it
  /// does anything.
  var text: String {
    let lines = String(decoding: bytes, as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.text(String($0), isAscii: false) }
    return lines.joined(separator: "\n").trimmingNewlines
  }

  /// The index of the last of a byte that stands outside of pastes, or nil.
  static func lastIndex(of key: UInt8, in bytes: some Collection<UInt8>) -> Int? {
    let opening = Array("\u{1B}\(start)".utf8)
    var isInside = false
    var found: Int?
    var last: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      last = last.suffix(opening.count - 1) + [byte]
      if last == opening { isInside = true }
      if last == end { isInside = false }
      if byte == key, !isInside { found = index }
    }
    return found
  }
}

extension String {
  /// The text without line breaks at its end.
  fileprivate var trimmingNewlines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
