import Foundation
import Testing

/// The built program, run as a process with a home of its own.
struct Program {
  /// What a run of it left.
  struct Outcome {
    var status: Int32
    var wasKilled: Bool
    var output: String
    var errors: String
  }

  /// A folder for what the program keeps; the caller removes it.
  let home: String

  init() throws {
    home = NSTemporaryDirectory() + "machineroom-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: home) }

  /// The program stands beside the test bundle.
  static func path() throws -> String {
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "machineroom").path()
  }

  /// Starts the program on an input, or another command that leads to it.
  func start(_ arguments: [String], input: String, through command: [String] = []) throws
    -> (process: Process, output: URL, errors: URL)
  {
    let process = Process()
    let words = try command + [Program.path()] + arguments
    process.executableURL = URL(filePath: words[0].hasPrefix("/") ? words[0] : "/usr/bin/env")
    process.arguments = words[0].hasPrefix("/") ? Array(words.dropFirst()) : words
    process.environment = [
      "HOME": home, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
    // Files rather than pipes: what was written before a kill is there for certain.
    let files = try ["in", "out", "err"].map { name in
      let url = URL(filePath: home + "/std" + name + "-\(UUID().uuidString)")
      try Data((name == "in" ? input : "").utf8).write(to: url)
      return url
    }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    return (process, files[1], files[2])
  }

  /// Runs the program to its end, or kills it after a while.
  @discardableResult
  func run(
    _ arguments: [String], input: String = "", through command: [String] = [],
    killAfter delay: Double? = nil
  ) throws -> Outcome {
    let (process, output, errors) = try start(arguments, input: input, through: command)
    if let delay {
      usleep(UInt32(delay * 1e6))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    return try Outcome(
      status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: Data(contentsOf: errors), as: UTF8.self))
  }
}

extension String {
  /// The text without its line breaks, which depend on the width.
  var words: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// The state hashes that `show world` printed.
  var stateHashes: [String] {
    matches(of: #/State hash: ([0-9a-f]{32})/#).map { String($0.1) }
  }
}
