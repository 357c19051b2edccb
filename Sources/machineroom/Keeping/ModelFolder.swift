import Commands
import Compute
import Glibc

/// The folder in which models are kept, each under the hash of its bytes.
struct ModelFolder: ModelShelf.Files {
  /// Where it is.
  let path: String

  func file(_ digest: String) throws(HostError) -> MappedFile? {
    let file = name(digest)
    guard access(file, F_OK) == 0 else { return nil }
    return try FileHost.mapAnyway(file)
  }

  func keep(_ bytes: UnsafeRawBufferPointer, digest: String) throws(HostError) {
    guard access(name(digest), F_OK) != 0 else { return }
    guard StateFolder.make(path) else { throw .failed(systemMessage()) }
    try FileHost.replace(name(digest), with: bytes, isDurable: true, mode: 0o600)
  }

  private func name(_ digest: String) -> String { "\(path)/\(digest).model" }
}

/// Where the program keeps what was made or fetched and is worth keeping.
enum DataFolder {
  /// The folder of the models by the XDG rules, or nil if there is no home.
  static func models(_ environment: [String: String]) -> String? {
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.local/share" }
    return data.map { $0 + "/machineroom/models" }
  }
}
