import Compute

/// A model file in the GGUF format: keys with values, and tensors.
///
/// Only the directory is read; texts, lists and tensors are looked up in the map when asked for. The
/// whole directory is checked first, so that what it promises is there. Memory grows with what the
/// directory holds and never with what it claims.
/// - Source: the GGUF specification, `docs/gguf.md` of ggml, versions 2 and 3.
package struct GGUFFile: Sendable {
  /// A key, its value, and where the value begins.
  package struct Entry: Hashable, Sendable {
    /// The key's name.
    package var key: String
    /// Its value.
    package var value: GGUFValue
    /// The byte at which the value begins.
    package var offset: Int
  }

  /// The file's bytes.
  package let file: MappedFile
  /// The format's version, 2 or 3.
  package let version: Int
  /// The keys in the order of the file.
  package let entries: [Entry]
  /// The tensors in the order of the directory.
  package let tensors: [GGUFTensor]

  private let entryByKey: [String: Int]
  private let tensorByName: [String: Int]

  /// `Chosen:` real models have some thirty keys and some thousand tensors.
  private static let countLimit = 65_536
  private static let keyBytesLimit = 65_535
  private static let nameBytesLimit = 64

  /// Reads and checks the directory of a file.
  package init(_ file: MappedFile) throws(ModelFileFault) {
    self.file = file
    var cursor = ByteCursor(file.bytes)
    version = try Self.takeVersion(&cursor)
    let tensorCount = try cursor.takeCount(eachAtLeast: 24, limit: Self.countLimit)
    let entryCount = try cursor.takeCount(eachAtLeast: 13, limit: Self.countLimit)
    (entries, entryByKey) = try Self.takeEntries(&cursor, count: entryCount)
    var tensors: [GGUFTensor] = []
    var tensorByName: [String: Int] = [:]
    for _ in 0..<tensorCount {
      let start = cursor.offset
      let tensor = try GGUFTensor(&cursor, nameLimit: Self.nameBytesLimit)
      guard tensorByName.updateValue(tensors.count, forKey: tensor.name) == nil else {
        throw ModelFileFault(.repeatedTensor(tensor.name), at: start)
      }
      tensors.append(tensor)
    }
    let alignmentEntry = entries.first { $0.key == "general.alignment" }
    let alignment = try Self.alignment(alignmentEntry)
    self.tensors = try GGUFTensor.placed(
      tensors, after: cursor.offset, alignment: alignment, fileSize: file.bytes.count)
    self.tensorByName = tensorByName
  }

  private static func takeVersion(_ cursor: inout ByteCursor) throws(ModelFileFault) -> Int {
    guard try cursor.take(UInt32.self) == 0x4655_4747 else {
      throw ModelFileFault(.notGGUF, at: 0)
    }
    let version = try cursor.take(UInt32.self)
    if (2...3).contains(version.byteSwapped) { throw ModelFileFault(.bigEndian, at: 4) }
    guard (2...3).contains(version) else { throw ModelFileFault(.version(version), at: 4) }
    return Int(version)
  }

  private static func takeEntries(
    _ cursor: inout ByteCursor, count: Int
  ) throws(ModelFileFault) -> ([Entry], [String: Int]) {
    var entries: [Entry] = []
    var entryByKey: [String: Int] = [:]
    for _ in 0..<count {
      let start = cursor.offset
      let key = try cursor.takeName(limit: keyBytesLimit)
      guard entryByKey.updateValue(entries.count, forKey: key) == nil else {
        throw ModelFileFault(.repeatedKey(key), at: start)
      }
      let type = try cursor.takeValueType()
      let offset = cursor.offset
      entries.append(Entry(key: key, value: try cursor.takeValue(type), offset: offset))
    }
    return (entries, entryByKey)
  }

  private static func alignment(_ entry: Entry?) throws(ModelFileFault) -> Int {
    guard let entry else { return 32 }
    guard case .unsigned(let alignment) = entry.value else {
      throw ModelFileFault(.value(key: entry.key), at: entry.offset)
    }
    guard (1...65_536).contains(alignment), alignment.nonzeroBitCount == 1 else {
      throw ModelFileFault(.alignment(alignment), at: entry.offset)
    }
    return Int(alignment)
  }

  /// The entry of a key.
  package func entry(_ key: String) -> Entry? { entryByKey[key].map { entries[$0] } }

  /// The tensor of a name.
  package func tensor(_ name: String) -> GGUFTensor? { tensorByName[name].map { tensors[$0] } }

  /// Calls a body with the bytes of a tensor, which are there until it returns.
  package func withBytes<Result, Failure: Error>(
    of tensor: GGUFTensor, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(file) {} }
    return try body(UnsafeRawBufferPointer(rebasing: file.bytes[tensor.range]))
  }
}
