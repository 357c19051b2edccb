import CPseudoTerminal
import Glibc
import Testing

/// A probe on a pseudo-terminal, driven by keys.
///
/// Waiting has a deadline everywhere.
final class PseudoTerminal {
  /// What the probe wrote so far.
  private(set) var output = ""
  private let process: Int32
  private let descriptor: Int32
  private var searched: String.Index
  private var isEnded = false
  private static let deadline: Duration = .seconds(5)

  init(historyPath: String? = nil, environment: [String: String] = [:]) throws {
    let program = try PseudoTerminal.probePath()
    var variables = [
      "TERM": "xterm", "LANG": "C.UTF-8", "HOME": "/nonexistent", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(environment) { _, new in new }
    var descriptor: Int32 = -1
    let words = [program] + (historyPath.map { [$0] } ?? [])
    let pairs = variables.map { "\($0.key)=\($0.value)" }
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let entries: [UnsafeMutablePointer<CChar>?] = pairs.map { strdup($0) } + [nil]
    defer { for pointer in arguments + entries { free(pointer) } }
    process = pseudo_terminal_start(arguments, entries, 24, 60, &descriptor)
    self.descriptor = descriptor
    searched = output.startIndex
    try #require(process > 0)
  }

  deinit {
    close(descriptor)
    if !isEnded {
      kill(process, SIGKILL)
      _ = wait(upTo: .seconds(2))
    }
  }

  /// The probe stands beside the test bundle.
  private static func probePath() throws -> String {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    try #require(count > 0)
    let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return "/\(folder)/TerminalProbe"
  }

  /// Waits until the editor reads keys: it marks the place where input begins.
  func expectPrompt() throws { try expect("\u{1B}]133;B\u{7}") }

  /// Waits for a text behind everything that was expected before.
  func expect(_ text: String) throws {
    let clock = ContinuousClock()
    let end = clock.now + PseudoTerminal.deadline
    while true {
      if let found = output[searched...].firstRange(of: text) {
        searched = found.upperBound
        return
      }
      try #require(
        clock.now < end && readSome(),
        "'\(text.debugDescription)' did not come; \(String(output[searched...]).debugDescription)")
    }
  }

  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  func resize(columns: Int32) { _ = pseudo_terminal_resize(descriptor, 24, columns) }
  func signal(_ number: Int32) { kill(process, number) }

  /// The exit status, or nil if the probe does not end in time.
  func exitStatus() -> Int32? { wait(upTo: PseudoTerminal.deadline) }

  private func wait(upTo duration: Duration) -> Int32? {
    let clock = ContinuousClock()
    let end = clock.now + duration
    var status: Int32 = 0
    while clock.now < end {
      if pseudo_terminal_ended(process, &status) != 0 {
        isEnded = true
        return status
      }
      _ = readSome(milliseconds: 5)
    }
    return nil
  }

  @discardableResult
  private func readSome(milliseconds: Int32 = 100) -> Bool {
    guard pseudo_terminal_wait(descriptor, milliseconds) != 0 else { return true }
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    let offset = output[..<searched].utf8.count
    output += String(decoding: chunk[..<count], as: UTF8.self)
    searched = output.utf8.index(output.startIndex, offsetBy: offset)
    return true
  }
}
