/// A text that holds statements or a lesson, with the name that people know it by.
///
/// Everything that is parsed keeps offsets into a source, so a diagnostic can always say file, line
/// and column, and show the line, wherever the text came from.
package struct Source: Sendable {
  /// The file's path, or nil for the keyboard and `-c`.
  package let name: String?
  /// The text as UTF-8.
  package let bytes: [UInt8]
  /// The number of the first line: a prompt counts its lines through a session.
  package let firstLine: Int
  private let lineStarts: [Int]

  /// A source of a text.
  package init(name: String? = nil, text: String, firstLine: Int = 1) {
    self.init(name: name, bytes: Array(text.utf8), firstLine: firstLine)
  }

  /// A source of bytes, which should be UTF-8.
  ///
  /// The mark that some editors put at the start of a file (EF BB BF) is no part of the text.
  package init(name: String? = nil, bytes: [UInt8], firstLine: Int = 1) {
    let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == Ascii.newline {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The offsets of the whole text.
  package var all: Range<Int> { 0..<bytes.count }

  /// The text of a range of offsets.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// How many lines there are.
  package var lineCount: Int { lineStarts.count }

  /// The offsets of a line by index from 0, without its newline.
  package func lineRange(_ index: Int) -> Range<Int> {
    let end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    return lineStarts[index]..<max(lineStarts[index], end)
  }

  /// The index from 0 of the line that holds an offset.
  package func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Where a range of offsets lies, as people say it: file, line, column, length.
  package func span(_ range: Range<Int>) -> SourceSpan {
    let line = lineIndex(of: range.lowerBound)
    let whole = lineRange(line)
    let start = min(range.lowerBound, whole.upperBound)
    let end = min(max(range.upperBound, start), whole.upperBound)
    return SourceSpan(
      file: name, line: firstLine + line, column: text(whole.lowerBound..<start).count + 1,
      length: max(1, text(start..<end).count), lineText: excerpt(whole, through: end))
  }

  /// A line as a diagnostic shows it; of a very long one only the beginning, as far as the place
  /// and some more.
  private func excerpt(_ range: Range<Int>, through end: Int) -> String {
    let limit = max(400, end - range.lowerBound + 200)
    guard range.count > limit else { return text(range) }
    return text(range.lowerBound..<range.lowerBound + limit) + "…"
  }
}

/// A place in a source, in the words of a diagnostic.
///
/// Lines and columns count from 1, columns in characters.
package struct SourceSpan: Hashable, Sendable {
  /// The file, or nil for what was typed.
  package var file: String?
  /// The line.
  package var line: Int
  /// The column of the first character.
  package var column: Int
  /// How many characters are meant; at least 1.
  package var length: Int
  /// The whole line, for showing it.
  package var lineText: String

  /// A place as given.
  package init(file: String?, line: Int, column: Int, length: Int, lineText: String) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.lineText = lineText
  }
}

/// The bytes that the language gives a meaning to.
package enum Ascii {
  package static let newline = UInt8(ascii: "\n")
  package static let space = UInt8(ascii: " ")
  package static let tab = UInt8(ascii: "\t")
  package static let carriageReturn = UInt8(ascii: "\r")
  package static let quote = UInt8(ascii: "\"")
  package static let backslash = UInt8(ascii: "\\")
  package static let hash = UInt8(ascii: "#")

  package static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  package static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == carriageReturn
  }
}
