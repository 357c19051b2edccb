/// How a text went on, and what that took.
package struct Generation: Hashable, Sendable {
  /// Why it ended.
  package enum End: Hashable, Sendable {
    /// The model said a symbol at which texts end.
    case stopSymbol(Int32)
    /// As many tokens as were asked for are there.
    case limit
    /// The context is full.
    case contextFull
  }

  /// What a phase took.
  package struct Phase: Hashable, Sendable {
    /// Tokens that the model took.
    package var tokens = 0
    /// Seconds by the caller's clock.
    package var seconds = 0.0
    /// Floating-point operations of all products, a multiply-add as two.
    package var operations = 0.0
    /// Bytes of weights, keys and values that had to be read.
    package var bytes = 0.0
  }

  /// The symbols that the model said, without the one that ended the text.
  package var tokens: [Int32] = []
  /// Why it ended.
  package var end = End.limit
  /// The prompt, taken at once.
  package var prefill = Phase()
  /// The rest, token by token.
  package var decode = Phase()
}

extension TransformerEngine {
  /// Takes a prompt, and goes on until a stop symbol, the limit, or a full context.
  ///
  /// `clock` tells seconds from any start on. `onToken` gets each symbol as soon as it is chosen. What
  /// `checkpoint` or `onToken` throws ends the work.
  /// - Throws: `Fault.contextFull` if the prompt does not fit.
  package func generate(
    _ prompt: [Int32], cache: KeyValueCache, sampler: inout Sampler, limit: Int, stops: [Int32],
    clock: () -> Double, checkpoint: () throws -> Void = {},
    onToken: (Int32) throws -> Void = { _ in }
  ) throws -> Generation {
    var result = Generation()
    let start = clock()
    result.prefill = phase(tokens: prompt.count, sequences: 1, after: cache.count)
    var logits = try prefill(prompt, cache: cache, checkpoint: checkpoint)
    let middle = clock()
    result.prefill.seconds = middle - start
    while result.tokens.count < limit {
      let token = sampler.next(logits)
      if stops.contains(token) {
        result.end = .stopSymbol(token)
        break
      }
      result.tokens.append(token)
      try onToken(token)
      if result.tokens.count == limit || cache.count == context {
        result.end = result.tokens.count == limit ? .limit : .contextFull
        break
      }
      result.decode += phase(tokens: 1, sequences: 1, after: cache.count)
      logits = try decode([token], caches: [cache], checkpoint: checkpoint)[0]
    }
    result.decode.seconds = clock() - middle
    return result
  }

  /// What it takes, in theory, to take so many tokens in each of some sequences that hold as many
  /// already: weights are read once for all, and logits are made once a sequence.
  package func phase(tokens: Int, sequences: Int, after held: Int) -> Generation.Phase {
    let (n, s) = (Double(tokens), Double(sequences))
    let (c, d) = (Double(shape.width), Double(shape.headWidth))
    let (heads, keyHeads) = (Double(shape.heads), Double(shape.keyValueHeads))
    let matrices = shape.feedForward == .swiGLU ? 3.0 : 2.0
    let weights = c * d * (2 * heads + 2 * keyHeads) + matrices * c * Double(shape.feedForwardWidth)
    // Token i of n sees those held and i: n · held + n (n + 1) / 2 pairs.
    let pairs = n * Double(held) + n * (n + 1) / 2
    let block = 2 * weights * n + 4 * heads * d * pairs
    let head = 2 * c * Double(shape.symbols)
    let passes = (n / Double(Self.rowsAtOnce)).rounded(.up)
    // A pass reads the places before its last row.
    let places = Double(held) * passes + n * (passes + 1) / 2
    return Generation.Phase(
      tokens: tokens * sequences, seconds: 0,
      operations: s * (Double(shape.layers) * block + head),
      bytes: passes * Double(self.matrices.bytesPerToken)
        + s * places * Double(shape.keyValueBytes(perNumber: 4)))
  }
}

extension Generation.Phase {
  static func += (sum: inout Self, more: Self) {
    sum.tokens += more.tokens
    sum.seconds += more.seconds
    sum.operations += more.operations
    sum.bytes += more.bytes
  }
}
