import CommandLanguage
import Commands
import Glibc

/// A session that is kept: its log, the truth from which it is replayed, and a snapshot beside it.
struct SessionStore {
  /// The folder that holds it.
  let folder: String
  private var log: SessionLog
  private let snapshot: SnapshotFile
  private let seed: UInt64
  /// What replaying the statements since the last snapshot would take.
  private var unsavedSeconds = 0.0

  /// `Chosen:` what a start may spend on replaying; a snapshot costs less than such a statement.
  private static let unsavedSecondsMax = 0.1

  /// A session as it was found.
  struct Opened {
    var session: Session
    /// Where it is kept from now on; nil for nowhere.
    var store: SessionStore?
    /// What the person at the keyboard should know.
    var notes: [String] = []
  }

  private init(folder: String, log: SessionLog, seed: UInt64) {
    self.folder = folder
    self.log = log
    self.seed = seed
    snapshot = SnapshotFile(path: folder + "/snapshot")
  }

  /// Writes statements to the log, on disk when it returns.
  mutating func append(_ lines: some Collection<String>) throws(Diagnostic) {
    guard !lines.isEmpty else { return }
    do {
      let header = log.length == 0 ? [SessionLog.header(seed: seed)] : []
      try log.append(header + Array(lines))
    } catch {
      throw Diagnostic(
        "session-error",
        "That could not be written down, so it was not done: \(error.text(folder)).",
        help: "Make room, and type it again. 'save NAME' keeps a copy elsewhere, "
          + "and 'machineroom --no-session' keeps nothing.")
    }
  }

  /// Notes how long the statements that were written down took; takes a snapshot if the next start
  /// would otherwise be slow.
  mutating func note(_ session: Session, seconds: Double) {
    unsavedSeconds += seconds
    if unsavedSeconds > SessionStore.unsavedSecondsMax { takeSnapshot(session) }
  }

  /// Leaves the session to whoever opens it next.
  mutating func close(_ session: Session) {
    if unsavedSeconds > SessionStore.unsavedSecondsMax / 10 { takeSnapshot(session) }
    log.close()
  }

  private mutating func takeSnapshot(_ session: Session) {
    unsavedSeconds = 0
    do {
      let bytes = try FileHost.readAnyway(log.path, limit: SessionStore.logLengthMax)
      snapshot.write(session, log: bytes)
    } catch {
      // Without it the next start replays.
    }
  }

  /// `Chosen:` a gigabyte of statements is no session.
  private static let logLengthMax = 1 << 30
}

// MARK: - Opening

extension SessionStore {
  /// Opens the session in a folder, which is made if it is not there.
  ///
  /// - Parameter isForgiving: whether to go on without keeping anything where nothing can be kept, and
  ///   to set aside a log that cannot be read: for a session that nobody named.
  /// - Throws: `Diagnostic`, `Cancelled` if the replay was stopped.
  static func open(
    _ folder: String, seed: UInt64, isForgiving: Bool, _ context: CommandContext
  ) throws -> Opened {
    let path = folder + "/log"
    do {
      guard StateFolder.make(folder) else { throw SessionLog.Refusal.system(systemMessage()) }
      let log = try SessionLog(path: path)
      return try writable(log, folder, seed: seed, isForgiving: isForgiving, context)
    } catch let refusal as SessionLog.Refusal {
      if case .inUse = refusal {
        return try reading(
          folder, seed: seed, context, isReadOnly: true,
          note:
            "Another prompt has this session open, so here you can only look. 'save NAME' makes a "
            + "copy of it, a fork that is yours to change.")
      }
      let reason = refusal.text(folder)
      guard isForgiving || access(path, R_OK) == 0 else { throw problem(reason + ".") }
      return try reading(
        folder, seed: seed, context, isReadOnly: false,
        note: "This session is not kept: \(reason).")
    }
  }

  /// Makes the session of a folder that holds none yet.
  static func create(_ folder: String, _ session: Session) throws(Diagnostic) -> SessionStore {
    do throws(SessionLog.Refusal) {
      guard StateFolder.make(folder) else { throw .system(systemMessage()) }
      var store = SessionStore(
        folder: folder, log: try SessionLog(path: folder + "/log"), seed: session.seed)
      try store.log.truncate(to: 0)
      try store.log.append([SessionLog.header(seed: session.seed)] + session.log)
      store.takeSnapshot(session)
      return store
    } catch {
      throw problem("The copy was not made: \(error.text(folder)).")
    }
  }

