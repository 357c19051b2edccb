/// The tokenizer that a file describes.
extension GGUFFile {
  /// The byte-level tokenizer of the file.
  ///
  /// - Throws: `vocabularyKind` and `preTokenizer` for others, `missingKey`, `symbolCount`, `symbol`,
  ///   `merge` and `tokenizer` for a vocabulary that contradicts itself; what `checkpoint` throws, which
  ///   is called after some milliseconds of work each time.
  package func tokenizer(checkpoint: () throws -> Void = {}) throws -> Tokenizer {
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
    let symbols = try symbolList(checkpoint)
    let merges = try mergeList(of: symbols, checkpoint)
    try checkpoint()
    do {
      return try Tokenizer(symbols: symbols, merges: merges, preTokenizer: preTokenizer)
    } catch {
      throw ModelFileFault(.tokenizer(error), at: entry("tokenizer.ggml.merges")?.offset ?? 0)
    }
  }

  /// `Chosen:` some milliseconds of work.
  private static let textsAtOnce = 1 << 14

  private func symbolList(_ checkpoint: () throws -> Void) throws -> SymbolList {
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
      if symbol % GGUFFile.textsAtOnce == 0 { try checkpoint() }
      let start = cursor.offset
      let text = UnsafeRawBufferPointer(rebasing: file.bytes[try cursor.takeText()])
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

  private func mergeList(
    of symbols: SymbolList, _ checkpoint: () throws -> Void
  ) throws -> [SymbolMerge] {
    let key = "tokenizer.ggml.merges"
    let texts = try required(key, try list(key, of: .string))
    let index: SymbolIndex
    do {
      index = try SymbolIndex(symbols)
    } catch {
      throw ModelFileFault(.tokenizer(error), at: entry("tokenizer.ggml.tokens")?.offset ?? 0)
    }
    try checkpoint()
    let alphabet = ByteAlphabet()
    var merges: [SymbolMerge] = []
    merges.reserveCapacity(texts.count)
    var cursor = ByteCursor(file.bytes, at: texts.start)
    var bytes: [UInt8] = []
    for rank in 0..<texts.count {
      if rank % GGUFFile.textsAtOnce == 0 { try checkpoint() }
      let start = cursor.offset
      let text = UnsafeRawBufferPointer(rebasing: file.bytes[try cursor.takeText()])
      bytes.removeAll(keepingCapacity: true)
      // A space is no character of the alphabet: the only one stands between the two symbols.
      guard let space = text.firstIndex(of: 0x20),
        alphabet.decode(UnsafeRawBufferPointer(rebasing: text[..<space]), into: &bytes),
        case let middle = bytes.count,
        alphabet.decode(UnsafeRawBufferPointer(rebasing: text[(space + 1)...]), into: &bytes),
        let merge = index.merge(bytes, at: middle)
      else { throw ModelFileFault(.merge(rank), at: start) }
      merges.append(merge)
    }
    return merges
  }
}

extension SymbolIndex {
  /// The merge of the two symbols into which bytes are cut at a place, if the three are symbols.
  fileprivate func merge(_ bytes: [UInt8], at middle: Int) -> SymbolMerge? {
    bytes.withUnsafeBytes { bytes in
      guard let left = symbol(UnsafeRawBufferPointer(rebasing: bytes[..<middle])),
        let right = symbol(UnsafeRawBufferPointer(rebasing: bytes[middle...])),
        let result = symbol(bytes)
      else { return nil }
      return SymbolMerge(left: left, right: right, result: result)
    }
  }
}
