import CPseudoTerminal
import Glibc
import Testing

/// What runs on a pseudo-terminal.
enum TestedProgram {
  /// The prompt that echoes, with its arguments.
  case probe([String])
  /// The program itself.
  case machineroom([String])
  /// A shell with job control.
  case shell

  /// The programs stand beside the test bundle.
  func words() throws -> [String] {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    try #require(count > 0)
    let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    let folder = "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    switch self {
    case .probe(let arguments): return ["\(folder)/TerminalProbe"] + arguments
    case .machineroom(let arguments): return ["\(folder)/machineroom"] + arguments
    case .shell: return ["/bin/sh", "-i"]
    }
  }
}

/// A program on a pseudo-terminal, driven by keys.
///
/// Waiting has a deadline everywhere.
final class PseudoTerminal {
  /// What the program wrote so far.
  private(set) var output = ""
  private let process: Int32
  private let descriptor: Int32
  private var searched: String.Index
  private var isEnded = false
  private static let deadline: Duration = .seconds(30)

  convenience init(historyPath: String? = nil, environment: [String: String] = [:]) throws {
    try self.init(.probe(historyPath.map { [$0] } ?? []), environment: environment)
  }

  init(_ program: TestedProgram, environment: [String: String] = [:], columns: Int32 = 60) throws {
    let words = try program.words()
    var variables = [
      "TERM": "xterm", "LANG": "C.UTF-8", "HOME": "/nonexistent", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(environment) { _, new in new }
    var descriptor: Int32 = -1
    let pairs = variables.map { "\($0.key)=\($0.value)" }
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let entries: [UnsafeMutablePointer<CChar>?] = pairs.map { strdup($0) } + [nil]
    defer { for pointer in arguments + entries { free(pointer) } }
    process = pseudo_terminal_start(arguments, entries, 24, columns, &descriptor)
    self.descriptor = descriptor
    searched = output.startIndex
    try #require(process > 0)
  }

  deinit {
    if !isEnded {
      kill(process, SIGKILL)
      _ = wait(upTo: .seconds(2))
    }
    // Last: from here on the number may be that of another test's file.
    close(descriptor)
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

  /// What was written since the last text that was expected, without waiting for more.
  var unread: Substring { output[searched...] }

  func resize(columns: Int32) { _ = pseudo_terminal_resize(descriptor, 24, columns) }
  func signal(_ number: Int32) { kill(process, number) }

  /// The exit status, or nil if the program does not end in time.
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

  /// Reads what comes for so long, as a person looks on.
  func read(for duration: Duration) {
    let clock = ContinuousClock()
    let end = clock.now + duration
    while clock.now < end { readSome(milliseconds: 1) }
  }

  @discardableResult
  private func readSome(milliseconds: Int32 = 100) -> Bool {
    guard pseudo_terminal_wait(descriptor, milliseconds) != 0 else { return true }
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    let offset = output[..<searched].utf8.count
    output += String(decoding: chunk[..<count], as: UTF8.self)
    searched = output.utf8.index(output.startIndex, offsetBy: offset)
    return true
  }
}
