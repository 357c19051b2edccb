import CommandLanguage
import Commands
import Compute
import Glibc
import Terminal

/// The machine that the program runs on.
struct FileHost: Host {
  /// Whether files are out of bounds.
  let isSafe: Bool
  let shelf: ModelShelf
  private let models: String?

  /// A host; a safe one keeps models for as long as it lives.
  init(isSafe: Bool, models: String?) {
    self.isSafe = isSafe
    self.models = models
    shelf = ModelShelf(
      files: isSafe ? nil : models.map(ModelFolder.init), threads: FileHost.processors)
  }

  private static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
  var cores: Int { FileHost.processors }

  var monotonicSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  var courseTexts: [String] {
    guard !isSafe else { return [] }
    do throws(Diagnostic) {
      return try CourseFolder.find(TerminalInfo.current().environment).texts()
    } catch {
      return []
    }
  }

  var allowsMeasurement: Bool { !isSafe }

  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] {
    guard !isSafe else { throw .notAllowed }
    return try FileHost.readAnyway(path, limit: limit)
  }

  func write(_ bytes: [UInt8], to path: String) throws(HostError) {
    guard !isSafe else { throw .notAllowed }
    try FileHost.replace(path, with: bytes, isDurable: true)
  }

  /// Writes a file as a whole: whoever reads it finds the old bytes or the new ones.
  /// - Parameter isDurable: whether it must outlive a power failure.
  static func replace(_ path: String, with bytes: [UInt8], isDurable: Bool, mode: mode_t? = nil)
    throws(HostError)
  {
    // The pointer lives as long as the call.
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(HostError) in
        try replace(path, with: bytes, isDurable: isDurable, mode: mode)
      }
    }
    try result.get()
  }

  /// The same from memory that somebody else owns.
  static func replace(
    _ path: String, with bytes: UnsafeRawBufferPointer, isDurable: Bool, mode: mode_t? = nil
  ) throws(HostError) {
    let temporary = path + ".part"
    guard let file = fopen(temporary, "wb") else { throw .failed(systemMessage()) }
    if let mode { fchmod(fileno(file), mode) }
    let written = fwrite(bytes.baseAddress, 1, bytes.count, file)
    let flushed = fflush(file) == 0 && (!isDurable || fsync(fileno(file)) == 0)
    let message = systemMessage()
    guard fclose(file) == 0, flushed, written == bytes.count else {
      unlink(temporary)
      throw .failed(message)
    }
    guard rename(temporary, path) == 0 else {
      let message = systemMessage()
      unlink(temporary)
      throw .failed(message)
    }
  }

  func map(_ path: String) throws(HostError) -> MappedFile {
    guard !isSafe else { throw .notAllowed }
    return try FileHost.mapAnyway(path)
  }

  /// Maps a file into memory.
  static func mapAnyway(_ path: String) throws(HostError) -> MappedFile {
    do {
      return try MappedFile(path: path)
    } catch {
      switch error {
      case .unreadable(let number), .unmappable(let number):
        throw .failed(String(cString: strerror(number)))
      case .notAFile: throw .failed("It is no file")
      }
    }
  }

  func fetch(_ source: ModelSource, checkpoint: @escaping () throws -> Void) throws -> MappedFile {
    guard !isSafe, let models else { throw HostError.notAllowed }
    let folder = "\(models)/fetch.\(getpid())"
    return try ModelFetch(
      source: source, folder: folder, environment: TerminalInfo.current().environment,
      checkpoint: checkpoint
    ).file()
  }

  func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement {
    let scope = MachineProbe.Scope(folder: isSafe ? nil : "/var/tmp", usesLoopback: !isSafe)
    return try MachineProbe(scope: scope, checkpoint: checkpoint).measure()
  }

  /// Reads a file that was named on the command line, which even a safe session may.
  static func readAnyway(_ path: String, limit: Int) throws(HostError) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw .failed(systemMessage()) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
      if count < buffer.count {
        guard ferror(file) == 0 else { throw .failed(systemMessage()) }
        return bytes
      }
    }
  }
}

/// The operating system's words for what went wrong last.
func systemMessage() -> String { String(cString: strerror(errno)) }

extension FileHost {
  /// Writes a message to stderr, as far as it goes.
  static func writeError(_ message: String) {
    let bytes = Array(message.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
