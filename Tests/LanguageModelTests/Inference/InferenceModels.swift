import Compute
import Randomness

@testable import LanguageModel

/// Small models for tests of inference.
enum InferenceModels {
  /// Two query heads on a head of keys, rotated places, gated feed-forward, as in llama.
  static let llama = SmallModelFile.shape

  /// Learned places, GELU, a head of its own, widths that are no multiples of 16.
  static let learned = TransformerShape(
    layers: 2, heads: 3, keyValueHeads: 3, width: 24, headWidth: 8, feedForwardWidth: 40,
    context: 150, symbols: 50, positions: .learned, feedForward: .gelu, normEpsilon: 1e-5,
    tiesHead: false)

  /// Weights that are large enough for attention to look at something in particular.
  static func weights(_ shape: TransformerShape) -> TransformerWeights {
    var weights = TransformerWeights(shape: shape, seed: 3) {}
    for slice in weights.slices where !slice.isScale {
      for index in slice.range { weights.values[index] *= 10 }
    }
    return weights
  }

  /// The numbers of a file's tensors, as the formats define them.
  static func weights(_ file: GGUFFile) throws -> TransformerWeights {
    let shape = try file.transformerShape()
    var values: [Float] = []
    for slice in TransformerWeights.slices(of: shape) {
      let tensor = file.tensor(slice.name)!
      values += [Float](unsafeUninitializedCapacity: tensor.count) { numbers, count in
        count = numbers.count
        file.withBytes(of: tensor) { tensor.type.dequantize($0, into: numbers) }
      }
    }
    return TransformerWeights(shape: shape, values: values)
  }

  static func engine(_ weights: TransformerWeights, threads: Int = 1) throws -> TransformerEngine {
    let tokenizer = try Tokenizer(symbols: SymbolList([[97]]), merges: [], preTokenizer: .gpt2)
    return try LoadedModel(
      name: "test", weights: weights, tokenizer: tokenizer, stops: [],
      pool: WorkerPool(threads: threads)
    ).engine
  }

  static func model(_ file: GGUFBytes = SmallModelFile.bytes(), threads: Int = 1) throws
    -> LoadedModel
  {
    try LoadedModel(
      GGUFFile(file.file), context: 1_000, pool: WorkerPool(threads: threads))
  }

  /// Symbols below a number that look random.
  static func tokens(_ count: Int, below symbols: Int) -> [Int32] {
    let draws = RandomStream(seed: 9, name: "tokens").entity(symbols)
    return (0..<count).map { Int32(draws.bits($0) % UInt64(symbols)) }
  }

  /// |a − b| / |b|, over all numbers.
  static func distance(_ a: [Float], from b: [Double]) -> Double {
    let difference = zip(a, b).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
    return (difference / b.reduce(0) { $0 + $1 * $1 }).squareRoot()
  }
}
