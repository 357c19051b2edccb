import Randomness

/// The tokens to learn from, and those to be tested on.
package struct TrainingText: Hashable, Sendable {
  /// The first part, from which batches are drawn.
  package let training: [Int32]
  /// The last part, which no batch touches.
  package let validation: [Int32]

  /// Splits tokens into a first part and a last part of a share.
  /// - Throws: `TrainingError.textTooShort` if either is shorter than a sequence and its next token.
  package init(tokens: [Int32], validationShare: Double, context: Int) throws(TrainingError) {
    precondition(
      (0..<1).contains(validationShare), "a share of \(validationShare) cannot be split off")
    let split = tokens.count - Int(Double(tokens.count) * validationShare)
    training = Array(tokens[..<split])
    validation = Array(tokens[split...])
    for part in [training, validation] where part.count <= context {
      throw .textTooShort(tokens: part.count, needed: context + 1)
    }
  }

  /// The sequences of a step and what follows each token, both [b, t].
  ///
  /// A function of (seed, step) alone, so a resumed run draws what it would have drawn.
  func batch(step: Int, seed: UInt64, sequences: Int, context: Int) -> TokenBatch {
    let draws = RandomStream(seed: seed, name: "batch").entity(step)
    let starts = (0..<sequences).map { index in
      Int(draws.bits(index) % UInt64(training.count - context))
    }
    return TokenBatch(text: training, starts: starts, context: context)
  }

  /// Evenly spaced windows of the validation part; the last batch may repeat its last window to be
  /// full, so at least `windows` of them, in batches.
  func validationBatches(windows: Int, sequences: Int, context: Int) -> [TokenBatch] {
    let room = validation.count - context
    let batches = max(1, min(windows, max(1, room / context)) / sequences)
    let count = batches * sequences
    let starts = (0..<count).map { $0 * (room - 1) / max(count - 1, 1) }
    return (0..<batches).map { batch in
      TokenBatch(
        text: validation, starts: Array(starts[(batch * sequences)..<((batch + 1) * sequences)]),
        context: context)
    }
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
