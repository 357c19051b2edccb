import CommandLanguage

/// Small questions about ranges of a source.
enum LineText {
  /// The range without the blanks at its ends.
  static func trimmed(_ source: Source, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isSpace(source.bytes[start]) { start += 1 }
    while end > start, isSpace(source.bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Whether nothing but blanks stands there.
  static func isBlank(_ source: Source, _ range: Range<Int>) -> Bool {
    trimmed(source, range).isEmpty
  }

  /// Whether the range begins with a text.
  static func starts(_ source: Source, _ range: Range<Int>, with text: String) -> Bool {
    source.bytes[range].starts(with: text.utf8)
  }

  /// Where a text stands first in the range, or nil.
  static func find(_ text: String, in source: Source, _ range: Range<Int>) -> Range<Int>? {
    let wanted = Array(text.utf8)
    guard range.count >= wanted.count else { return nil }
    for start in range.lowerBound...(range.upperBound - wanted.count)
    where source.bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return start..<start + wanted.count
    }
    return nil
  }

  /// The names of a list with commas, each with its place.
  static func names(_ source: Source, _ range: Range<Int>) -> [Name] {
    var names: [Name] = []
    var start = range.lowerBound
    for offset in range.lowerBound...range.upperBound
    where offset == range.upperBound || source.bytes[offset] == UInt8(ascii: ",") {
      let piece = trimmed(source, start..<offset)
      if !piece.isEmpty { names.append(Name(text: source.text(piece), range: piece)) }
      start = offset + 1
    }
    return names
  }

  /// `key: value` at the beginning of a range, blanks around the value removed, or nil.
  static func keyAndValue(_ source: Source, _ range: Range<Int>) -> (key: Name, value: Range<Int>)?
  {
    var end = range.lowerBound
    while end < range.upperBound, isKeyByte(source.bytes[end]) { end += 1 }
    guard end > range.lowerBound, end < range.upperBound, source.bytes[end] == UInt8(ascii: ":"),
      end + 1 == range.upperBound || isSpace(source.bytes[end + 1])
    else { return nil }
    let key = Name(
      text: source.text(range.lowerBound..<end), range: range.lowerBound..<end)
    return (key, trimmed(source, end + 1..<range.upperBound))
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    Ascii.isDigit(byte) || (97...122).contains(byte) || (65...90).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    Ascii.isBlank(byte) || byte == Ascii.newline
  }
}
