import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `blame`: what each limit costs, found by running the last run again without it.
struct BlameCommand: Question {
  static let declaration = CommandDeclaration(
    "blame", "Run the last run again without each limit in turn, with the same visitors.",
    group: .world,
    parameters: [.positional("fact", .fact, fallback: "shop.lost", "the fact to compare")],
    example: "new shop\ndemand 8\nrun 1 day\nblame shop.lost",
    errors: ["no-shop", "nothing-to-blame", "not-yet"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let key = arguments.word("fact"), let fact = session.registry.catalog.resolve(key) else {
      preconditionFailure("'blame' checks its fact")
    }
    guard session.state.world.shop != nil else { throw WorldProblem.noShop.diagnostic(arguments) }
    let before = try stateBeforeLastRun(session, context)
    let now = session.state.world.now
    let actual = try value(fact, in: session.state.world, since: before.world.now)
    var rows: [[Table.Cell]] = [[.words("as it was"), .value(actual), .none]]
    for limit in World.Limit.allCases {
      var world = before.world
      world.lift(limit)
      _ = try world.run(to: now) { _, _ in try context.checkpoint() }
      let without = try value(fact, in: world, since: before.world.now)
      rows.append([
        .words("without limit: \(limit.rawValue)"), .value(without), .difference(without, actual),
      ])
    }
    return Report([
      .heading("blame \(key)", remark: "\(before.world.now) to \(now)"),
      .table(
        Table(
          key: "blame.\(key)", columns: [.init(""), .init(key), .init("change")], rows: rows)),
      .paragraph("The same visitors came each time; only the limit was lifted."),
    ])
  }

  /// The state before the last run: one that is kept or, where it is not, what its script leads to.
  private func stateBeforeLastRun(_ session: Session, _ context: CommandContext) throws
    -> SessionState
  {
    guard let index = session.state.script.lastIndex(where: { $0.hasPrefix("run ") }) else {
      throw arguments.error(
        "nothing-to-blame", "There is no run to repeat.",
        help: "Let time pass first: run 1 day.")
    }
    let script = Array(session.state.script[..<index])
    if let kept = session.current.past.last(where: { $0.script == script }) { return kept }
    return try Session.replayed(script, seed: session.seed, registry: session.registry, context)
      .state
  }

  /// The fact over the run, in a world that repeats it.
  ///
  /// Records hold whole minutes, and whole hours beyond a week: where the run began between two, the
  /// stretch begins at the one before, which is the same in all worlds.
  private func value(_ fact: FactCatalog.Resolved, in world: World, since start: Moment)
    throws -> FactValue
  {
    let isWindowed = fact.declaration.kind != .gauge || fact.suffix != nil
    let begin = world.shop?.accounts.latestWindowStart(notAfter: start) ?? start
    let window = CommandLanguage.Window.since(.moment(.exact(begin)))
    do throws(FactUnavailable) {
      return try WorldFacts(SessionState(world: world)).value(
        of: fact, window: isWindowed ? window : nil)
    } catch {
      throw error.diagnostic(arguments)
    }
  }
}
