import Compute

/// A model that is ready to go on with a text: tokenizer, weights and engine.
///
/// A class, because its engine owns memory.
package final class LoadedModel {
  /// What the model's maker calls it.
  package let name: String
  /// Text to symbols and back.
  package let tokenizer: Tokenizer
  /// What computes.
  package let engine: TransformerEngine
  /// Symbols at which a text ends.
  package let stops: [Int32]
  /// The text of the file's chat template, if it has one.
  package let chatTemplate: String?

  /// The model's shape.
  package var shape: TransformerShape { engine.shape }

  /// The model in a file.
  ///
  /// The weights are copied, so that the file is not needed any longer.
  /// - Throws: `ModelFileFault` for a file that is no model known here; `WeightMemory.Fault`; what
  ///   `checkpoint` throws, which is called after some milliseconds of work each time.
  package init(
    _ file: GGUFFile, context: Int, pool: WorkerPool, checkpoint: () throws -> Void = {}
  ) throws {
    let shape = try file.transformerShape()
    tokenizer = try file.tokenizer(checkpoint: checkpoint)
    let symbols = tokenizer.symbols.count
    guard symbols == shape.symbols else {
      throw ModelFileFault(
        .symbolCount(expected: shape.symbols, found: symbols),
        at: file.entry("tokenizer.ggml.tokens")?.offset ?? 0)
    }
    name = try file.text("general.name") ?? "model"
    chatTemplate = try file.text("tokenizer.chat_template")
    let end = try file.integer("tokenizer.ggml.eos_token_id", in: 0...(symbols - 1))
    stops = end.map { [Int32($0)] } ?? []
    defer { withExtendedLifetime(file) {} }
    let matrices = try TransformerMatrices(
      shape: shape, pool: pool, checkpoint: checkpoint
    ) { name in
      file.tensor(name).map { tensor in
        file.withBytes(of: tensor) { .init(type: tensor.type, bytes: $0) }
      }
    }
    engine = TransformerEngine(matrices, context: context, pool: pool)
  }

  /// A model whose weights were trained here.
  ///
  /// - Throws: `WeightMemory.Fault`; what `checkpoint` throws, as above.
  package init(
    name: String, weights: TransformerWeights, tokenizer: Tokenizer, stops: [Int32],
    chatTemplate: String? = nil, pool: WorkerPool, checkpoint: () throws -> Void = {}
  ) throws {
    let matrices = try weights.values.withUnsafeBytes { values in
      try TransformerMatrices(
        shape: weights.shape, pool: pool, checkpoint: checkpoint
      ) { name in
        weights.slice(named: name).map { slice in
          let range = (4 * slice.range.lowerBound)..<(4 * slice.range.upperBound)
          return .init(type: .f32, bytes: UnsafeRawBufferPointer(rebasing: values[range]))
        }
      }
    }
    self.name = name
    self.tokenizer = tokenizer
    self.stops = stops
    self.chatTemplate = chatTemplate
    engine = TransformerEngine(matrices, context: weights.shape.context, pool: pool)
  }
}
