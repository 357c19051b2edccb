import Compute

@testable import LanguageModel

/// Writes GGUF files for tests.
struct GGUFBytes {
  enum Value {
    case uint32(UInt32)
    case float32(Float)
    case truth(UInt8)
    case text(String)
    case texts([String])
    case int32s([Int32])
  }

  struct Tensor {
    var name: String
    var dimensions: [Int]
    var type: UInt32
    var bytes: [UInt8]
    /// Where it claims to be, if not where it is.
    var place: UInt64?
  }

  var version: UInt32 = 3
  var values: [(key: String, value: Value)] = []
  var tensors: [Tensor] = []
  var alignment = 32

  subscript(key: String) -> Value? {
    get { values.first { $0.key == key }?.value }
    set {
      let place = values.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): values[place].value = value
      case (let place?, nil): values.remove(at: place)
      case (nil, let value?): values.append((key, value))
      case (nil, nil): break
      }
    }
  }

  /// The file's bytes, and where the directory ends.
  func written() -> (bytes: [UInt8], directoryEnd: Int) {
    var bytes = Array("GGUF".utf8)
    bytes.append(version)
    bytes.append(UInt64(tensors.count))
    bytes.append(UInt64(values.count))
    for (key, value) in values {
      bytes.append(text: key)
      bytes.append(value)
    }
    var place = 0
    for tensor in tensors {
      bytes.append(text: tensor.name)
      bytes.append(UInt32(tensor.dimensions.count))
      for extent in tensor.dimensions { bytes.append(UInt64(bitPattern: Int64(extent))) }
      bytes.append(tensor.type)
      bytes.append(tensor.place ?? UInt64(place))
      place = aligned(place + tensor.bytes.count)
    }
    let end = bytes.count
    for tensor in tensors {
      bytes += Array(repeating: 0, count: aligned(bytes.count) - bytes.count)
      bytes += tensor.bytes
    }
    return (bytes, end)
  }

  var file: MappedFile { MappedFile(copying: written().bytes) }

  private func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
}

extension [UInt8] {
  mutating func append(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  mutating func append(text: String) {
    append(UInt64(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  fileprivate mutating func append(_ value: GGUFBytes.Value) {
    switch value {
    case .uint32(let number):
      append(UInt32(4))
      append(number)
    case .float32(let number):
      append(UInt32(6))
      append(number.bitPattern)
    case .truth(let byte):
      append(UInt32(7))
      append(byte)
    case .text(let text):
      append(UInt32(8))
      append(text: text)
    case .texts(let texts):
      append(UInt32(9))
      append(UInt32(8))
      append(UInt64(texts.count))
      for text in texts { append(text: text) }
    case .int32s(let numbers):
      append(UInt32(9))
      append(UInt32(5))
      append(UInt64(numbers.count))
      for number in numbers { append(number) }
    }
  }
}
