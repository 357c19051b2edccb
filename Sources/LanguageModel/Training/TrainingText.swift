import Randomness

/// The tokens to learn from, and those to be tested on.
///
/// A text is made of parts, such as conversations. A part that fits into a sequence is read from
/// its beginning on, so that what belongs together is seen together; a longer one from anywhere.
package struct TrainingText: Hashable, Sendable {
  /// The first part, from which batches are drawn.
  package let training: [Int32]
  /// The last part, which no batch touches.
  package let validation: [Int32]
  /// Where each part of the training and the validation begins, in order.
  private let trainingParts, validationParts: [Int]

  /// Splits parts into the first ones and the last ones, which have about a share of the tokens; a
  /// part that is longer than a quarter of that share is split itself.
  /// - Throws: `TrainingError.textTooShort` if either is shorter than a sequence and its next token.
  package init(parts: [[Int32]], validationShare: Double, context: Int) throws(TrainingError) {
    precondition(
      (0..<1).contains(validationShare), "a share of \(validationShare) cannot be split off")
    let tokens = parts.count == 1 ? parts[0] : parts.flatMap { $0 }
    let starts = parts.reduce(into: (list: [Int](), end: 0)) { sum, part in
      sum.list.append(sum.end)
      sum.end += part.count
    }.list
    let held = Int(Double(tokens.count) * validationShare)
    let wanted = tokens.count - held
    let next = starts.first { $0 >= wanted } ?? tokens.count
    let split = next - wanted <= held / 4 ? next : wanted
    training = Array(tokens[..<split])
    validation = Array(tokens[split...])
    trainingParts = starts.filter { $0 < split }
    validationParts = [0] + starts.filter { $0 > split }.map { $0 - split }
    for part in [training, validation] where part.count <= context {
      throw .textTooShort(tokens: part.count, needed: context + 1)
    }
  }

  /// Splits a text of one part.
  /// - Throws: `TrainingError.textTooShort` if either is shorter than a sequence and its next token.
  package init(tokens: [Int32], validationShare: Double, context: Int) throws(TrainingError) {
    try self.init(parts: [tokens], validationShare: validationShare, context: context)
  }

  /// The sequences of a step and what follows each token, both [b, t].
  ///
  /// A function of (seed, step) alone, so a resumed run draws what it would have drawn.
  func batch(step: Int, seed: UInt64, sequences: Int, context: Int) -> TokenBatch {
    let draws = RandomStream(seed: seed, name: "batch").entity(step)
    let starts = (0..<sequences).map { index in
      let place = Int(draws.bits(index) % UInt64(training.count - context))
      return start(near: place, of: trainingParts, count: training.count, context: context)
    }
    return TokenBatch(text: training, starts: starts, context: context)
  }

  /// Evenly spaced sequences of the validation part, about so many of them, in full batches, but no
  /// more than one for each stretch of a sequence's length, if that fills a batch.
  func validationBatches(windows: Int, sequences: Int, context: Int) -> [TokenBatch] {
    let room = validation.count - context
    let batches = max(1, min(windows, max(1, room / context)) / sequences)
    let count = batches * sequences
    let starts = (0..<count).map { index in
      start(
        near: index * (room - 1) / max(count - 1, 1), of: validationParts, count: validation.count,
        context: context)
    }
    return (0..<batches).map { batch in
      TokenBatch(
        text: validation, starts: Array(starts[(batch * sequences)..<((batch + 1) * sequences)]),
        context: context)
    }
  }

  /// The beginning of the part that a place lies in, or the place itself if the part is longer than
  /// a sequence.
  private func start(near place: Int, of parts: [Int], count: Int, context: Int) -> Int {
    var (low, high) = (0, parts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle] <= place { low = middle } else { high = middle }
    }
    let end = low + 1 < parts.count ? parts[low + 1] : count
    return end - parts[low] <= context ? parts[low] : place
  }
}

/// Sequences of tokens, and the token that follows each.
struct TokenBatch {
  let tokens: [Int32]
  let targets: [Int32]

  init(text: [Int32], starts: [Int], context: Int) {
    tokens = starts.flatMap { text[$0..<($0 + context)] }
    targets = starts.flatMap { text[($0 + 1)..<($0 + context + 1)] }
  }
}

/// Why a text or a checkpoint cannot be trained from.
package enum TrainingError: Error, Hashable, Sendable {
  /// A part of the text has fewer tokens than a sequence and its next token need.
  case textTooShort(tokens: Int, needed: Int)
  /// The bytes are no checkpoint of a training run.
  case notACheckpoint
  /// A checkpoint of a version that this program does not read.
  case otherVersion(found: Int, known: Int)
  /// The bytes of the checkpoint are cut off or altered.
  case damagedCheckpoint
}
