/// Finds symbols that are recognised in a text as a whole, before it is cut into pieces.
struct MarkerSearch: Hashable, Sendable {
  /// A stretch of text, by its bytes, or a symbol that stood in it.
  enum Part: Hashable {
    case text(Range<Int>)
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

  /// `Chosen:` bytes between two checkpoints, about a millisecond.
  private static let bytesAtOnce = 1 << 20

  /// Calls a body with the stretches of a text in UTF-8 and the symbols between them; control symbols
  /// count only if asked for.
  ///
  /// - Throws: what the body and `checkpoint` throw.
  func forParts(
    of text: UnsafeBufferPointer<UInt8>, controls: Bool, _ checkpoint: () throws -> Void,
    _ body: (Part) throws -> Void
  ) rethrows {
    let begins = markers.map { $0.contains { controls || !$0.isControl } }
    var start = 0
    var place = 0
    var next = MarkerSearch.bytesAtOnce
    while place < text.count {
      if place >= next {
        try checkpoint()
        next = place + MarkerSearch.bytesAtOnce
      }
      guard begins[Int(text[place])], let found = marker(in: text, at: place, controls) else {
        place += 1
        continue
      }
      if start < place { try body(.text(start..<place)) }
      try body(.marker(found.symbol))
      place += found.bytes.count
      start = place
    }
    if start < text.count { try body(.text(start..<text.count)) }
  }

  private func marker(
    in text: UnsafeBufferPointer<UInt8>, at place: Int, _ controls: Bool
  ) -> Marker? {
    markers[Int(text[place])].first {
      (controls || !$0.isControl) && text[place...].starts(with: $0.bytes)
    }
  }
}
