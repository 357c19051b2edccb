/// Finds a normal symbol by its bytes.
///
/// A hash table with open addressing, at most half full. Its hash is Swift's, which has another seed in
/// each process, so that no file can be made to put all symbols on one place.
struct SymbolIndex {
  private let symbols: SymbolList
  private var places: [Int32]
  /// The upper half of the hash at each place, so that bytes are mostly compared once.
  private var marks: [UInt32]

  /// The index of a list.
  ///
  /// - Throws: `repeatedSymbol` when two normal symbols have the same bytes.
  init(_ symbols: SymbolList) throws(TokenizerFault) {
    self.symbols = symbols
    var size = 2
    while size < 2 * symbols.count { size *= 2 }
    places = Array(repeating: -1, count: size)
    marks = Array(repeating: 0, count: size)
    for symbol in 0..<symbols.count where symbols.kind(symbol) == .normal {
      let (place, mark) = place(of: symbols[symbol])
      if places[place] >= 0 {
        throw .repeatedSymbol(first: Int(places[place]), second: symbol)
      }
      places[place] = Int32(symbol)
      marks[place] = mark
    }
  }

  /// The number of the symbol that is these bytes.
  func symbol(_ bytes: ArraySlice<UInt8>) -> Int32? {
    let found = places[place(of: bytes).place]
    return found < 0 ? nil : found
  }

  /// Where these bytes are, or the free place where they would be; and their mark.
  private func place(of bytes: ArraySlice<UInt8>) -> (place: Int, mark: UInt32) {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    let hash = UInt(bitPattern: hasher.finalize())
    let mark = UInt32(truncatingIfNeeded: hash >> 32)
    var place = Int(hash & UInt(places.count - 1))
    while places[place] >= 0,
      marks[place] != mark || !symbols[Int(places[place])].elementsEqual(bytes)
    {
      place = (place + 1) & (places.count - 1)
    }
    return (place, mark)
  }
}
