import Glibc
import Terminal
import Testing

/// The lines of bytes that come through a pipe, and how the reading ended.
private func lines(_ bytes: [UInt8], limit: Int = 100) throws -> (
  lines: [LineReader.Line], failure: LineReader.Failure?
) {
  var ends: [Int32] = [0, 0]
  try #require(pipe(&ends) == 0)
  // What is written here fits into a pipe, so nothing blocks.
  try #require(write(ends[1], bytes, bytes.count) == bytes.count)
  close(ends[1])
  defer { close(ends[0]) }
  var reader = LineReader(descriptor: ends[0], limit: limit)
  var lines: [LineReader.Line] = []
  do {
    while let line = try reader.next() { lines.append(line) }
  } catch {
    return (lines, error)
  }
  return (lines, nil)
}

private func line(_ number: Int, _ text: String) -> LineReader.Line {
  LineReader.Line(number: number, bytes: Array(text.utf8))
}

@Test func linesAreNumberedAndTheLastNeedsNoNewline() throws {
  #expect(
    try lines(Array("a\n\nb\r\nc".utf8)).lines == [
      line(1, "a"), line(2, ""), line(3, "b\r"), line(4, "c"),
    ])
  #expect(try lines(Array("a\n".utf8)).lines == [line(1, "a")])
  #expect(try lines([]).lines == [])
}

@Test func bytesThatAreNoTextPassThrough() throws {
  #expect(try lines([0, 255, 10]).lines.map(\.bytes) == [[0, 255]])
}

@Test func aLineOfTheLimitIsReadAndALongerOneIsNot() throws {
  let hundred = [UInt8](repeating: 97, count: 100)
  #expect(try lines([98, 10] + hundred + [10]).lines.count == 2)
  #expect(try lines(hundred).lines.count == 1)
  for end in [[], [10]] as [[UInt8]] {
    let result = try lines([98, 10] + hundred + [97] + end)
    #expect(result.lines == [line(1, "b")])
    #expect(result.failure == .lineTooLong(line: 2, limit: 100))
  }
}

@Test func aStreamWithoutEndIsGivenUp() throws {
  let zero = open("/dev/zero", O_RDONLY)
  defer { close(zero) }
  var reader = LineReader(descriptor: zero)
  #expect(throws: LineReader.Failure.lineTooLong(line: 1, limit: 69_632)) { try reader.next() }
}

@Test func whatCannotBeReadSaysSo() {
  var reader = LineReader(descriptor: -1)
  #expect(throws: LineReader.Failure.unreadable(line: 1, number: EBADF)) { try reader.next() }
}
