/// What it takes to say several texts side by side: every weight is fetched once for all of them.
package struct BatchMeasurement: Hashable, Sendable {
  /// Texts that were said at once.
  package var sequences: Int
  /// Saying them, without reading their beginning.
  package var decode: Generation.Phase

  /// Symbols of all texts together, a second; nil if it took no time.
  package var tokensPerSecond: Double? {
    decode.seconds > 0 ? Double(decode.tokens) / decode.seconds : nil
  }
}

extension TransformerEngine {
  /// Goes on from a beginning in several ways at once, each for as many tokens.
  ///
  /// `makeSampler` gives the sampler of each text, and `clock` tells seconds from any start on.
  /// - Returns: what it took, and the tokens of each text.
  /// - Throws: `Fault.contextFull` if beginning and tokens do not fit, and what `checkpoint` throws.
  package func generate(
    _ prompt: [Int32], sequences: Int, tokens: Int, clock: () -> Double,
    checkpoint: () throws -> Void = {}, makeSampler: (Int) -> Sampler
  ) throws -> (measurement: BatchMeasurement, texts: [[Int32]]) {
    precondition(
      (1...Self.logitRowsAtOnce).contains(sequences) && tokens > 0,
      "\(sequences) sequences of \(tokens) tokens cannot be said at once")
    let room = prompt.count + tokens
    guard room <= context else { throw Fault.contextFull(tokens: room, limit: context) }
    let caches = (0..<sequences).map { _ in KeyValueCache(shape: shape, capacity: room) }
    var samplers = (0..<sequences).map(makeSampler)
    var texts: [[Int32]] = []
    for index in 0..<sequences {
      let logits = try prefill(prompt, cache: caches[index], checkpoint: checkpoint)
      texts.append([samplers[index].next(logits)])
    }
    var measurement = BatchMeasurement(sequences: sequences, decode: Generation.Phase())
    let start = clock()
    for taken in 1..<max(2, tokens) where taken < tokens {
      measurement.decode += phase(tokens: 1, sequences: sequences, after: caches[0].count)
      let logits = try decode(texts.map { $0[taken - 1] }, caches: caches, checkpoint: checkpoint)
      for index in 0..<sequences { texts[index].append(samplers[index].next(logits[index])) }
    }
    measurement.decode.seconds = clock() - start
    return (measurement, texts)
  }
}
