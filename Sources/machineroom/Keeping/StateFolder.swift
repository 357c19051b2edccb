import Glibc

/// Where the program keeps what it remembers.
enum StateFolder {
  /// The folder by the XDG rules, or nil if there is no home.
  static func path(_ environment: [String: String]) -> String? {
    let state =
      environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.local/state" }
    return state.map { $0 + "/machineroom" }
  }

  /// The folder of the sessions, by name.
  static func sessions(_ environment: [String: String]) -> String? {
    path(environment).map { $0 + "/sessions" }
  }

  /// The names of what a folder holds, sorted, without hidden ones.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder that only its owner can read, with those above it.
  /// - Returns: whether it is there now; if not, `errno` says why.
  static func make(_ folder: String) -> Bool {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return true }
    guard errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
      return false
    }
    return make(String(folder[..<slash])) && (mkdir(folder, 0o700) == 0 || errno == EEXIST)
  }
}
