import Compute
import LanguageModel

/// Models that are loaded in this process, and where their bytes are kept.
///
/// A model goes by the hash of its bytes, so that a log that names it finds the same one or none. A class:
/// weights are large, all sessions of the process share them, and nothing of it is state.
package final class ModelShelf {
  /// Where bytes are kept beyond this process.
  package protocol Files {
    /// The bytes of a model; nil if they are not there.
    func file(_ digest: String) throws(HostError) -> MappedFile?
    /// Keeps bytes.
    func keep(_ bytes: UnsafeRawBufferPointer, digest: String) throws(HostError)
  }

  private let files: (any Files)?
  private var kept: [String: MappedFile] = [:]
  private var loaded: [(digest: String, model: LoadedModel)] = []
  private var prompt: (digest: String, tokens: [Int32], cache: KeyValueCache)?
  /// A training that was stopped and may yet be kept.
  var stopped: TrainCommand.Stopped?
  private let threads: Int
  /// The threads that compute; none are started before something does.
  package private(set) lazy var pool = WorkerPool(threads: threads)

  /// `Chosen:` two models to compare; more would fill the memory.
  private static let loadedMax = 2

  /// A shelf; without files it forgets with the process.
  package init(files: (any Files)? = nil, threads: Int = 1) {
    self.files = files
    self.threads = threads
  }

  /// Keeps a model.
  /// - Returns: the hash of its bytes.
  package func keep(_ model: TrainedModel) throws -> String {
    let file = MappedFile(copying: try model.bytes())
    let digest = SHA256.hash(of: file.bytes)
    try keep(file, digest)
    return digest
  }

  /// A file is not the one that was expected.
  package struct OtherBytes: Error {}

  /// Checks a model's file and keeps a copy of it.
  /// - Parameter expected: the hash that its bytes must have, if that is known.
  /// - Returns: the hash of its bytes, and what it holds.
  /// - Throws: `ModelFileFault` for what is wrong with it, `OtherBytes` for another hash, `HostError`, and what
  ///   `checkpoint` throws.
  package func add(
    _ file: MappedFile, expecting expected: String? = nil, checkpoint: () throws -> Void
  ) throws -> (digest: String, shape: TransformerShape) {
    let digest = try withExtendedLifetime(file) {
      try SHA256.hash(of: file.bytes, checkpoint: checkpoint)
    }
    if let expected, digest != expected { throw OtherBytes() }
    let shape = try GGUFFile(file).transformerShape()
    let model = try LoadedModel(
      GGUFFile(file), context: context(of: shape), pool: pool, checkpoint: checkpoint)
    try keep(file, digest)
    put(model, digest)
    return (digest, shape)
  }

  /// `Chosen:` a conversation of two thousand symbols; a cache for all of a long context would take more memory
  /// than the weights.
  private func context(of shape: TransformerShape) -> Int { min(shape.context, 2_048) }

  private func keep(_ file: MappedFile, _ digest: String) throws(HostError) {
    if let files { try files.keep(file.bytes, digest: digest) } else { kept[digest] = file }
  }

  private static let ggufMark = Array("GGUF".utf8)

  /// A model that was trained here, with all that it takes to go on; nil for one that was not.
  /// - Throws: `TrainingError`, `HostError`, `Gone`.
  package func trained(_ digest: String) throws -> TrainedModel? {
    guard let file = try file(digest) else { throw Gone() }
    if file.bytes.starts(with: ModelShelf.ggufMark) { return nil }
    return try TrainedModel(bytes: Array(file.bytes))
  }

  /// The bytes of a model are no longer there.
  package struct Gone: Error {}

  /// The bytes of a model; nil if they are not there.
  package func file(_ digest: String) throws(HostError) -> MappedFile? {
    if let file = kept[digest] { return file }
    return try files?.file(digest)
  }

  /// Whether the bytes of a model can be read.
  package func holds(_ digest: String) -> Bool {
    do throws(HostError) {
      return try file(digest) != nil
    } catch {
      return false
    }
  }

  /// A model made ready to generate; nil if its bytes are gone.
  /// - Throws: `ModelFileFault`, `TrainingError`, `WeightMemory.Fault`, `HostError`, and what `checkpoint`
  ///   throws.
  package func model(_ digest: String, name: String, checkpoint: () throws -> Void) throws
    -> LoadedModel?
  {
    if let known = loaded.first(where: { $0.digest == digest }) { return known.model }
    guard let file = try file(digest) else { return nil }
    let model: LoadedModel
    if file.bytes.starts(with: ModelShelf.ggufMark) {
      let shape = try GGUFFile(file).transformerShape()
      model = try LoadedModel(
        GGUFFile(file), context: context(of: shape), pool: pool, checkpoint: checkpoint)
    } else {
      model = try TrainedModel(bytes: Array(file.bytes)).loaded(
        name: name, pool: pool, checkpoint: checkpoint)
    }
    put(model, digest)
    return model
  }

  private func put(_ model: LoadedModel, _ digest: String) {
    loaded.append((digest, model))
    if loaded.count > ModelShelf.loadedMax { loaded.removeFirst() }
  }

  /// A cache that holds the beginning of some tokens, as far as the last prompt was the same, and how many
  /// it holds; at least one token is left to take.
  package func cache(of model: LoadedModel, _ digest: String, for tokens: [Int32]) -> KeyValueCache
  {
    guard let prompt, prompt.digest == digest else {
      let cache = model.engine.makeCache()
      self.prompt = (digest, tokens, cache)
      return cache
    }
    let common = zip(prompt.tokens, tokens).prefix { $0 == $1 }.count
    prompt.cache.truncate(to: min(common, prompt.cache.count, tokens.count - 1))
    self.prompt = (digest, tokens, prompt.cache)
    return prompt.cache
  }

  /// Says what the last cache holds by now.
  package func remember(_ tokens: [Int32]) { prompt?.tokens = tokens }
}
