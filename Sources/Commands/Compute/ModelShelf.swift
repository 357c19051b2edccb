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
    func bytes(of digest: String) throws(HostError) -> [UInt8]?
    /// Keeps bytes.
    func keep(_ bytes: [UInt8], digest: String) throws(HostError)
  }

  private let files: (any Files)?
  private var bytes: [String: [UInt8]] = [:]
  private var loaded: [(digest: String, model: LoadedModel)] = []
  private var prompt: (digest: String, tokens: [Int32], cache: KeyValueCache)?
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
    let made = try model.bytes()
    let digest = made.withUnsafeBytes { SHA256.hash(of: $0) }
    if let files { try files.keep(made, digest: digest) } else { bytes[digest] = made }
    return digest
  }

  /// A model that was trained here; nil if its bytes are gone.
  package func trained(_ digest: String) throws -> TrainedModel? {
    guard let found = try bytes[digest] ?? files?.bytes(of: digest) else { return nil }
    return try TrainedModel(bytes: found)
  }

  /// A model made ready to generate; nil if its bytes are gone.
  package func model(_ digest: String, name: String) throws -> LoadedModel? {
    if let known = loaded.first(where: { $0.digest == digest }) { return known.model }
    guard let model = try trained(digest)?.loaded(name: name, pool: pool) else { return nil }
    loaded.append((digest, model))
    if loaded.count > ModelShelf.loadedMax { loaded.removeFirst() }
    return model
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
