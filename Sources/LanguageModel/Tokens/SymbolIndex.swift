/// Finds a normal symbol by its bytes.
///
/// A hash table with open addressing, at most half full. Its hash has another key in each process, so that
/// no file can be made to put all symbols on one place.
struct SymbolIndex {
  private let symbols: SymbolList
  /// The upper half of a symbol's hash above the symbol and 1; 0 where nothing is.
  ///
  /// With a part of the hash in place, bytes are mostly compared once.
  private var places: [UInt64]
  private let hash = KeyedHash()

  /// The index of a list.
  ///
  /// - Throws: `repeatedSymbol` when two normal symbols have the same bytes.
  init(_ symbols: SymbolList) throws(TokenizerFault) {
    self.symbols = symbols
    var size = 2
    while size < 2 * symbols.count { size *= 2 }
    places = Array(repeating: 0, count: size)
    for symbol in 0..<symbols.count where symbols.kind(symbol) == .normal {
      let (place, mark) = symbols.withBytes(of: symbol) { self.place(of: $0) }
      if places[place] != 0 {
        throw .repeatedSymbol(first: SymbolIndex.symbol(places[place]), second: symbol)
      }
      places[place] = mark | UInt64(symbol + 1)
    }
  }

  /// The number of the symbol that is these bytes.
  func symbol(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    let entry = places[place(of: bytes).place]
    return entry == 0 ? nil : Int32(SymbolIndex.symbol(entry))
  }

  private static let upperHalf: UInt64 = 0xffff_ffff_0000_0000

  private static func symbol(_ entry: UInt64) -> Int { Int(entry & ~upperHalf) - 1 }

  /// Where these bytes are, or the free place where they would be; and their mark.
  private func place(of bytes: UnsafeRawBufferPointer) -> (place: Int, mark: UInt64) {
    let value = hash.value(of: bytes)
    let mark = value & SymbolIndex.upperHalf
    var place = Int(truncatingIfNeeded: value) & (places.count - 1)
    while places[place] != 0 {
      if places[place] & SymbolIndex.upperHalf == mark,
        symbols.isEqual(SymbolIndex.symbol(places[place]), to: bytes)
      {
        break
      }
      place = (place + 1) & (places.count - 1)
    }
    return (place, mark)
  }
}

/// A hash of short byte strings that nobody can foresee: products of 64 bits by secret numbers, upper and
/// lower half put together.
///
/// - Source: Wang Yi, "wyhash", 2019, for the step and for how the last bytes are read.
struct KeyedHash {
  private let start: UInt64
  private let factor: UInt64

  /// The hash with this process's key.
  init() {
    // Swift's own hash is keyed by the system; it is good, and slower on a few bytes.
    start = UInt64(bitPattern: Int64(Hasher().finalize()))
    var hasher = Hasher()
    hasher.combine(start)
    factor = UInt64(bitPattern: Int64(hasher.finalize())) | 1
  }

  func value(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = start ^ UInt64(bytes.count)
    var at = 0
    while bytes.count - at > 8 {
      state = mixed(state ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    return mixed(mixed(state ^ rest(bytes, from: at)))
  }

  /// The last bytes, at most eight, as a number; two that overlap where that saves a loop.
  private func rest(_ bytes: UnsafeRawBufferPointer, from at: Int) -> UInt64 {
    let end = bytes.count
    if end - at >= 4 {
      let low = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
      let high = bytes.loadUnaligned(fromByteOffset: end - 4, as: UInt32.self)
      return UInt64(low) | UInt64(high) << 32
    }
    guard at < end else { return 0 }
    return UInt64(bytes[at]) | UInt64(bytes[(at + end) / 2]) << 8 | UInt64(bytes[end - 1]) << 16
  }

  private func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }
}
