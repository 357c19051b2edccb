/// Finds symbols that are recognised in a text as a whole, before it is cut into pieces.
struct MarkerSearch: Hashable, Sendable {
  /// A stretch of text, or a symbol that stood in it.
  enum Part: Hashable {
    case text(Substring)
    case marker(Int32)
  }

  private struct Marker: Hashable, Sendable {
    var bytes: [UInt8]
    var symbol: Int32
    var isControl: Bool
  }

  /// By their first byte; the longest first.
  private var markers: [[Marker]] = Array(repeating: [], count: 256)

  /// The markers of a vocabulary.
  ///
  /// One that is no UTF-8 cannot stand in a text and is left out.
  init(_ symbols: SymbolList) {
    for symbol in 0..<symbols.count {
      let kind = symbols.kind(symbol)
      guard kind == .control || kind == .userDefined, let first = symbols[symbol].first,
        String(validating: symbols[symbol], as: UTF8.self) != nil
      else { continue }
      markers[Int(first)].append(
        Marker(
          bytes: Array(symbols[symbol]), symbol: Int32(symbol), isControl: kind == .control))
    }
    for first in markers.indices {
      markers[first].sort { ($0.bytes.count, $1.symbol) > ($1.bytes.count, $0.symbol) }
    }
  }

  /// The symbol of a control's text.
  func control(_ bytes: [UInt8]) -> Int32? {
    guard let first = bytes.first else { return nil }
    return markers[Int(first)].first { $0.isControl && $0.bytes == bytes }?.symbol
  }

  /// A text as stretches between symbols; control symbols count only if asked for.
  func parts(of text: String, controls: Bool) -> [Part] {
    var parts: [Part] = []
    let utf8 = text.utf8
    var start = utf8.startIndex
    var place = start
    while place < utf8.endIndex {
      let found = markers[Int(utf8[place])].first {
        (controls || !$0.isControl) && utf8[place...].starts(with: $0.bytes)
      }
      guard let found else {
        utf8.formIndex(after: &place)
        continue
      }
      if start < place { parts.append(.text(text[start..<place])) }
      parts.append(.marker(found.symbol))
      place = utf8.index(place, offsetBy: found.bytes.count)
      start = place
    }
    if start < utf8.endIndex { parts.append(.text(text[start...])) }
    return parts
  }
}
