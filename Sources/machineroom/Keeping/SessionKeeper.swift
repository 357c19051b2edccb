import CommandLanguage
import Commands
import Glibc
import Reports

/// Which session is kept, and where: the one that an option names, or at the prompt the one that was
/// left last, by the XDG rules.
struct SessionKeeper {
  /// The name of the session that nobody named.
  static let usualName = "main"

  /// The name of the session, or nil if it is not kept under one.
  private(set) var name: String?
  private var store: SessionStore?
  private let options: GlobalOptions
  /// The folder of the sessions by name, or nil if there is none.
  private let root: String?
  private let rootProblem: String

  /// A keeper that has nothing to keep yet.
  init(_ options: GlobalOptions, _ environment: [String: String]) {
    self.options = options
    root = options.safe ? nil : StateFolder.sessions(environment)
    rootProblem =
      options.safe ? "--safe touches no files" : "HOME is not set, so there is no folder for it"
  }

  /// The session to begin with.
  mutating func begin(seed: UInt64, isAtPrompt: Bool, _ context: CommandContext) throws
    -> SessionStore.Opened
  {
    var opened = SessionStore.Opened(session: Session(seed: seed))
    if let folder = options.session {
      opened = try SessionStore.open(folder, seed: seed, isForgiving: false, context)
    } else if isAtPrompt, !options.noSession, !options.safe {
      if let root {
        name = SessionKeeper.usualName
        opened = try SessionStore.open(
          root + "/" + SessionKeeper.usualName, seed: seed, isForgiving: true, context)
      } else {
        opened.notes = ["This session is not kept: \(rootProblem)."]
      }
    }
    store = opened.store
    return opened
  }

  /// Writes statements to the log, on disk when it returns.
  mutating func append(_ lines: some Collection<String>) throws(Diagnostic) {
    try store?.append(lines)
  }

  /// Notes how long the statements that were written down took.
  mutating func note(_ session: Session, seconds: Double) {
    store?.note(session, seconds: seconds)
  }

  /// Leaves the session to whoever opens it next.
  mutating func close(_ session: Session) {
    store?.close(session)
    store = nil
  }

  /// Keeps a copy of a session under a name that is not taken, and goes on in it.
  mutating func save(_ session: Session, as name: String) throws(Diagnostic) {
    let root = try sessions()
    guard access(root + "/" + name + "/log", F_OK) != 0 else {
      throw Diagnostic(
        "session-exists", "There is a session '\(name)' already.",
        help: "Choose another name; 'open \(name)' goes on in that one.")
    }
    let copy = try SessionStore.create(root + "/" + name, session)
    close(session)
    store = copy
    self.name = name
  }

  /// Goes on in the session of a name.
  mutating func open(_ name: String, leaving session: Session, _ context: CommandContext) throws
    -> SessionStore.Opened
  {
    let root = try sessions()
    guard access(root + "/" + name + "/log", F_OK) == 0 else {
      let names = kept.map(\.name)
      throw Diagnostic(
        "unknown-session", "There is no session '\(name)'.",
        help: [NearMiss.question(for: name, among: names), "'open' lists the sessions."]
          .compactMap { $0 }.joined(separator: " "))
    }
    let opened = try SessionStore.open(
      root + "/" + name, seed: session.seed, isForgiving: false, context)
    close(session)
    store = opened.store
    self.name = name
    return opened
  }

  /// The kept sessions as a page.
  func list() throws(Diagnostic) -> Report {
    _ = try sessions()
    let rows: [[Table.Cell]] = kept.map { kept in
      [
        .words(kept.name), .words(kept.name == name ? "you are here" : ""),
        .words(
          QuantityText.grouped(kept.statements)
            + (kept.statements == 1 ? " statement" : " statements")),
      ]
    }
    guard !rows.isEmpty else {
      return Report([.paragraph("No session is kept yet; 'save NAME' keeps this one.")])
    }
    return Report([
      .table(
        Table(key: "sessions", columns: [.init("session"), .init(""), .init("")], rows: rows)),
      .paragraph("'open NAME' goes on in one; 'save NAME' keeps a copy of this one."),
    ])
  }

  /// The names of the kept sessions and how long their logs are.
  private var kept: [(name: String, statements: Int)] {
    guard let root else { return [] }
    return StateFolder.names(in: root).compactMap { name in
      do throws(HostError) {
        let bytes = try FileHost.readAnyway(root + "/" + name + "/log", limit: 1 << 30)
        return (name, max(0, bytes.count { $0 == Ascii.newline } - 1))
      } catch {
        return nil
      }
    }
  }

  /// Looks up the names of the kept sessions.
  var names: @Sendable () -> [String] {
    { [root] in root.map(StateFolder.names) ?? [] }
  }

  private func sessions() throws(Diagnostic) -> String {
    if let root { return root }
    throw Diagnostic(
      "session-error", "Sessions cannot be kept by name: \(rootProblem).",
      help: "'machineroom --session FOLDER' keeps one in a folder of your choice.")
  }
}
