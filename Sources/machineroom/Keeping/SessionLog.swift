import CommandLanguage
import Commands
import Glibc

/// The log of a session on disk: a header, then one accepted statement a line.
///
/// It is a script too, its header being a comment. What `append` returned from has reached the disk.
struct SessionLog {
  /// Where it is.
  let path: String
  /// The file, open for appending and locked, so that nobody else writes to it.
  private let descriptor: Int32
  /// How many bytes of whole lines it holds.
  private(set) var length: Int

  /// Why a log cannot be written.
  enum Refusal: Error {
    /// Another prompt has it open.
    case inUse
    /// The system says no, in its words.
    case system(String)
  }

  /// Opens the log at a path, which is made if it is not there, and locks it until the process ends.
  init(path: String) throws(Refusal) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(systemMessage()) }
    length = 0
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isInUse = errno == EWOULDBLOCK
      let message = systemMessage()
      Glibc.close(descriptor)
      throw isInUse ? .inUse : .system(message)
    }
  }

  /// Drops what follows the whole lines: a statement that a power failure cut off before its result
  /// was shown.
  mutating func truncate(to length: Int) throws(Refusal) {
    guard ftruncate(descriptor, length) == 0 else { throw .system(systemMessage()) }
    self.length = length
  }

  /// Writes lines, on disk when it returns.
  ///
  /// If that fails, the log is as it was.
  mutating func append(_ lines: some Collection<String>) throws(Refusal) {
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    guard !bytes.isEmpty else { return }
    do {
      try write(bytes)
      if length == 0 { try syncFolder() }
      length += bytes.count
    } catch {
      _ = ftruncate(descriptor, length)
      throw error
    }
  }

  private func write(_ bytes: [UInt8]) throws(Refusal) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .system(systemMessage())
      }
      rest = rest.dropFirst(count)
    }
    guard fdatasync(descriptor) == 0 else { throw .system(systemMessage()) }
  }

  /// Makes sure that a new log is found again after a power failure.
  private func syncFolder() throws(Refusal) {
    let folder = open(
      path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".",
      O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .system(systemMessage()) }
    defer { Glibc.close(folder) }
    guard fsync(folder) == 0 else { throw .system(systemMessage()) }
  }

  /// Lets somebody else write it.
  func close() { Glibc.close(descriptor) }
}

extension SessionLog {
  /// What the bytes of a log hold.
  enum Contents {
    /// Nothing yet, or a header that was cut off.
    case nothing
    /// Statements under a seed, and how many bytes of whole lines they take.
    case statements([String], seed: UInt64, length: Int)
    /// The log of another engine, whose numbers differ.
    case otherSemantics(String)
    /// Something else; the text is its first line.
    case foreign(String)
  }

  private static let title = "# machineroom log, semantics "

  /// The header of a log of this engine.
  static func header(seed: UInt64) -> String { "\(title)\(Version.semantics), seed \(seed)" }

  /// Reads the bytes of a log.
  static func contents(of bytes: [UInt8]) -> Contents {
    let length = (bytes.lastIndex(of: Ascii.newline) ?? -1) + 1
    guard length > 0 else {
      // A header that was cut off, before any statement.
      let text = String(decoding: bytes.prefix(200), as: UTF8.self)
      return title.hasPrefix(text) || text.hasPrefix(title) ? .nothing : .foreign(text)
    }
    let lines = String(decoding: bytes[..<length], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    guard let first = lines.first else { return .nothing }
    guard first.hasPrefix(title) else { return .foreign(String(first.prefix(200))) }
    let words = first.dropFirst(title.count).split(separator: " ")
    guard words.count == 3, words[1] == "seed", let seed = UInt64(words[2]) else {
      return .foreign(String(first.prefix(200)))
    }
    let semantics = words[0].dropLast(words[0].hasSuffix(",") ? 1 : 0)
    guard semantics == "\(Version.semantics)" else { return .otherSemantics(String(semantics)) }
    return .statements(Array(lines.dropFirst()), seed: seed, length: length)
  }
}
