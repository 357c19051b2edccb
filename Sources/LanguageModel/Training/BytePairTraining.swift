/// Makes tokenizers from a text.
///
/// Byte pairs: from single bytes on, the pair that stands side by side most often becomes a symbol,
/// again and again. Counts are kept up to date by the words that a merge changes, so a merge costs
/// as much as these words and one look at all pairs.
/// - Source: Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units",
///   2016, algorithm 1.
package struct BytePairTraining {
  /// A word of the text, as symbols, and how often it occurs.
  private struct Word {
    var symbols: [Int32]
    let count: Int
  }

  /// A pair of symbols, how often it stands in the text, and words where it stood once.
  private struct Pair {
    let left: Int32
    let right: Int32
    var count = 0
    var words: [Int] = []
  }

  private var symbols: SymbolList
  private let markers: MarkerSearch
  /// The symbol of each byte, −1 where there is none.
  private var byteSymbols = [Int32](repeating: -1, count: 256)
  /// How many pairs were counted, for checkpoints.
  private var added = 0
  private var merges: [SymbolMerge] = []
  private var words: [Word] = []
  private var pairs: [Pair] = []
  private var pairNumbers: [UInt64: Int] = [:]

  /// A byte-pair tokenizer of so many symbols: the controls, then all 256 bytes, then merges, most
  /// frequent first; of equals the one whose symbols have lower numbers.
  ///
  /// Controls in the text are cut out before. Fewer symbols come out if no pair is left that occurs
  /// twice.
  /// - Throws: `TokenizerFault`, if a control's text is also a symbol; what `checkpoint` throws, which is
  ///   called after some milliseconds of work each time.
  package static func tokenizer(
    of text: String, symbols count: Int, controls: [String],
    preTokenizer: PreTokenizer = .gpt2, checkpoint: () throws -> Void = {}
  ) throws -> Tokenizer {
    var training = BytePairTraining(controls: controls, bytes: Array(0...255))
    try training.take(text, preTokenizer, checkpoint)
    while training.symbols.count < count, let best = training.mostFrequentPair() {
      try training.merge(best, checkpoint)
      try checkpoint()
    }
    return try Tokenizer(
      symbols: training.symbols, merges: training.merges, preTokenizer: preTokenizer)
  }

  /// A tokenizer of the text's characters: the controls, then the bytes that occur in order, then
  /// for each character of several bytes the merges that build it.
  ///
  /// A text with other bytes cannot be encoded.
  /// - Throws: `TokenizerFault`, if a control's text is also a symbol; what `checkpoint` throws, which is
  ///   called after some milliseconds of work each time.
  package static func characters(
    of text: String, controls: [String], checkpoint: () throws -> Void = {}
  ) throws -> Tokenizer {
    var occurs = [Bool](repeating: false, count: 0x11_0000)
    for (index, scalar) in text.unicodeScalars.enumerated() {
      occurs[Int(scalar.value)] = true
      if index % BytePairTraining.charactersAtOnce == 0 { try checkpoint() }
    }
    let scalars = occurs.indices.filter { occurs[$0] }.compactMap { Unicode.Scalar($0) }
    let bytes = scalars.reduce(into: Set<UInt8>()) { $0.formUnion(Array(String($1).utf8)) }
    var training = BytePairTraining(controls: controls, bytes: bytes.sorted())
    for scalar in scalars where scalar.value >= 0x80 {
      try checkpoint()
      training.build(scalar)
    }
    return try Tokenizer(
      symbols: training.symbols, merges: training.merges, preTokenizer: .gpt2)
  }

  private init(controls: [String], bytes: [UInt8]) {
    symbols = SymbolList()
    for control in controls { symbols.append(control.utf8, kind: .control) }
    markers = MarkerSearch(symbols)
    for byte in bytes {
      byteSymbols[Int(byte)] = Int32(symbols.count)
      symbols.append([byte], kind: .normal)
    }
  }

  /// Counts the pairs in a text's words.
  private mutating func take(
    _ text: String, _ preTokenizer: PreTokenizer, _ checkpoint: () throws -> Void
  ) throws {
    let pieces = try BytePairTraining.pieces(of: text, markers, preTokenizer, checkpoint)
    for (piece, count) in pieces {
      let word = Word(symbols: piece.map { byteSymbols[Int($0)] }, count: count)
      words.append(word)
      try addPairs(of: word.symbols, count, words.count - 1, checkpoint)
    }
  }

  /// `Chosen:` characters or pieces between two checkpoints, some milliseconds.
  private static let charactersAtOnce = 1 << 20
  private static let piecesAtOnce = 1 << 14
  /// `Chosen:` pairs between two checkpoints, of which one takes up to a microsecond.
  private static let pairsAtOnce = 1 << 13

  /// The different pieces of a text in the order in which they first occur, with how often they do.
  private static func pieces(
    of text: String, _ markers: MarkerSearch, _ preTokenizer: PreTokenizer,
    _ checkpoint: () throws -> Void
  ) rethrows -> [([UInt8], Int)] {
    var pieces: [([UInt8], Int)] = []
    var numbers: [[UInt8]: Int] = [:]
    var seen = 0
    var text = text
    try text.withUTF8 { text in
      try markers.forParts(of: text, controls: true, checkpoint) { part in
        guard case .text(let range) = part else { return }
        let stretch = UnsafeBufferPointer(rebasing: text[range])
        try preTokenizer.forPieces(of: stretch, checkpoint) { range in
          let piece = Array(stretch[range])
          if let number = numbers[piece] {
            pieces[number].1 += 1
          } else {
            numbers[piece] = pieces.count
            pieces.append((piece, 1))
          }
          seen += 1
          if seen % BytePairTraining.piecesAtOnce == 0 { try checkpoint() }
        }
      }
    }
    return pieces
  }

  /// Adds a count, which may be negative, for each pair of a word's symbols.
  private mutating func addPairs(
    of symbols: [Int32], _ count: Int, _ word: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    for index in symbols.indices.dropLast() {
      add(symbols[index], symbols[index + 1], count, word)
      added += 1
      if added % BytePairTraining.pairsAtOnce == 0 { try checkpoint() }
    }
  }

  private mutating func add(_ left: Int32, _ right: Int32, _ count: Int, _ word: Int) {
    let key = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    let number: Int
    if let known = pairNumbers[key] {
      number = known
    } else {
      number = pairs.count
      pairNumbers[key] = number
      pairs.append(Pair(left: left, right: right))
    }
    pairs[number].count += count
    if count > 0, pairs[number].words.last != word { pairs[number].words.append(word) }
  }

  /// The pair to merge next, if one occurs twice.
  private func mostFrequentPair() -> Int? {
    var best: Int?
    for number in pairs.indices where pairs[number].count >= 2 {
      guard let other = best else {
        best = number
        continue
      }
      let (pair, record) = (pairs[number], pairs[other])
      if (pair.count, record.left, record.right) > (record.count, pair.left, pair.right) {
        best = number
      }
    }
    return best
  }

  private mutating func merge(_ number: Int, _ checkpoint: () throws -> Void) rethrows {
    let pair = pairs[number]
    let result = Int32(symbols.count)
    symbols.append(symbols[Int(pair.left)] + symbols[Int(pair.right)], kind: .normal)
    merges.append(SymbolMerge(left: pair.left, right: pair.right, result: result))
    for word in pair.words { try replace(pair, by: result, in: word, checkpoint) }
    pairs[number].words = []
  }

  /// Takes the word's pairs from the counts, merges, and adds those that it has then.
  private mutating func replace(
    _ pair: Pair, by result: Int32, in word: Int, _ checkpoint: () throws -> Void
  ) rethrows {
    let (old, count) = (words[word].symbols, words[word].count)
    var new: [Int32] = []
    var index = 0
    while index < old.count {
      let isPair =
        index + 1 < old.count && old[index] == pair.left && old[index + 1] == pair.right
      new.append(isPair ? result : old[index])
      index += isPair ? 2 : 1
    }
    guard new.count < old.count else { return }
    try addPairs(of: old, -count, word, checkpoint)
    try addPairs(of: new, count, word, checkpoint)
    words[word].symbols = new
  }

  /// Adds the merges that make one symbol of a character's bytes, from the left.
  private mutating func build(_ scalar: Unicode.Scalar) {
    let bytes = Array(String(scalar).utf8)
    for length in 2...bytes.count {
      let (left, right) = (Array(bytes[..<(length - 1)]), [bytes[length - 1]])
      guard number(of: Array(bytes[..<length])) == nil, let first = number(of: left),
        let second = number(of: right)
      else { continue }
      merges.append(
        SymbolMerge(left: first, right: second, result: Int32(symbols.count)))
      symbols.append(bytes[..<length], kind: .normal)
    }
  }

  private func number(of bytes: [UInt8]) -> Int32? {
    (0..<symbols.count).first { symbols.kind($0) == .normal && symbols[$0].elementsEqual(bytes) }
      .map { Int32($0) }
  }
}
