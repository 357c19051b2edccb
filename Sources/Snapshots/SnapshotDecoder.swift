/// Reads what `SnapshotEncoder` wrote.
package enum SnapshotDecoder {
  /// The value that the bytes hold.
  /// - Throws: `SnapshotProblem`, or what the value's own decoding throws.
  package static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws
    -> Value
  {
    let reader = try SnapshotReader(bytes)
    return try SnapshotDecoding(reader: reader, range: reader.value).read(type)
  }
}

/// The `Decoder` that a value reads itself from: a stretch of the bytes.
struct SnapshotDecoding: Decoder {
  let reader: SnapshotReader
  let range: Range<Int>
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads the value that fills the stretch.
  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let words = try wordArray(type) {
      guard let value = words as? Value else { throw SnapshotProblem.otherShape }
      return value
    }
    return try Value(from: self)
  }

  private func wordArray<Value>(_ type: Value.Type) throws -> Any? {
    switch type {
    case is [Int64].Type: try array(of: Int64.self)
    case is [UInt64].Type: try array(of: UInt64.self)
    case is [Int32].Type: try array(of: Int32.self)
    case is [UInt32].Type: try array(of: UInt32.self)
    case is [UInt16].Type: try array(of: UInt16.self)
    case is [UInt8].Type: try array(of: UInt8.self)
    case is [Double].Type: try array(of: Double.self)
    default: nil
    }
  }

  private func array<Word: BitwiseCopyable>(of type: Word.Type) throws -> [Word] {
    guard range.count == 4 else { throw SnapshotProblem.otherShape }
    return try reader.array(Int(reader.half(at: range.lowerBound)), of: type)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed<Key>(reader: reader, entries: try entries()))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    Unkeyed(reader: reader, entries: try entries())
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    Single(reader: reader, range: range)
  }

  /// An entry of a frame.
  struct Entry {
    var name: Int
    var range: Range<Int>
  }

  /// The entries of the frame that fills the stretch.
  private func entries() throws(SnapshotProblem) -> [Entry] {
    guard range.count >= 4 else { throw .otherShape }
    let count = Int(reader.half(at: range.lowerBound))
    guard count <= range.count / 8 else { throw .otherShape }
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    var position = range.lowerBound + 4
    for _ in 0..<count {
      guard range.upperBound - position >= 8 else { throw .cutOff }
      let name = Int(reader.half(at: position))
      let length = Int(reader.half(at: position + 4))
      position += 8
      guard name < reader.names.count, length <= range.upperBound - position else { throw .cutOff }
      entries.append(Entry(name: name, range: position..<position + length))
      position += length
    }
    return entries
  }
}

extension SnapshotDecoding {
  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let reader: SnapshotReader
    let entries: [Entry]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { entries.compactMap { Key(stringValue: reader.names[$0.name]) } }

    private func find(_ key: Key) -> Range<Int>? {
      let name = key.stringValue
      return entries.first { reader.names[$0.name] == name }?.range
    }
    private func decoding(_ key: Key) throws -> SnapshotDecoding {
      guard let range = find(key) else { throw SnapshotProblem.otherShape }
      return SnapshotDecoding(reader: reader, range: range)
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try decoding(key).range.isEmpty }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try decoding(key).read(type)
    }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
      -> KeyedDecodingContainer<Nested>
    {
      try decoding(key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try decoding(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder {
      guard let entry = entries.first(where: { reader.names[$0.name] == "super" }) else {
        throw SnapshotProblem.otherShape
      }
      return SnapshotDecoding(reader: reader, range: entry.range)
    }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoding(key) }
  }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let reader: SnapshotReader
    let entries: [Entry]
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { entries.count }
    var isAtEnd: Bool { currentIndex == entries.count }

    init(reader: SnapshotReader, entries: [Entry]) {
      self.reader = reader
      self.entries = entries
    }

    private mutating func next() throws -> SnapshotDecoding {
      guard !isAtEnd else { throw SnapshotProblem.otherShape }
      defer { currentIndex += 1 }
      return SnapshotDecoding(reader: reader, range: entries[currentIndex].range)
    }
    mutating func decodeNil() throws -> Bool {
      guard !isAtEnd else { throw SnapshotProblem.otherShape }
      guard entries[currentIndex].range.isEmpty else { return false }
      currentIndex += 1
      return true
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try next().read(type)
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws
      -> KeyedDecodingContainer<Nested>
    {
      try next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try next().unkeyedContainer()
    }
    mutating func superDecoder() throws -> any Decoder { try next() }
  }

  private struct Single: SingleValueDecodingContainer {
    let reader: SnapshotReader
    let range: Range<Int>
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { range.isEmpty }
    func decode(_ type: Bool.Type) throws -> Bool { try word() != 0 }
    func decode(_ type: String.Type) throws -> String {
      guard let first = range.first, reader.bytes[first] == 1 else {
        throw SnapshotProblem.otherShape
      }
      return String(decoding: reader.bytes[range.dropFirst()], as: UTF8.self)
    }
    func decode(_ type: Double.Type) throws -> Double { Double(bitPattern: try word()) }
    func decode(_ type: Float.Type) throws -> Float { Float(bitPattern: try integer()) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try word() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try SnapshotDecoding(reader: reader, range: range).read(type)
    }

    private func word() throws -> UInt64 {
      guard range.count == 8 else { throw SnapshotProblem.otherShape }
      return reader.word(at: range.lowerBound)
    }

    private func integer<Number: FixedWidthInteger>() throws -> Number {
      let word = Int64(bitPattern: try word())
      guard let number = Number(exactly: word) ?? Number(exactly: UInt64(bitPattern: word)) else {
        throw SnapshotProblem.otherShape
      }
      return number
    }
  }
}
