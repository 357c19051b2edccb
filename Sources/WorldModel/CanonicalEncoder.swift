/// Encodes values to bytes that depend on nothing but the values: for hashing, not for storing.
enum CanonicalEncoder {
  /// The canonical bytes of a value.
  static func bytes(of value: some Encodable) -> [UInt8] {
    let node = Node()
    node.encode(value)
    var bytes: [UInt8] = []
    node.append(to: &bytes)
    return bytes
  }

  /// A part of the encoding; a class, because containers are handed out before they are filled.
  fileprivate final class Node {
    private enum Content {
      case bytes([UInt8])
      case keyed([(key: String, node: Node)])
      case unkeyed([Node])
    }
    private var content = Content.bytes([])

    func write(_ word: UInt64) {
      if case .bytes(var bytes) = content {
        content = .bytes([])
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        content = .bytes(bytes)
      }
    }

    func write(_ string: String) {
      var bytes: [UInt8] = []
      withUnsafeBytes(of: UInt64(string.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
      content = .bytes(bytes + Array(string.utf8))
    }

    /// Arrays of words are written in one piece: a year of series has millions.
    func encode(_ value: some Encodable) {
      switch value {
      case let words as [Int64]: writeAll(words)
      case let words as [UInt64]: writeAll(words)
      case let words as [UInt32]: writeAll(words)
      case let words as [UInt16]: writeAll(words)
      case let words as [UInt8]: writeAll(words)
      case let words as [Double]: writeAll(words.map { ($0 + 0).bitPattern })
      default:
        do {
          try value.encode(to: NodeEncoder(node: self))
        } catch {
          preconditionFailure("simulated state cannot be encoded: \(error)")
        }
      }
    }

    private func writeAll<Word: FixedWidthInteger>(_ words: [Word]) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(8 + words.count * MemoryLayout<Word>.size)
      withUnsafeBytes(of: UInt64(words.count).littleEndian) { bytes.append(contentsOf: $0) }
      words.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
      content = .bytes(bytes)
    }

    func child(_ key: String) -> Node {
      let node = Node()
      if case .keyed(var children) = content {
        children.append((key, node))
        content = .keyed(children)
      } else {
        content = .keyed([(key, node)])
      }
      return node
    }

    func element() -> Node {
      let node = Node()
      if case .unkeyed(var elements) = content {
        content = .bytes([])
        elements.append(node)
        content = .unkeyed(elements)
      } else {
        content = .unkeyed([node])
      }
      return node
    }

    func beginKeyed() { if case .bytes = content { content = .keyed([]) } }
    func beginUnkeyed() { if case .bytes = content { content = .unkeyed([]) } }
    var elementCount: Int { if case .unkeyed(let elements) = content { elements.count } else { 0 } }

    func append(to bytes: inout [UInt8]) {
      switch content {
      case .bytes(let own):
        bytes.append(UInt8(ascii: "b"))
        bytes.append(contentsOf: own)
      case .keyed(let children):
        bytes.append(UInt8(ascii: "{"))
        for child in children.sorted(by: { $0.key < $1.key }) {
          bytes.append(contentsOf: child.key.utf8)
          bytes.append(UInt8(ascii: ":"))
          child.node.append(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
      case .unkeyed(let elements):
        bytes.append(UInt8(ascii: "["))
        for element in elements { element.append(to: &bytes) }
        bytes.append(UInt8(ascii: "]"))
      }
    }
  }

  fileprivate struct NodeEncoder: Encoder {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      node.beginKeyed()
      return KeyedEncodingContainer(KeyedContainer<Key>(node: node))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer {
      node.beginUnkeyed()
      return UnkeyedContainer(node: node)
    }
    func singleValueContainer() -> any SingleValueEncodingContainer { ValueContainer(node: node) }
  }

  fileprivate struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil(forKey key: Key) { node.child(key.stringValue).write("nil") }
    mutating func encode(_ value: some Encodable, forKey key: Key) {
      node.child(key.stringValue).encode(value)
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
      -> KeyedEncodingContainer<Nested>
    {
      NodeEncoder(node: node.child(key.stringValue)).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      NodeEncoder(node: node.child(key.stringValue)).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { NodeEncoder(node: node.child("super")) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
      NodeEncoder(node: node.child(key.stringValue))
    }
  }

  fileprivate struct UnkeyedContainer: UnkeyedEncodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var count: Int { node.elementCount }

    mutating func encodeNil() { node.element().write("nil") }
    mutating func encode(_ value: some Encodable) { node.element().encode(value) }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type)
      -> KeyedEncodingContainer<Nested>
    {
      NodeEncoder(node: node.element()).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      NodeEncoder(node: node.element()).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { NodeEncoder(node: node.element()) }
  }

  fileprivate struct ValueContainer: SingleValueEncodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() { node.write("nil") }
    mutating func encode(_ value: Bool) { node.write(value ? 1 : 0) }
    mutating func encode(_ value: String) { node.write(value) }
    mutating func encode(_ value: Double) { node.write((value + 0).bitPattern) }
    mutating func encode(_ value: Float) { node.write(UInt64((value + 0).bitPattern)) }
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
    mutating func encode(_ value: some Encodable) { node.encode(value) }

    private func write(_ value: some FixedWidthInteger) {
      node.write(UInt64(truncatingIfNeeded: value))
    }
  }
}
