import CommandLanguage
import Compute
import Quantities
import Reports
import WorldModel

/// A command: one verb, its typed arguments, and what it does.
///
/// One command a file.
package protocol Command: Sendable {
  /// Everything that is known about it before it runs.
  static var declaration: CommandDeclaration { get }

  /// The command with checked arguments.
  init(_ arguments: Arguments)
}

/// A command that only looks: it changes nothing and is not logged.
package protocol Question: Command {
  /// Answers from the session as it is.
  func answer(from session: Session, _ context: CommandContext) throws -> Report
}

/// A command that changes the simulated world.
///
/// If it throws, the world stays as it was; if not, it can be undone, and it enters the script of
/// its branch.
package protocol WorldChange: Command {
  /// Changes the world.
  func run(in world: inout World, _ context: CommandContext) throws -> Report
}

/// A command that changes which language models there are, or what was said with them.
///
/// Like a change of the world it can be undone and enters the script; what it computed enters the log.
package protocol ModelChange: Command {
  /// Changes the models.
  func run(in models: inout ModelList, of world: World, _ context: CommandContext) throws -> Report
}

/// A command that changes the session around the world: undo, fork, mark.
package protocol SessionChange: Command {
  /// Whether the log needs it to come to the same session again.
  static var entersLog: Bool { get }

  /// Changes the session.
  func run(in session: inout Session, _ context: CommandContext) throws -> Report
}

extension SessionChange {
  static var entersLog: Bool { true }
}

/// What a command may use of the world outside: chances to stop, the eye of the person who waits,
/// and the host.
package struct CommandContext {
  /// Where a long command is.
  package struct Progress: Sendable {
    /// The simulated moment that it has reached; nil where no time passes.
    package var moment: Moment?
    /// The share of the work that is done, 0 to 1.
    package var share: Double
    /// How many events happened so far, where that is known.
    package var events: Int?
    /// What else there is to say, in a few words.
    package var note: String?

    /// A progress as given.
    package init(
      moment: Moment? = nil, share: Double, events: Int? = nil, note: String? = nil
    ) {
      self.moment = moment
      self.share = share
      self.events = events
      self.note = note
    }
  }

  /// Throws `Cancelled` if the command should stop; to be called at least every 50 ms.
  package var checkpoint: () throws -> Void
  /// Shows where a long command is; the report stays the truth.
  package var progress: (Progress) -> Void
  /// Shows text that comes piece by piece, such as an answer; nil where nobody watches.
  ///
  /// The report stays the truth, and says how many of its blocks were shown so.
  package var stream: ((String) -> Void)?
  /// Clock and files.
  package var host: any Host
  /// Turns a report into the text of a file.
  package var rendered: (Report, Form) -> String

  /// The form of an exported file, by its ending.
  package enum Form: String, Sendable, CaseIterable {
    case csv, json, svg, txt
  }

  /// A context as given.
  package init(
    host: any Host, checkpoint: @escaping () throws -> Void = {},
    progress: @escaping (Progress) -> Void = { _ in },
    stream: ((String) -> Void)? = nil,
    rendered: @escaping (Report, Form) -> String = { _, _ in "" }
  ) {
    self.host = host
    self.checkpoint = checkpoint
    self.progress = progress
    self.stream = stream
    self.rendered = rendered
  }
}

/// Thrown by a checkpoint when somebody pressed Ctrl-C.
package struct Cancelled: Error {
  /// What the command had done by then, if that makes sense by itself.
  package var prefix: Prefix?

  /// A cancellation.
  package init(_ prefix: Prefix? = nil) { self.prefix = prefix }
}

/// The part of a cancelled command that ran, as if less had been asked for: `keep` accepts it.
package enum Prefix: Sendable {
  /// The world after that part, and the report of the statement that asks for that part and no more.
  case reached(World, Report)
  /// That statement alone: what was computed for it waits, as to finish it takes longer than a prompt should.
  case statement(String)
}

/// The machine that the program runs on, as far as commands may touch it.
///
/// Simulated engines never do.
package protocol Host {
  /// Seconds on a clock that never goes back.
  var monotonicSeconds: Double { get }
  /// The bytes of a file of at most `limit` bytes.
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8]
  /// Writes a file whole or not at all.
  func write(_ bytes: [UInt8], to path: String) throws(HostError)
  /// Fetches a model over the network; `checkpoint` is called every few milliseconds.
  /// - Throws: what `checkpoint` throws, `HostError`.
  func fetch(_ source: ModelSource, checkpoint: @escaping () throws -> Void) throws -> MappedFile
  /// A file that stays on the disk and is read as it is used.
  func map(_ path: String) throws(HostError) -> MappedFile
  /// How many threads may compute at once.
  var cores: Int { get }
  /// The language models of this process.
  var shelf: ModelShelf { get }
  /// What the course says to its learners, a text for each lesson.
  var courseTexts: [String] { get }
  /// Whether the machine may be measured in full.
  var allowsMeasurement: Bool { get }
  /// Measures the machine; `checkpoint` is called every few milliseconds.
  /// - Throws: what `checkpoint` throws, `HostError`.
  func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement
}

extension Host {
  /// A host without a network.
  package func fetch(_ source: ModelSource, checkpoint: @escaping () throws -> Void) throws
    -> MappedFile
  {
    throw HostError.notAllowed
  }
  /// A host without files.
  package func map(_ path: String) throws(HostError) -> MappedFile { throw .notAllowed }
  /// `Chosen:` one, for a host that does not say.
  package var cores: Int { 1 }
  /// A host without a course.
  package var courseTexts: [String] { [] }
  /// A host that says nothing of it has nothing to measure.
  package var allowsMeasurement: Bool { false }
  package func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement
  {
    throw HostError.notAllowed
  }
}

/// Why the host did not do something.
package enum HostError: Error, Hashable, Sendable {
  /// The reason in words, such as the operating system's.
  case failed(String)
  /// The file is larger than what is read.
  case tooLarge(limit: Int)
  /// `--safe` allows no files.
  case notAllowed
}

extension HostError {
  /// The diagnostic for a file.
  package func diagnostic(_ path: String, at span: SourceSpan? = nil) -> Diagnostic {
    switch self {
    case .failed(let reason):
      Diagnostic("file-error", "'\(path)': \(reason).", at: span)
    case .tooLarge(let limit):
      Diagnostic(
        "file-too-large",
        "'\(path)' is larger than \(QuantityText.grouped(limit)) bytes, the most that is read.",
        at: span)
    case .notAllowed:
      Diagnostic(
        "not-safe", "'\(path)' was not touched: '--safe' allows no files.", at: span,
        help: "Start without --safe to use files.")
    }
  }
}

/// A host without files, for engines under test and for lessons.
package struct NoHost: Host {
  package let shelf = ModelShelf()

  /// A host without files.
  package init() {}
  package var monotonicSeconds: Double { 0 }
  package func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
  package func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
}
