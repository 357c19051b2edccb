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
  private var merges: [SymbolMerge] = []
  private var words: [Word] = []
  private var pairs: [Pair] = []
  private var pairNumbers: [UInt64: Int] = [:]

  /// A byte-pair tokenizer of so many symbols: the controls, then all 256 bytes, then merges, most
  /// frequent first; of equals the one whose symbols have lower numbers.
  ///
  /// Controls in the text are cut out before. Fewer symbols come out if no pair is left that occurs
  /// twice.
  /// - Throws: `TokenizerFault`, if a control's text is also a symbol.
  package static func tokenizer(
    of text: String, symbols count: Int, controls: [String],
    preTokenizer: PreTokenizer = .gpt2
  ) throws(TokenizerFault) -> Tokenizer {
    var training = BytePairTraining(
      text, controls: controls, bytes: Array(0...255), preTokenizer: preTokenizer)
    while training.symbols.count < count, let best = training.mostFrequentPair() {
      training.merge(best)
    }
    return try Tokenizer(
      symbols: training.symbols, merges: training.merges, preTokenizer: preTokenizer)
  }

  /// A tokenizer of the text's characters: the controls, then the bytes that occur in order, then
  /// for each character of several bytes the merges that build it.
  ///
  /// A text with other bytes cannot be encoded.
  /// - Throws: `TokenizerFault`, if a control's text is also a symbol.
  package static func characters(of text: String, controls: [String]) throws(TokenizerFault)
    -> Tokenizer
  {
    var occurs = [Bool](repeating: false, count: 256)
    for byte in text.utf8 { occurs[Int(byte)] = true }
    var training = BytePairTraining(
      "", controls: controls, bytes: (0...255).filter { occurs[Int($0)] }, preTokenizer: .gpt2)
    for scalar in Set(text.unicodeScalars).sorted() where scalar.value >= 0x80 {
      training.build(scalar)
    }
    return try Tokenizer(
      symbols: training.symbols, merges: training.merges, preTokenizer: .gpt2)
  }

  private init(
    _ text: String, controls: [String], bytes: [UInt8], preTokenizer: PreTokenizer
  ) {
    symbols = SymbolList()
    for control in controls { symbols.append(control.utf8, kind: .control) }
    let markers = MarkerSearch(symbols)
    var byteSymbols = [Int32](repeating: -1, count: 256)
    for byte in bytes {
      byteSymbols[Int(byte)] = Int32(symbols.count)
      symbols.append([byte], kind: .normal)
    }
    for (piece, count) in BytePairTraining.pieces(of: text, markers, preTokenizer) {
      let word = Word(symbols: piece.map { byteSymbols[Int($0)] }, count: count)
      words.append(word)
      addPairs(of: word.symbols, count, words.count - 1)
    }
  }

  /// The different pieces of a text in the order in which they first occur, with how often they do.
  private static func pieces(
    of text: String, _ markers: MarkerSearch, _ preTokenizer: PreTokenizer
  ) -> [([UInt8], Int)] {
    var pieces: [([UInt8], Int)] = []
    var numbers: [[UInt8]: Int] = [:]
    for case .text(let part) in markers.parts(of: text, controls: true) {
      let bytes = Array(part.utf8)
      for range in preTokenizer.pieces(of: part) {
        let piece = Array(bytes[range])
        if let number = numbers[piece] {
          pieces[number].1 += 1
        } else {
          numbers[piece] = pieces.count
          pieces.append((piece, 1))
        }
      }
    }
    return pieces
  }

  /// Adds a count, which may be negative, for each pair of a word's symbols.
  private mutating func addPairs(of symbols: [Int32], _ count: Int, _ word: Int) {
    for index in symbols.indices.dropLast() { add(symbols[index], symbols[index + 1], count, word) }
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

  private mutating func merge(_ number: Int) {
    let pair = pairs[number]
    let result = Int32(symbols.count)
    symbols.append(symbols[Int(pair.left)] + symbols[Int(pair.right)], kind: .normal)
    merges.append(SymbolMerge(left: pair.left, right: pair.right, result: result))
    for word in pair.words { replace(pair, by: result, in: word) }
    pairs[number].words = []
  }

  /// Takes the word's pairs from the counts, merges, and adds those that it has then.
  private mutating func replace(_ pair: Pair, by result: Int32, in word: Int) {
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
    addPairs(of: old, -count, word)
    addPairs(of: new, count, word)
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