  private static func writable(
    _ log: SessionLog, _ folder: String, seed: UInt64, isForgiving: Bool, _ context: CommandContext
  ) throws -> Opened {
    let bytes = try bytes(of: log.path)
    switch SessionLog.contents(of: bytes) {
    case .nothing:
      return try begin(log, folder, seed: seed)
    case .foreign(let line), .otherSemantics(let line):
      let message = unreadable(log.path, SessionLog.contents(of: bytes), line)
      guard isForgiving else {
        throw problem(message, help: "Choose another folder, or start with --no-session.")
      }
      let aside = try setAside(log, folder)
      var opened = try begin(try reopened(folder), folder, seed: seed)
      opened.notes = [
        message
          + " It was set aside, and this is a new session. 'read \(aside)' runs its statements "
          + "anew."
      ]
      return opened
    case .statements(let lines, let kept, let length):
      var log = log
      let replay = try replayed(bytes, lines, seed: kept, folder, context)
      guard let failure = replay.failure else {
        try truncate(&log, to: length)
        var store = SessionStore(folder: folder, log: log, seed: kept)
        store.note(replay.session, seconds: replay.seconds)
        return Opened(session: replay.session, store: store)
      }
      guard isForgiving else { throw failure }
      let aside = try setAside(log, folder)
      return Opened(
        session: replay.session, store: try create(folder, replay.session),
        notes: [
          "The log of this session is damaged: \(failure.message) What came before is here again; the "
            + "whole log is in \(aside)."
        ])
    }
  }

  /// A session with nothing in it; the header is written with the first statement.
  private static func begin(_ log: SessionLog, _ folder: String, seed: UInt64) throws -> Opened {
    var log = log
    try truncate(&log, to: 0)
    return Opened(
      session: Session(seed: seed), store: SessionStore(folder: folder, log: log, seed: seed))
  }

  /// A session of which nothing is kept from now on.
  private static func reading(
    _ folder: String, seed: UInt64, _ context: CommandContext, isReadOnly: Bool, note: String
  ) throws -> Opened {
    var opened = Opened(session: Session(seed: seed), store: nil, notes: [note])
    let path = folder + "/log"
    if access(path, R_OK) == 0 {
      let bytes = try bytes(of: path)
      if case .statements(let lines, let kept, _) = SessionLog.contents(of: bytes) {
        let replay = try replayed(bytes, lines, seed: kept, folder, context)
        if let failure = replay.failure { opened.notes.append(failure.message) }
        opened.session = replay.session
      }
    }
    opened.session.isReadOnly = isReadOnly
    return opened
  }

  /// What statements lead to.
  private struct Replay {
    var session: Session
    /// How long it took to run what was not in the snapshot.
    var seconds = 0.0
    /// What went wrong with the statement after those that lead to the session.
    var failure: Diagnostic?
  }

  /// Runs the statements of a log, from the snapshot on where it helps.
  private static func replayed(
    _ bytes: [UInt8], _ lines: [String], seed: UInt64, _ folder: String, _ context: CommandContext
  ) throws -> Replay {
    let kept = SnapshotFile(path: folder + "/snapshot").session(for: bytes)
    var replay = Replay(session: kept ?? Session(seed: seed))
    let start = context.host.monotonicSeconds
    for index in replay.session.log.count..<lines.count {
      let source = Source(name: folder + "/log", text: lines[index], firstLine: index + 2)
      for report in try replay.session.run(source, context) where report.isError {
        replay.failure = report.diagnostics.first
        return replay
      }
    }
    replay.seconds = context.host.monotonicSeconds - start
    return replay
  }

  // MARK: - Small parts

  private static func bytes(of path: String) throws(Diagnostic) -> [UInt8] {
    do {
      return try FileHost.readAnyway(path, limit: logLengthMax)
    } catch {
      throw problem("'\(path)' cannot be read: \(error).")
    }
  }

  private static func truncate(_ log: inout SessionLog, to length: Int) throws(Diagnostic) {
    do {
      try log.truncate(to: length)
    } catch {
      throw problem(error.text(log.path) + ".")
    }
  }

  private static func reopened(_ folder: String) throws(Diagnostic) -> SessionLog {
    do {
      return try SessionLog(path: folder + "/log")
    } catch {
      throw problem(error.text(folder) + ".")
    }
  }

  /// Gives a log another name, of which there is none yet, and returns that.
  private static func setAside(_ log: SessionLog, _ folder: String) throws(Diagnostic) -> String {
    var number = 1
    while access("\(log.path).\(number)", F_OK) == 0 { number += 1 }
    let aside = "\(log.path).\(number)"
    guard rename(log.path, aside) == 0 else {
      throw problem("'\(log.path)' cannot be set aside: \(systemMessage()).")
    }
    unlink(folder + "/snapshot")
    log.close()
    return aside
  }

  private static func unreadable(_ path: String, _ contents: SessionLog.Contents, _ line: String)
    -> String
  {
    if case .otherSemantics = contents {
      return
        "'\(path)' is of engine semantics \(line); this program's are \(Version.semantics), and "
        + "its numbers differ."
    }
    return "'\(path)' begins with '\(line)': it is no log of this engine."
  }

  private static func problem(_ message: String, help: String? = nil) -> Diagnostic {
    Diagnostic("session-error", message, help: help)
  }
}

extension SessionLog.Refusal {
  /// The refusal in words, without a full stop.
  func text(_ folder: String) -> String {
    switch self {
    case .inUse: "another prompt has '\(folder)' open"
    case .system(let message): "'\(folder)' cannot be written: \(message)"
    }
  }
}
