/// Turns text into the symbols of a model, and back: byte-level byte-pair encoding.
///
/// Text is cut into pieces, each piece begins as the symbols of its bytes, and pairs merge by rank.
/// - Source: Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units",
///   2016; over bytes as in Radford et al., "Language Models are Unsupervised Multitask Learners", 2019.
package struct Tokenizer: Hashable, Sendable {
  /// The symbols by their numbers.
  package let symbols: SymbolList
  /// The merges in the order of their ranks.
  package let merges: [SymbolMerge]
  /// How text is cut into pieces.
  package let preTokenizer: PreTokenizer
  private let table: MergeTable
  /// The symbol of each byte alone, −1 where there is none.
  private let byteSymbols: [Int32]
  private let markers: MarkerSearch

  /// A tokenizer of symbols and of merges in the order of their ranks.
  ///
  /// - Throws: `mergeOutOfRange` and `mergeOfOtherBytes` for a merge that does not fit its symbols,
  ///   `repeatedMerge` for a pair that comes twice.
  package init(
    symbols: SymbolList, merges: [SymbolMerge], preTokenizer: PreTokenizer
  ) throws(TokenizerFault) {
    for (rank, merge) in merges.enumerated() {
      let (left, right, result) = (Int(merge.left), Int(merge.right), Int(merge.result))
      guard min(left, right, result) >= 0, max(left, right, result) < symbols.count else {
        throw .mergeOutOfRange(rank: rank)
      }
      guard symbols.kind(left) == .normal, symbols.kind(right) == .normal,
        symbols.kind(result) == .normal, symbols.isPair(result, left, right)
      else { throw .mergeOfOtherBytes(rank: rank) }
    }
    var byteSymbols = Array(repeating: Int32(-1), count: 256)
    for symbol in (0..<symbols.count).reversed() where symbols.kind(symbol) == .normal {
      symbols.withBytes(of: symbol) { bytes in
        if bytes.count == 1 { byteSymbols[Int(bytes[0])] = Int32(symbol) }
      }
    }
    self.symbols = symbols
    self.merges = merges
    self.preTokenizer = preTokenizer
    self.byteSymbols = byteSymbols
    table = try MergeTable(merges)
    markers = MarkerSearch(symbols)
  }

  /// The symbols of a text.
  ///
  /// Control symbols are recognised in it only when asked for: what a person typed never becomes one.
  /// - Throws: `noSymbol` for a byte that the vocabulary lacks.
  /// - Complexity: O(n log n).
  package func encode(
    _ text: String, recognizingControls: Bool = false
  ) throws(TokenizerFault) -> [Int32] {
    let (tokens, missing) = encoded(text, controls: recognizingControls) {}
    if let missing { throw .noSymbol(byte: missing) }
    return tokens
  }

  /// The same for a long text.
  /// - Throws: `TokenizerFault`; what `checkpoint` throws, which is called after some milliseconds of
  ///   work each time.
  package func encode(
    _ text: String, recognizingControls: Bool = false, checkpoint: () throws -> Void
  ) throws -> [Int32] {
    let (tokens, missing) = try encoded(text, controls: recognizingControls, checkpoint)
    if let missing { throw TokenizerFault.noSymbol(byte: missing) }
    return tokens
  }

  /// `Chosen:` bytes between two checkpoints, of which a core takes some millions a second.
  private static let bytesAtOnce = 1 << 15

  /// The symbols of a text, or the first byte that has none.
  private func encoded(
    _ text: String, controls: Bool, _ checkpoint: () throws -> Void
  ) rethrows -> (tokens: [Int32], missing: UInt8?) {
    var text = text
    return try text.withUTF8 { text in
      var tokens: [Int32] = []
      var missing: UInt8?
      var merger = PairMerger(table)
      var waiting = 0
      try markers.forParts(of: text, controls: controls, checkpoint) { part in
        guard missing == nil else { return }
        guard case .text(let range) = part else {
          if case .marker(let symbol) = part { tokens.append(symbol) }
          return
        }
        let stretch = UnsafeBufferPointer(rebasing: text[range])
        try preTokenizer.forPieces(of: stretch, checkpoint) { piece in
          let letters = stretch[piece].lazy.map { byteSymbols[Int($0)] }
          if missing == nil { missing = stretch[piece].first { byteSymbols[Int($0)] < 0 } }
          if missing == nil { try merger.merge(letters, into: &tokens, checkpoint) }
          waiting += piece.count
          if waiting >= Tokenizer.bytesAtOnce {
            waiting = 0
            try checkpoint()
          }
        }
      }
      return (tokens, missing)
    }
  }

  /// The bytes that a symbol stands for: none for a control symbol.
  package func bytes(of token: Int32) -> ArraySlice<UInt8> {
    symbols.kind(Int(token)) == .control ? [] : symbols[Int(token)]
  }

  /// The text of symbols, without control symbols; bytes that are no UTF-8 become U+FFFD.
  package func decode(_ tokens: some Sequence<Int32>) -> String {
    String(decoding: tokens.flatMap { bytes(of: $0) }, as: UTF8.self)
  }

  /// The number of the control symbol that is written like this.
  package func control(_ text: String) -> Int32? { markers.control(Array(text.utf8)) }
}

/// What keeps symbols and merges from being a tokenizer, or a text from being encoded.
package enum TokenizerFault: Error, Hashable, Sendable {
  /// Two normal symbols are the same bytes.
  case repeatedSymbol(first: Int, second: Int)
  /// A merge names a symbol that does not exist.
  case mergeOutOfRange(rank: Int)
  /// The result of a merge is not the bytes of its two symbols, or one of the three is no text.
  case mergeOfOtherBytes(rank: Int)
  /// The same pair has two merges.
  case repeatedMerge(rank: Int)
  /// The text has a byte for which there is no symbol.
  case noSymbol(byte: UInt8)
}
