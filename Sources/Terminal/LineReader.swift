import CTerminal
import Glibc

/// Lines of a stream that is not a terminal, as they come, however long the stream is.
package struct LineReader: ~Copyable {
  /// A line without its newline, as bytes: what is wrong with them is the parser's to say.
  package struct Line: Hashable, Sendable {
    /// Its number, counted from 1.
    package var number: Int
    /// Its bytes.
    package var bytes: [UInt8]

    /// A line as given.
    package init(number: Int, bytes: [UInt8]) {
      self.number = number
      self.bytes = bytes
    }
  }

  /// Why there are no more lines.
  package enum Failure: Error, Hashable, Sendable {
    /// A line is longer than the limit, in bytes. The rest of the stream was not read.
    case lineTooLong(line: Int, limit: Int)
    /// The system refused to read, with its error number.
    case unreadable(line: Int, number: Int32)
    /// Ctrl-C was pressed while waiting.
    case interrupted
  }

  private let descriptor: Int32
  private let limit: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var number = 0
  private var isAtEnd = false

  /// A reader of a descriptor, which stays the caller's.
  ///
  /// The limit leaves room for a statement of the language's greatest length with a comment behind
  /// it.
  package init(descriptor: Int32 = STDIN_FILENO, limit: Int = 65_536 + 4_096) {
    self.descriptor = descriptor
    self.limit = limit
  }

  /// The next line, or nil at the end.
  ///
  /// A last line without a newline counts.
  package mutating func next() throws(Failure) -> Line? {
    var searched = 0
    while true {
      let start = position + searched
      if let newline = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        return try take(through: newline, dropping: 1)
      }
      searched = buffer.count - position
      guard searched <= limit else {
        throw .lineTooLong(line: number + 1, limit: limit)
      }
      if isAtEnd { return searched == 0 ? nil : try take(through: buffer.count, dropping: 0) }
      try fill()
    }
  }

  private mutating func take(through end: Int, dropping count: Int) throws(Failure) -> Line {
    number += 1
    guard end - position <= limit else { throw .lineTooLong(line: number, limit: limit) }
    let line = Line(number: number, bytes: Array(buffer[position..<end]))
    position = end + count
    return line
  }

  private mutating func fill() throws(Failure) {
    buffer.removeFirst(position)
    position = 0
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count >= 0 {
        isAtEnd = count == 0
        buffer += chunk[..<count]
        return
      }
      let error = terminal_error()
      guard error == EINTR else { throw .unreadable(line: number + 1, number: error) }
      if Interrupts.isRequested { throw .interrupted }
    }
  }
}
