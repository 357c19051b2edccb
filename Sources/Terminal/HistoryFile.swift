import CTerminal
import Glibc

/// The lines that were typed, in a file that only its owner can read.
///
/// One entry a line, `\n` and `\\` for a newline and a backslash within it. Entries are appended,
/// so two prompts at once lose nothing; the file is written anew when half of it is outdated.
package struct HistoryFile: Sendable {
  /// How many entries are kept.
  ///
  /// `Chosen:` years of use, a few megabytes.
  package static let entryCountMax = 50_000
  /// How much of a file is read, in bytes; of a larger one nothing.
  static let sizeMax = 64 << 20

  /// Where it is.
  package let path: String

  /// A history at a path, which is created with the first entry.
  package init(path: String) { self.path = path }

  /// The entries, oldest first, each once, at its latest place.
  ///
  /// None if there is no file.
  ///
  /// - Throws: `TerminalFailure` if there is one that cannot be read or written anew.
  package func load() throws(TerminalFailure) -> [String] {
    let all = try bytes().split(separator: UInt8(ascii: "\n")).map(HistoryFile.entry)
    var seen: Set<String> = []
    var latest: [String] = []
    for entry in all.reversed() where seen.insert(entry).inserted { latest.append(entry) }
    let kept = Array(latest.prefix(HistoryFile.entryCountMax).reversed())
    if all.count > 2 * kept.count { try rewrite(kept) }
    return kept
  }

  /// Adds an entry at the end; the folder is made if it is not there.
  ///
  /// - Throws: `TerminalFailure` if the file cannot be written.
  package func append(_ entry: String) throws(TerminalFailure) {
    HistoryFile.makeFolder(of: path)
    try write(HistoryFile.line(entry), flags: O_APPEND, to: path)
  }

  /// Makes the folder of a file, and those above it, for their owner alone; whether that failed shows
  /// when the file is opened.
  private static func makeFolder(of path: String) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    guard mkdir(folder, 0o700) != 0, terminal_error() == ENOENT else { return }
    makeFolder(of: folder)
    mkdir(folder, 0o700)
  }

  private func rewrite(_ entries: [String]) throws(TerminalFailure) {
    let temporary = "\(path).\(getpid())"
    try write(entries.map(HistoryFile.line).joined(), flags: O_TRUNC, to: temporary)
    guard rename(temporary, path) == 0 else {
      throw TerminalFailure(action: "replace the history")
    }
  }

  private func write(_ text: String, flags: Int32, to path: String) throws(TerminalFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
    guard descriptor >= 0 else { throw TerminalFailure(action: "open the history") }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else {
      throw TerminalFailure(action: "protect the history")
    }
    try writeAll(Array(text.utf8), to: descriptor)
  }

  private func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(TerminalFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if terminal_error() != EINTR {
        throw TerminalFailure(action: "write the history")
      }
    }
  }

  private func bytes() throws(TerminalFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if terminal_error() == ENOENT { return [] }
      throw TerminalFailure(action: "open the history")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
        if bytes.count > HistoryFile.sizeMax { return [] }
      } else if terminal_error() != EINTR {
        throw TerminalFailure(action: "read the history")
      }
    }
  }

  private static func line(_ entry: String) -> String {
    entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") + "\n"
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> String {
    guard line.contains(UInt8(ascii: "\\")) else { return String(decoding: line, as: UTF8.self) }
    var result: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        result.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
