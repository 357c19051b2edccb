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

  /// What is written down; numbers as their bits, so that they come back exactly.
  private struct Contents: Codable {
    var configuration: TrainingConfiguration
    var step: Int
    var weights: [UInt32]
    var means: [UInt32]
    var variances: [UInt32]
  }

  private static let mark = Array("MRTRAIN".utf8)
  private static let version: UInt8 = 1

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

  /// A mark of seven bytes, the version, a hash of eight bytes, and a snapshot.
  package func bytes() throws -> [UInt8] {
    let payload = try SnapshotEncoder.bytes(
      of: Contents(
        configuration: configuration, step: step, weights: weights.map(\.bitPattern),
        means: means.map(\.bitPattern), variances: variances.map(\.bitPattern)))
    let hash = withUnsafeBytes(of: TrainingCheckpoint.hash(payload[...]).littleEndian, Array.init)
    return TrainingCheckpoint.mark + [TrainingCheckpoint.version] + hash + payload
  }

  /// The checkpoint that `bytes` wrote.
  /// - Throws: `notACheckpoint`, `otherVersion` or `damagedCheckpoint`.
  package init(bytes: [UInt8]) throws(TrainingError) {
    let (mark, known) = (TrainingCheckpoint.mark, TrainingCheckpoint.version)
    guard bytes.starts(with: mark) else { throw .notACheckpoint }
    guard bytes.count >= mark.count + 9 else { throw .damagedCheckpoint }
    guard bytes[mark.count] == known else {
      throw .otherVersion(found: Int(bytes[mark.count]), known: Int(known))
    }
    let (payload, start) = (bytes[(mark.count + 9)...], mark.count + 1)
    let hash = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
    guard hash == TrainingCheckpoint.hash(payload),
      let contents = TrainingCheckpoint.contents(of: Array(payload))
    else { throw .damagedCheckpoint }
    self.init(
      configuration: contents.configuration, step: contents.step,
      weights: contents.weights.map { Float(bitPattern: $0) },
      means: contents.means.map { Float(bitPattern: $0) },
      variances: contents.variances.map { Float(bitPattern: $0) })
  }

  /// What the payload holds, if its arrays fit its shape.
  private static func contents(of payload: [UInt8]) -> Contents? {
    let contents: Contents
    do {
      contents = try SnapshotDecoder.value(Contents.self, from: payload)
    } catch {
      return nil
    }
    guard contents.step >= 0, isPlausible(contents.configuration) else { return nil }
    let parameters = contents.configuration.shape.parameters
    let arrays = [contents.weights, contents.means, contents.variances]
    return arrays.allSatisfy { $0.count == parameters } ? contents : nil
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

  /// FNV-1a over 64 bits, which finds damage, not malice.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
