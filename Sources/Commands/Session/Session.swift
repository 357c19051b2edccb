import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// A session: branches of history, the log, and the one executor of statements.
///
/// It is a value, so a copy is a snapshot of everything. What a learner types, what a lesson's block
/// holds, what a script holds and what `-c` is given all come through `execute`.
package struct Session {
  /// All commands.
  package let registry: Registry
  /// The seed of worlds that start here.
  package let seed: UInt64
  /// The branches, in the order of their forking; the first is `main`.
  package internal(set) var branches: [(name: String, branch: Branch)]
  /// The index of the current branch.
  var currentIndex = 0
  /// Every accepted statement that changed something, in canonical form: replaying it gives this
  /// session again.
  package internal(set) var log: [String] = []
  /// What somebody asked for that lies outside of the session, and is the program's to do.
  package var wish: Wish?
  /// What `keep` would accept: the part that ran of the statement that was cancelled last.
  package var offer: Prefix?
  /// Whether statements that would enter the log are refused: somebody else writes it.
  package var isReadOnly = false
  /// Whether each statement should say how long it took.
  package internal(set) var showsTiming = false
  /// What each page showed when it was last looked at; no part of the state.
  private(set) var memories: [String: PageMemory] = [:]
  /// How deep `read` is nested.
  var readDepth = 0

  /// Something that the program does around the session.
  package enum Wish: Hashable, Sendable {
    /// Leave.
    case quit
    /// Go into a lesson, or on with the last one.
    case learn(String?)
    /// Show the course.
    case listLessons
    /// Keep a copy of the session under a name, and go on in it.
    case save(String)
    /// Go on in the session of a name, or list the sessions.
    case open(String?)
  }

  /// The name of the first branch.
  package static let mainName = "main"

  /// A session in which nothing has happened yet.
  /// - Parameter catalog: what can be bought in it.
  package init(registry: Registry = .standard, seed: UInt64 = 1, catalog: Catalog = .standard) {
    self.registry = registry
    self.seed = seed
    let state = SessionState(world: World(seed: seed, catalog: catalog))
    branches = [(Session.mainName, Branch(state: state))]
  }

  /// The current branch.
  package var current: Branch {
    get { branches[currentIndex].branch }
    set { branches[currentIndex].branch = newValue }
  }

  /// What a page showed at the last look; nil if there was none, or if time was taken back since.
  func memory(of page: String) -> PageMemory? {
    memories[page].flatMap { $0.moment <= state.world.now ? $0 : nil }
  }

  /// The name of the current branch.
  package var currentName: String { branches[currentIndex].name }

  /// Where the current branch stands.
  package var state: SessionState { current.state }

  /// The branch of a name, or nil.
  package func branch(named name: String) -> Branch? {
    branches.first { $0.name == name }?.branch
  }

  /// The hash of the simulated state.
  package var stateHash: StateHash { StateHash(of: state.world) }
}

// MARK: - Executing

extension Session {
  /// Runs every statement of a source and returns their reports.
  ///
  /// - Parameter keepGoing: whether to go on after a statement that was an error.
  /// - Parameter each: called with each report as it comes.
  package mutating func run(
    _ source: Source, _ context: CommandContext, keepGoing: Bool = false,
    each: (Report) -> Void = { _ in }
  ) throws(Cancelled) -> [Report] {
    var reports: [Report] = []
    for range in Parser.statementRanges(in: source, source.all) {
      let report = try execute(source, range, context)
      reports.append(report)
      each(report)
      if report.isError && !keepGoing { break }
    }
    return reports
  }

  /// Parses and runs the statement in a range of a source.
  package mutating func execute(
    _ source: Source, _ range: Range<Int>, _ context: CommandContext
  ) throws(Cancelled) -> Report {
    do {
      return try execute(registry.parser.statement(in: source, range), context)
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch let diagnostic as Diagnostic {
      return Report(statement: source.text(range), diagnostics: [diagnostic])
    } catch {
      preconditionFailure("an error of an unknown type: \(error)")
    }
  }

  /// Runs one statement.
  ///
  /// What is wrong comes back in the report; the session is then as it was.
  package mutating func execute(_ statement: Statement, _ context: CommandContext)
    throws(Cancelled) -> Report
  {
    do {
      let goods = state.world.catalog
      let command = try registry.bind(statement, goods: goods)
      let canonical = try registry.canonical(statement, goods: goods)
      var report = try run(command, canonical, context)
      report.statement = canonical
      return report
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch let diagnostics as Diagnostics {
      return Report(statement: statement.text, diagnostics: diagnostics.list)
    } catch let diagnostic as Diagnostic {
      return Report(statement: statement.text, diagnostics: [diagnostic])
    } catch {
      preconditionFailure("a command threw an error of an unknown type: \(error)")
    }
  }

  /// Takes over what a change of the world led to, now or when it was run from the same state before.
  ///
  /// The caller answers for the sameness: equal state hashes, equal canonical statements. What was
  /// measured enters the script and the log, so that a replay reads it and does not measure again.
  package mutating func adopt(_ world: World, models: ModelList? = nil, _ report: Report) {
    var next = state
    next.world = world
    if let models { next.models = models }
    if let subject = report.subject { next.findings[subject] = Findings(report) }
    let line = report.statement + (report.recorded.map { " recorded=" + QuotedText.text($0) } ?? "")
    next.script.append(line)
    current.advance(to: next)
    log.append(line)
    offer = nil
  }

  private mutating func run(
    _ command: any Command, _ canonical: String, _ context: CommandContext
  ) throws -> Report {
    switch command {
    case let question as any Question:
      var report = try question.answer(from: self, context)
      report.statement = canonical
      if let subject = report.subject { current.state.findings[subject] = Findings(report) }
      if let memory = report.memory { memories[memory.page] = memory }
      return report
    case let change as any WorldChange:
      try requireWritable()
      var world = state.world
      do {
        var report = try change.run(in: &world, context)
        report.statement = canonical
        adopt(world, report)
        return report
      } catch let cancelled as Cancelled {
        offer = cancelled.prefix
        throw cancelled
      }
    case let change as any ModelChange:
      try requireWritable()
      var models = state.models
      do {
        var report = try change.run(in: &models, of: state.world, context)
        report.statement = canonical
        guard models != state.models else {
          // Who only looked has changed nothing that a replay would need.
          if let subject = report.subject { current.state.findings[subject] = Findings(report) }
          return report
        }
        adopt(state.world, models: models, report)
        return report
      } catch let cancelled as Cancelled {
        offer = cancelled.prefix
        throw cancelled
      }
    case let change as any SessionChange:
      let entersLog = type(of: change).entersLog
      if entersLog { try requireWritable() }
      var copy = self
      let report = try change.run(in: &copy, context)
      self = copy
      if entersLog {
        log.append(canonical)
        offer = nil
      }
      return report
    default: preconditionFailure("'\(canonical)' is no kind of command")
    }
  }

  /// - Throws: `Diagnostic` if another prompt writes this session's log.
  func requireWritable() throws(Diagnostic) {
    guard isReadOnly else { return }
    throw Diagnostic(
      "read-only", "Another prompt has this session open, so here you can only look.",
      help: "'save NAME' makes a copy of it that is yours to change.")
  }
}

extension Report {
  /// A report of a statement that was an error.
  init(statement: String, diagnostics: [Diagnostic]) {
    self.init()
    self.statement = statement
    self.diagnostics = diagnostics
    ok = false
  }

  /// Whether the statement was an error, rather than an expectation that does not hold.
  package var isError: Bool { diagnostics.contains { $0.severity == .error } }
}
