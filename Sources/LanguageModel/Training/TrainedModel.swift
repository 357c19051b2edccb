import Compute
import Snapshots

/// A model that was trained here: its tokenizer, and all that training needs to go on.
package struct TrainedModel: Sendable {
  /// How text becomes tokens.
  package let tokenizer: Tokenizer
  /// Weights and moments after the last finished step.
  package let checkpoint: TrainingCheckpoint

  /// A model as given.
  package init(tokenizer: Tokenizer, checkpoint: TrainingCheckpoint) {
    self.tokenizer = tokenizer
    self.checkpoint = checkpoint
  }

  /// The shape of its transformer.
  package var shape: TransformerShape { checkpoint.configuration.shape }

  /// The model made ready to generate.
  /// - Throws: `MatrixFault` for a shape that cannot be packed, and what `checkpoint` throws.
  package func loaded(
    name: String, pool: WorkerPool, checkpoint: () throws -> Void = {}
  ) throws -> LoadedModel {
    let stop = tokenizer.control(ChatFormat.end)
    return try LoadedModel(
      name: name, weights: TransformerWeights(shape: shape, values: self.checkpoint.weights),
      tokenizer: tokenizer, stops: stop.map { [$0] } ?? [], pool: pool,
      checkpoint: checkpoint)
  }

  // MARK: - As bytes

  private struct Contents: Codable {
    var symbols: [[UInt8]]
    var controls: [Int]
    var merges: [[Int32]]
    var preTokenizer: String
  }

  private static let mark = Array("MRMODEL2".utf8)

  /// The model as bytes: a mark, the tokenizer with its length, and the checkpoint.
  package func bytes() throws -> [UInt8] {
    let symbols = tokenizer.symbols
    let contents = Contents(
      symbols: (0..<symbols.count).map { Array(symbols[$0]) },
      controls: (0..<symbols.count).filter { symbols.kind($0) == .control },
      merges: tokenizer.merges.map { [$0.left, $0.right, $0.result] },
      preTokenizer: tokenizer.preTokenizer.rawValue)
    return TrainedModel.mark + ByteFrame.framed(try SnapshotEncoder.bytes(of: contents))
      + (try checkpoint.bytes())
  }

  /// The model of bytes that `bytes()` made.
  /// - Throws: `TrainingError.notACheckpoint` for other bytes, `damagedCheckpoint` for altered ones.
  package init(bytes: [UInt8]) throws(TrainingError) {
    guard bytes.starts(with: TrainedModel.mark) else { throw .notACheckpoint }
    guard let model = TrainedModel(payload: bytes.dropFirst(TrainedModel.mark.count)) else {
      throw .damagedCheckpoint
    }
    self = model
  }

  private init?(payload: ArraySlice<UInt8>) {
    guard let (front, rest) = ByteFrame.unframed(payload) else { return nil }
    do {
      let contents = try SnapshotDecoder.value(Contents.self, from: Array(front))
      let controls = Set(contents.controls)
      var symbols = SymbolList()
      for (index, symbol) in contents.symbols.enumerated() {
        symbols.append(symbol, kind: controls.contains(index) ? .control : .normal)
      }
      guard contents.merges.allSatisfy({ $0.count == 3 }),
        let preTokenizer = PreTokenizer(rawValue: contents.preTokenizer)
      else { return nil }
      tokenizer = try Tokenizer(
        symbols: symbols,
        merges: contents.merges.map { SymbolMerge(left: $0[0], right: $0[1], result: $0[2]) },
        preTokenizer: preTokenizer)
      checkpoint = try TrainingCheckpoint(bytes: rest)
      guard checkpoint.configuration.shape.symbols == symbols.count else { return nil }
    } catch {
      return nil
    }
  }
}
