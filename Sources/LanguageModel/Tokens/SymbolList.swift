/// The vocabulary of a tokenizer: each symbol's bytes and kind, all bytes in one array.
package struct SymbolList: Hashable, Sendable {
  /// What a symbol is for, numbered as in GGUF's `tokenizer.ggml.token_type`.
  package enum Kind: UInt8, Sendable {
    /// Stands for its bytes and takes part in merges.
    case normal = 1
    /// Stands for what has no symbol.
    case unknown = 2
    /// Steers the model, such as the end of a turn; plain text never becomes it.
    case control = 3
    /// Found in text as a whole before anything else is looked for.
    case userDefined = 4
    /// A number without a meaning.
    case unused = 5
    /// A single byte, in vocabularies that are not byte-level themselves.
    case byte = 6
  }

  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var kinds: [Kind] = []

  /// A list without symbols.
  package init() {}

  /// A list of normal symbols in the order of their numbers.
  package init(_ symbols: [[UInt8]]) {
    for symbol in symbols { append(symbol, kind: .normal) }
  }

  /// How many symbols there are.
  package var count: Int { ends.count }

  /// Adds a symbol, whose number is the count before.
  package mutating func append(_ symbol: some Sequence<UInt8>, kind: Kind) {
    bytes.append(contentsOf: symbol)
    ends.append(bytes.count)
    kinds.append(kind)
  }

  /// Makes room for so many symbols of about eight bytes.
  mutating func reserve(_ count: Int) {
    bytes.reserveCapacity(8 * count)
    ends.reserveCapacity(count)
    kinds.reserveCapacity(count)
  }

  /// The bytes of a symbol.
  package subscript(symbol: Int) -> ArraySlice<UInt8> {
    bytes[range(symbol)]
  }

  /// Calls a body with the bytes of a symbol, where they lie.
  func withBytes<Result>(of symbol: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range(symbol)])) }
  }

  /// Whether a symbol is these bytes.
  func isEqual(_ symbol: Int, to other: UnsafeRawBufferPointer) -> Bool {
    withBytes(of: symbol) { own in
      guard own.count == other.count else { return false }
      for index in own.indices where own[index] != other[index] { return false }
      return true
    }
  }

  /// Whether a symbol is the bytes of two others, one after the other, and none of the three is empty.
  func isPair(_ symbol: Int, _ left: Int, _ right: Int) -> Bool {
    let (whole, first, second) = (range(symbol), range(left), range(right))
    guard !first.isEmpty, !second.isEmpty, whole.count == first.count + second.count else {
      return false
    }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<first.count
      where bytes[whole.lowerBound + index] != bytes[first.lowerBound + index] {
        return false
      }
      let middle = whole.lowerBound + first.count
      for index in 0..<second.count where bytes[middle + index] != bytes[second.lowerBound + index]
      {
        return false
      }
      return true
    }
  }

  private func range(_ symbol: Int) -> Range<Int> {
    (symbol == 0 ? 0 : ends[symbol - 1])..<ends[symbol]
  }

  /// What a symbol is for.
  package func kind(_ symbol: Int) -> Kind { kinds[symbol] }
}
