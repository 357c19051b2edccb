import Snapshots

/// All that a training run needs to go on as if it had not stopped, but for its text.
package struct TrainingCheckpoint: Hashable, Sendable {
  /// What is being run.
  package let configuration: TrainingConfiguration
  /// Finished steps.
  package let step: Int
  /// The weights, in the order of `TransformerWeights.slices(of:)`.
  package let weights: [Float]
  /// AdamW's running means of the gradients.
  package let means: [Float]
  /// AdamW's running means of their squares.
  package let variances: [Float]

  /// What is written down before the numbers, which follow as their bits, so that they come back exactly.
  private struct Head: Codable {
    var configuration: TrainingConfiguration
    var step: Int
  }

  private static let mark = Array("MRTRAIN".utf8)
  private static let version: UInt8 = 2

  init(
    configuration: TrainingConfiguration, step: Int, weights: [Float], means: [Float],
    variances: [Float]
  ) {
    self.configuration = configuration
    self.step = step
    self.weights = weights
    self.means = means
    self.variances = variances
  }

  /// The same weights and moments, to go on by another schedule.
  package func following(_ schedule: LearningRateSchedule) -> TrainingCheckpoint {
    var configuration = configuration
    configuration.schedule = schedule
    return TrainingCheckpoint(
      configuration: configuration, step: step, weights: weights, means: means, variances: variances
    )
  }

  private var arrays: [[Float]] { [weights, means, variances] }

  /// A mark of seven bytes, the version, a hash of eight bytes, the head with its length, and the numbers.
  package func bytes() throws -> [UInt8] {
    var payload = ByteFrame.framed(
      try SnapshotEncoder.bytes(of: Head(configuration: configuration, step: step)))
    payload.reserveCapacity(payload.count + 12 * weights.count)
    for array in arrays { array.withUnsafeBytes { payload.append(contentsOf: $0) } }
    let hash = ByteFrame.hash(payload[...])
    return TrainingCheckpoint.mark + [TrainingCheckpoint.version]
      + withUnsafeBytes(of: hash.littleEndian, Array.init) + payload
  }

  /// The checkpoint that `bytes` wrote.
  /// - Throws: `notACheckpoint`, `otherVersion` or `damagedCheckpoint`.
  package init(bytes: ArraySlice<UInt8>) throws(TrainingError) {
    let (mark, known) = (TrainingCheckpoint.mark, TrainingCheckpoint.version)
    guard bytes.starts(with: mark) else { throw .notACheckpoint }
    guard bytes.count >= mark.count + 9 else { throw .damagedCheckpoint }
    let version = bytes[bytes.startIndex + mark.count]
    guard version == known else { throw .otherVersion(found: Int(version), known: Int(known)) }
    let payload = bytes.dropFirst(mark.count + 9)
    guard ByteFrame.word(bytes.dropFirst(mark.count + 1)) == ByteFrame.hash(payload),
      let checkpoint = TrainingCheckpoint(payload: payload)
    else { throw .damagedCheckpoint }
    self = checkpoint
  }

  /// What the payload holds, if its numbers fit its shape.
  private init?(payload: ArraySlice<UInt8>) {
    guard let (bytes, numbers) = ByteFrame.unframed(payload) else { return nil }
    do {
      let head = try SnapshotDecoder.value(Head.self, from: Array(bytes))
      guard head.step >= 0, TrainingCheckpoint.isPlausible(head.configuration) else { return nil }
      let count = head.configuration.shape.parameters
      guard numbers.count == 12 * count else { return nil }
      let arrays = (0..<3).map { part in
        [Float](unsafeUninitializedCapacity: count) { target, initialized in
          numbers.dropFirst(4 * part * count).prefix(4 * count).withUnsafeBytes {
            UnsafeMutableRawBufferPointer(target).copyMemory(from: $0)
          }
          initialized = count
        }
      }
      self.init(
        configuration: head.configuration, step: head.step, weights: arrays[0], means: arrays[1],
        variances: arrays[2])
    } catch {
      return nil
    }
  }

  /// Whether a shape can be that of a transformer; its products then stay far below 2⁶³.
  private static func isPlausible(_ configuration: TrainingConfiguration) -> Bool {
    let shape = configuration.shape
    let small = [shape.layers, shape.heads, shape.keyValueHeads, configuration.sequences]
    let large = [
      shape.width, shape.headWidth, shape.feedForwardWidth, shape.context, shape.symbols,
    ]
    return small.allSatisfy { (1...4_096).contains($0) }
      && large.allSatisfy { (1...65_536).contains($0) }
      && shape.heads.isMultiple(of: shape.keyValueHeads)
      && (shape.positions == .learned || shape.headWidth.isMultiple(of: 2))
  }
}
