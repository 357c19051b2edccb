/// Writes values as bytes for `SnapshotDecoder` to read back, quickly and on the same processor.
///
/// A snapshot is a cache: it belongs to one build of the program, and nothing ever migrates it. What
/// it is quick at is many copies of one world: see `WordArrayWriter`.
package enum SnapshotEncoder {
  /// The bytes of a value.
  /// - Throws: what the value's own encoding throws.
  package static func bytes(of value: some Encodable) throws -> [UInt8] {
    let writer = SnapshotWriter()
    try SnapshotEncoding(writer: writer).write(value)
    writer.closeFrames(downTo: 0)
    let names = writer.nameList.joined(separator: "\n")
    var bytes: [UInt8] = []
    let parts: [[UInt8]] = [Array(names.utf8), writer.words.bytes, writer.bytes]
    bytes.reserveCapacity(parts.reduce(24) { $0 + $1.count })
    for part in parts {
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes.append(contentsOf: $0) }
    }
    for part in parts { bytes.append(contentsOf: part) }
    return bytes
  }
}

/// The `Encoder` that a value writes itself to.
struct SnapshotEncoding: Encoder {
  let writer: SnapshotWriter
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Writes a value at the end of the bytes; frames that it opens are complete when this returns.
  func write(_ value: some Encodable) throws {
    if let index = wordArray(value) {
      writer.append(index)
      return
    }
    let depth = writer.depth
    try value.encode(to: self)
    writer.closeFrames(downTo: depth)
  }

  private func wordArray<Value>(_ value: Value) -> UInt32? {
    index(of: value, Int64.self) ?? index(of: value, UInt64.self) ?? index(of: value, Int32.self)
      ?? index(of: value, UInt32.self) ?? index(of: value, UInt16.self)
      ?? index(of: value, UInt8.self) ?? index(of: value, Double.self)
  }

  /// The type is compared, as an empty array can be cast to one of anything.
  private func index<Value, Word: BitwiseCopyable>(of value: Value, _ word: Word.Type) -> UInt32? {
    guard Value.self == [Word].self, let words = value as? [Word] else { return nil }
    return writer.words.index(of: words)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Keyed<Key>(writer: writer, level: writer.openFrame()))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    Unkeyed(writer: writer, level: writer.openFrame())
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(writer: writer) }
}

extension SnapshotEncoding {
  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: SnapshotWriter
    let level: Int
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil(forKey key: Key) {
      writer.beginEntry(level: level, name: key.stringValue)
    }
    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
      writer.beginEntry(level: level, name: key.stringValue)
      try SnapshotEncoding(writer: writer).write(value)
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
      -> KeyedEncodingContainer<Nested>
    {
      writer.beginEntry(level: level, name: key.stringValue)
      return SnapshotEncoding(writer: writer).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      writer.beginEntry(level: level, name: key.stringValue)
      return SnapshotEncoding(writer: writer).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder {
      writer.beginEntry(level: level, name: "super")
      return SnapshotEncoding(writer: writer)
    }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
      writer.beginEntry(level: level, name: key.stringValue)
      return SnapshotEncoding(writer: writer)
    }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let writer: SnapshotWriter
    let level: Int
    var count = 0
    var codingPath: [any CodingKey] { [] }

    init(writer: SnapshotWriter, level: Int) {
      self.writer = writer
      self.level = level
    }

    private mutating func begin() {
      writer.beginEntry(level: level, name: "")
      count += 1
    }
    mutating func encodeNil() { begin() }
    mutating func encode(_ value: some Encodable) throws {
      begin()
      try SnapshotEncoding(writer: writer).write(value)
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type)
      -> KeyedEncodingContainer<Nested>
    {
      begin()
      return SnapshotEncoding(writer: writer).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      begin()
      return SnapshotEncoding(writer: writer).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder {
      begin()
      return SnapshotEncoding(writer: writer)
    }
  }

  private struct Single: SingleValueEncodingContainer {
    let writer: SnapshotWriter
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() {}
    mutating func encode(_ value: Bool) { writer.append(UInt64(value ? 1 : 0)) }
    mutating func encode(_ value: String) { writer.append(value) }
    mutating func encode(_ value: Double) { writer.append(value.bitPattern) }
    mutating func encode(_ value: Float) { writer.append(UInt64(value.bitPattern)) }
    mutating func encode(_ value: Int) { write(value) }
    mutating func encode(_ value: Int8) { write(value) }
    mutating func encode(_ value: Int16) { write(value) }
    mutating func encode(_ value: Int32) { write(value) }
    mutating func encode(_ value: Int64) { write(value) }
    mutating func encode(_ value: UInt) { write(value) }
    mutating func encode(_ value: UInt8) { write(value) }
    mutating func encode(_ value: UInt16) { write(value) }
    mutating func encode(_ value: UInt32) { write(value) }
    mutating func encode(_ value: UInt64) { write(value) }
    mutating func encode(_ value: some Encodable) throws {
      try SnapshotEncoding(writer: writer).write(value)
    }

    private func write(_ value: some FixedWidthInteger) {
      writer.append(UInt64(truncatingIfNeeded: value))
    }
  }
}
