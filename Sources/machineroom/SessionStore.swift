import CommandLanguage
import Commands
import Glibc

/// A session on disk: its log, one accepted statement a line, the truth from which it is replayed.
struct SessionStore {
  private let path: String
  private var descriptor: Int32 = -1

  /// The store in a folder, which is made if it is not there.
  init(folder: String) throws(Diagnostic) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw SessionStore.problem("'\(folder)' cannot be made: \(systemMessage()).")
    }
    path = folder + "/log"
  }

  /// Replays what the log holds, or begins it, and leaves it open for appending.
  mutating func open(seed: UInt64, _ context: CommandContext) throws(Diagnostic) -> Session {
    descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw SessionStore.problem("'\(path)' cannot be written: \(systemMessage()).")
    }
    // Held until the process ends: two that append to one log would write what neither has seen.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw SessionStore.problem(
        "'\(path)' is in use by another machineroom.",
        help: "Leave that one first, or choose another folder.")
    }
    let (session, length) = try replayed(seed: seed, context)
    guard ftruncate(descriptor, length) == 0 else {
      throw SessionStore.problem("'\(path)' cannot be written: \(systemMessage()).")
    }
    if length == 0 { try append([SessionStore.header(seed: session.seed)]) }
    return session
  }

  /// Writes statements to the log, on disk when it returns.
  func append(_ lines: some Collection<String>) throws(Diagnostic) {
    guard !lines.isEmpty else { return }
    var rest = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw SessionStore.problem("The log was not written: \(systemMessage()).")
      }
      rest = rest.dropFirst(count)
    }
    guard fdatasync(descriptor) == 0 else {
      throw SessionStore.problem("The log was not written: \(systemMessage()).")
    }
  }

  /// The session of the log, and how many bytes of it are whole lines.
  ///
  /// A last line without its end was cut off by a power failure before its result was shown, so it
  /// is left out.
  private func replayed(seed: UInt64, _ context: CommandContext) throws(Diagnostic)
    -> (session: Session, length: Int)
  {
    guard access(path, F_OK) == 0 else { return (Session(seed: seed), 0) }
    let bytes: [UInt8]
    do {
      bytes = try FileHost.readAnyway(path, limit: 1 << 30)
    } catch {
      throw SessionStore.problem("'\(path)' cannot be read: \(error).")
    }
    let length = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let isForeign = length == 0 && !SessionStore.beginsHeader(bytes)
    let lines = String(decoding: isForeign ? bytes[...] : bytes[..<length], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    guard let first = lines.first else { return (Session(seed: seed), 0) }
    guard let kept = SessionStore.seed(inHeader: first) else {
      throw SessionStore.problem(
        "'\(path)' begins with '\(first)': it is no log of this engine "
          + "(semantics \(Version.semantics)).",
        help: "Choose another folder, or start with --no-session.")
    }
    do {
      let session = try Session.replayed(
        Array(lines.dropFirst()), seed: kept, registry: .standard, context)
      return (session, length)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw SessionStore.problem("The replay of '\(path)' was stopped.")
    }
  }

  private static func header(seed: UInt64) -> String {
    "# machineroom log, semantics \(Version.semantics), seed \(seed)"
  }

  /// Whether bytes are a header that was cut off, or nothing.
  private static func beginsHeader(_ bytes: [UInt8]) -> Bool {
    "# machineroom log, semantics \(Version.semantics), seed ".utf8.starts(with: bytes)
      || seed(inHeader: String(decoding: bytes, as: UTF8.self)) != nil
  }

  private static func seed(inHeader line: String) -> UInt64? {
    let prefix = "# machineroom log, semantics \(Version.semantics), seed "
    guard line.hasPrefix(prefix) else { return nil }
    return UInt64(line.dropFirst(prefix.count))
  }

  private static func problem(_ message: String, help: String? = nil) -> Diagnostic {
    Diagnostic("session-error", message, help: help)
  }
}
