/// Values by their keys, of the type and in the range that are asked for.
extension GGUFFile {
  /// The text of a key; nil if it is not there.
  ///
  /// - Throws: `value` when it is no text or not UTF-8.
  package func text(_ key: String) throws(ModelFileFault) -> String? {
    guard let entry = entry(key) else { return nil }
    guard case .text(let range) = entry.value,
      let text = String(validating: file.bytes[range], as: UTF8.self)
    else { throw ModelFileFault(.value(key: key), at: entry.offset) }
    return text
  }

  /// The integer of a key; nil if it is not there.
  ///
  /// - Throws: `value` when it is no integer, or outside of the range.
  func integer(_ key: String, in range: ClosedRange<Int>) throws(ModelFileFault) -> Int? {
    guard let entry = entry(key) else { return nil }
    let value: Int? =
      switch entry.value {
      case .unsigned(let value): Int(exactly: value)
      case .signed(let value): Int(exactly: value)
      default: nil
      }
    guard let value, range.contains(value) else {
      throw ModelFileFault(.value(key: key), at: entry.offset)
    }
    return value
  }

  /// The number of a key; nil if it is not there.
  ///
  /// - Throws: `value` when it is no number with a fraction, or outside of the range.
  func real(_ key: String, in range: ClosedRange<Double>) throws(ModelFileFault) -> Double? {
    guard let entry = entry(key) else { return nil }
    guard case .real(let value) = entry.value, range.contains(value) else {
      throw ModelFileFault(.value(key: key), at: entry.offset)
    }
    return value
  }

  /// The truth value of a key; nil if it is not there.
  ///
  /// - Throws: `value` when it is none.
  func truth(_ key: String) throws(ModelFileFault) -> Bool? {
    guard let entry = entry(key) else { return nil }
    guard case .truth(let value) = entry.value else {
      throw ModelFileFault(.value(key: key), at: entry.offset)
    }
    return value
  }

  /// The list of a key; nil if it is not there.
  ///
  /// - Throws: `value` when it is no list of this type.
  func list(_ key: String, of type: GGUFValueType) throws(ModelFileFault) -> GGUFList? {
    guard let entry = entry(key) else { return nil }
    guard case .list(let list) = entry.value, list.type == type else {
      throw ModelFileFault(.value(key: key), at: entry.offset)
    }
    return list
  }

  /// A value that must be there.
  ///
  /// - Throws: `missingKey` when it is not.
  func required<Value>(_ key: String, _ value: Value?) throws(ModelFileFault) -> Value {
    guard let value else { throw ModelFileFault(.missingKey(key), at: 0) }
    return value
  }
}
