/// The value of a key in a GGUF file; texts and lists stay where they are in the file.
package enum GGUFValue: Hashable, Sendable {
  /// An integer without sign, of 8 to 64 bits.
  case unsigned(UInt64)
  /// An integer with sign, of 8 to 64 bits.
  case signed(Int64)
  /// A number of 32 or 64 bits with a fraction.
  case real(Double)
  /// True or false.
  case truth(Bool)
  /// The bytes of a text.
  case text(Range<Int>)
  /// Values of one type.
  case list(GGUFList)
}

/// Values of one type, in the file from `start` on.
package struct GGUFList: Hashable, Sendable {
  /// Their type.
  package var type: GGUFValueType
  /// How many they are.
  package var count: Int
  /// Where the first begins.
  package var start: Int
}

/// The types of values, by their numbers in the file.
///
/// - Source: the GGUF specification, `docs/gguf.md` of ggml, version 3.
package enum GGUFValueType: UInt32, Hashable, Sendable {
  case uint8 = 0
  case int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

  /// Bytes of a value, or the least that one takes.
  var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .string, .uint64, .int64, .float64: 8
    case .array: 12
    }
  }
}

extension ByteCursor {
  mutating func takeValueType() throws(ModelFileFault) -> GGUFValueType {
    let start = offset
    let number = try take(UInt32.self)
    guard let type = GGUFValueType(rawValue: number) else {
      throw ModelFileFault(.valueType(number), at: start)
    }
    return type
  }

  mutating func takeValue(_ type: GGUFValueType) throws(ModelFileFault) -> GGUFValue {
    switch type {
    case .uint8: return .unsigned(UInt64(try take(UInt8.self)))
    case .uint16: return .unsigned(UInt64(try take(UInt16.self)))
    case .uint32: return .unsigned(UInt64(try take(UInt32.self)))
    case .uint64: return .unsigned(try take(UInt64.self))
    case .int8: return .signed(Int64(try take(Int8.self)))
    case .int16: return .signed(Int64(try take(Int16.self)))
    case .int32: return .signed(Int64(try take(Int32.self)))
    case .int64: return .signed(try take(Int64.self))
    case .float32: return .real(Double(Float(bitPattern: try take(UInt32.self))))
    case .float64: return .real(Double(bitPattern: try take(UInt64.self)))
    case .string: return .text(try takeText())
    case .array: return .list(try takeList())
    case .bool:
      let start = offset
      let byte = try take(UInt8.self)
      guard byte <= 1 else { throw ModelFileFault(.truth(byte), at: start) }
      return .truth(byte == 1)
    }
  }

  /// Passes over a list, looking at lengths only.
  private mutating func takeList() throws(ModelFileFault) -> GGUFList {
    let typeOffset = offset
    let type = try takeValueType()
    guard type != .array else { throw ModelFileFault(.nestedList, at: typeOffset) }
    let count = try takeCount(eachAtLeast: type.size, limit: Int(Int32.max))
    let list = GGUFList(type: type, count: count, start: offset)
    if type == .string {
      for _ in 0..<count { _ = try takeText() }
    } else {
      try skip(UInt64(count * type.size))
    }
    return list
  }
}
