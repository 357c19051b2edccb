import CommandLanguage
import Commands
import Quantities
import Reports
import WorldModel

/// Runs statements and remembers what each led to, so that a proof pays for every distinct statement
/// once.
///
/// A class, because the runners of a proof are copied and share what they know.
final class MemoRunning: StatementRunning {
  private struct Key: Hashable {
    var state: StateHash
    var models: ModelList
    var statement: String
  }

  private struct Outcome {
    var world: World
    var models: ModelList
    var report: Report
  }

  private struct Path: Hashable {
    var seed: UInt64
    var script: [String]
  }

  private var outcomes: [Key: Outcome] = [:]
  private var hashes: [Path: StateHash] = [:]
  /// The events of all statements run since this was last set to zero, remembered ones included.
  var events = 0

  func execute(
    _ source: Source, _ range: Range<Int>, in session: inout Session, _ context: CommandContext
  ) throws(Cancelled) -> Report {
    guard let canonical = canonicalChange(source, range, in: session) else {
      return try session.execute(source, range, context)
    }
    let key = Key(
      state: hash(of: session), models: session.state.models, statement: canonical)
    if let known = outcomes[key] {
      session.adopt(known.world, models: known.models, known.report)
      count(known.report)
      return known.report
    }
    let report = try session.execute(source, range, context)
    if !report.isError, session.state.script.last?.hasPrefix(canonical) == true {
      outcomes[key] = Outcome(
        world: session.state.world, models: session.state.models, report: report)
      count(report)
    }
    return report
  }

  /// The hash of the session's state, computed once for each way there.
  func hash(of session: Session) -> StateHash {
    let path = Path(seed: session.seed, script: session.state.script)
    if let known = hashes[path] { return known }
    let hash = session.stateHash
    hashes[path] = hash
    return hash
  }

  private func canonicalChange(_ source: Source, _ range: Range<Int>, in session: Session)
    -> String?
  {
    let (registry, goods) = (session.registry, session.state.world.catalog)
    do {
      let statement = try registry.parser.statement(in: source, range)
      let command = try registry.bind(statement, goods: goods)
      guard command is any WorldChange || command is any ModelChange else { return nil }
      return try registry.canonical(statement, goods: goods)
    } catch {
      return nil
    }
  }

  private func count(_ report: Report) {
    for fact in report.facts {
      guard case .quantity(let quantity, _) = fact.value else { continue }
      switch fact.key {
      case "run.events", "queue.events": events += Int(quantity.value)
      case "train.operations": events += Int(quantity.value / EventEstimate.operationsPerEvent)
      default: continue
      }
    }
  }
}
