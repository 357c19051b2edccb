/// Reads numbers and texts from bytes, one after the other, the lowest byte first.
struct ByteCursor {
  let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// How many bytes are left.
  var left: Int { bytes.count - offset }

  mutating func take<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type = Number.self
  ) throws(ModelFileFault) -> Number {
    let start = try skip(UInt64(MemoryLayout<Number>.size))
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: start.lowerBound, as: type))
  }

  /// Passes over so many bytes; returns where they are.
  @discardableResult
  mutating func skip(_ count: UInt64) throws(ModelFileFault) -> Range<Int> {
    guard count <= UInt64(left) else {
      throw ModelFileFault(.endOfFile(needed: count, left: left), at: offset)
    }
    defer { offset += Int(count) }
    return offset..<(offset + Int(count))
  }

  /// Passes over a text, which has its length before it; returns where its bytes are.
  mutating func takeText() throws(ModelFileFault) -> Range<Int> {
    let start = offset
    let length = try take(UInt64.self)
    guard length <= UInt64(left) else {
      throw ModelFileFault(.endOfFile(needed: length, left: left), at: start)
    }
    return try skip(length)
  }

  /// A key or name of at most so many bytes.
  mutating func takeName(limit: Int) throws(ModelFileFault) -> String {
    let start = offset
    let range = try takeText()
    guard range.count <= limit else {
      throw ModelFileFault(.longName(bytes: UInt64(range.count), limit: limit), at: start)
    }
    guard let name = String(validating: bytes[range], as: UTF8.self) else {
      throw ModelFileFault(.notUTF8, at: range.lowerBound)
    }
    return name
  }

  /// A count of things that take at least so many bytes each and are at most `limit`.
  mutating func takeCount(eachAtLeast size: Int, limit: Int) throws(ModelFileFault) -> Int {
    let start = offset
    let count = try take(UInt64.self)
    guard count <= UInt64(left / size) else {
      let needed = count.multipliedReportingOverflow(by: UInt64(size))
      throw ModelFileFault(
        .endOfFile(needed: needed.overflow ? .max : needed.partialValue, left: left), at: start)
    }
    guard count <= UInt64(limit) else {
      throw ModelFileFault(.tooMany(count: count, limit: limit), at: start)
    }
    return Int(count)
  }
}
