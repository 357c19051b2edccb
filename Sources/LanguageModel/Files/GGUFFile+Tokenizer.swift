/// The tokenizer that a file describes.
extension GGUFFile {
  /// The byte-level tokenizer of the file.
  ///
  /// - Throws: `vocabularyKind` and `preTokenizer` for others, `missingKey`, `symbolCount`, `symbol`,
  ///   `merge` and `tokenizer` for a vocabulary that contradicts itself.
  package func tokenizer() throws(ModelFileFault) -> Tokenizer {
    let kindKey = "tokenizer.ggml.model"
    let kind = try required(kindKey, try text(kindKey))
    guard kind == "gpt2" else {
      throw ModelFileFault(.vocabularyKind(kind), at: entry(kindKey)?.offset ?? 0)
    }
    let ruleKey = "tokenizer.ggml.pre"
    let rule = try required(ruleKey, try text(ruleKey))
    guard let preTokenizer = PreTokenizer(rawValue: rule) else {
      throw ModelFileFault(.preTokenizer(rule), at: entry(ruleKey)?.offset ?? 0)
    }
    let symbols = try symbolList()
    let merges = try mergeList(of: symbols)
    do {
      return try Tokenizer(symbols: symbols, merges: merges, preTokenizer: preTokenizer)
    } catch {
      throw ModelFileFault(.tokenizer(error), at: entry("tokenizer.ggml.merges")?.offset ?? 0)
    }
  }

  private func symbolList() throws(ModelFileFault) -> SymbolList {
    let key = "tokenizer.ggml.tokens"
    let texts = try required(key, try list(key, of: .string))
    let types = try list("tokenizer.ggml.token_type", of: .int32)
    if let types, types.count != texts.count {
      throw ModelFileFault(
        .symbolCount(expected: texts.count, found: types.count), at: types.start)
    }
    let alphabet = ByteAlphabet()
    var symbols = SymbolList()
    symbols.reserve(texts.count)
    var cursor = ByteCursor(file.bytes, at: texts.start)
    var typeCursor = ByteCursor(file.bytes, at: types?.start ?? 0)
    var bytes: [UInt8] = []
    for symbol in 0..<texts.count {
      let start = cursor.offset
      let text = file.bytes[try cursor.takeText()]
      let number = types == nil ? 1 : try typeCursor.take(UInt32.self)
      guard let kind = UInt8(exactly: number).flatMap(SymbolList.Kind.init) else {
        throw ModelFileFault(.symbol(symbol), at: typeCursor.offset - 4)
      }
      guard kind == .normal else {
        symbols.append(text, kind: kind)
        continue
      }
      bytes.removeAll(keepingCapacity: true)
      guard alphabet.decode(text, into: &bytes) else {
        throw ModelFileFault(.symbol(symbol), at: start)
      }
      symbols.append(bytes, kind: kind)
    }
    return symbols
  }

  private func mergeList(of symbols: SymbolList) throws(ModelFileFault) -> [SymbolMerge] {
    let key = "tokenizer.ggml.merges"
    let texts = try required(key, try list(key, of: .string))
    let index: SymbolIndex
    do {
      index = try SymbolIndex(symbols)
    } catch {
      throw ModelFileFault(.tokenizer(error), at: entry("tokenizer.ggml.tokens")?.offset ?? 0)
    }
    let alphabet = ByteAlphabet()
    var merges: [SymbolMerge] = []
    merges.reserveCapacity(texts.count)
    var cursor = ByteCursor(file.bytes, at: texts.start)
    var bytes: [UInt8] = []
    for rank in 0..<texts.count {
      let start = cursor.offset
      let text = file.bytes[try cursor.takeText()]
      bytes.removeAll(keepingCapacity: true)
      // A space is no character of the alphabet: the only one stands between the two symbols.
      guard let space = text.firstIndex(of: 0x20), alphabet.decode(text[..<space], into: &bytes),
        case let middle = bytes.count, alphabet.decode(text[(space + 1)...], into: &bytes),
        let left = index.symbol(bytes[..<middle]), let right = index.symbol(bytes[middle...]),
        let result = index.symbol(bytes[...])
      else { throw ModelFileFault(.merge(rank), at: start) }
      merges.append(SymbolMerge(left: left, right: right, result: result))
    }
    return merges
  }
}
