import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// The facts of a session's state: of the world, and of the latest report of each subject.
package struct WorldFacts: FactSource {
  /// The state that is asked.
  package let state: SessionState

  /// The facts of a state.
  package init(_ state: SessionState) { self.state = state }

  package var now: Moment { state.world.now }

  package func value(
    of fact: FactCatalog.Resolved, window: CommandLanguage.Window?
  ) throws(FactUnavailable) -> FactValue {
    let key = fact.declaration.key
    let subject = key.split(separator: ".").first.map(String.init) ?? key
    if let family = WorldFacts.families.first(where: { $0.owns(key) }) {
      return try family.value(WorldQuery(fact: fact, window: window, state: state))
    }
    guard window == nil else {
      throw .never(
        code: "no-window", message: "'\(key)' belongs to one report, not to a window of time.",
        help: "Write it without a window.")
    }
    guard let findings = state.findings[subject] else {
      throw .notYet("there is no report of '\(subject)' yet")
    }
    guard let found = findings.facts.first(where: { $0.key == fact.key }) else {
      return .undefined("the last '\(findings.statement)' has no such value")
    }
    return found.value
  }

  /// The facts of the world that no record goes back over.
  static let knownForNow = [
    "servers.count", "ledger.cash", "room.state", "orders.kept", "ledger.debt", "cloud.bill",
    "cloud.instances",
  ]
  /// The families of facts that are computed from the world.
  static let families = [
    FactFamily.shop, .stations, .ledger, .demand, .machines, .room, .racks, .orders, .cloud,
    .footprint,
  ]
}

/// Facts that are computed from the world in the same way.
struct FactFamily: Sendable {
  /// The facts.
  let declarations: [FactDeclaration]
  /// Computes one of them.
  let value: @Sendable (WorldQuery) throws(FactUnavailable) -> FactValue

  func owns(_ key: String) -> Bool { declarations.contains { $0.matches(key) } }
}

/// One question to the world: which fact, over which part of time.
struct WorldQuery {
  let fact: FactCatalog.Resolved
  let window: CommandLanguage.Window?
  let state: SessionState

  var world: World { state.world }

  /// The suffix that was asked for.
  var suffix: FactSuffix? { fact.suffix }

  /// Refuses a window, for what no record goes back over.
  func forNow() throws(FactUnavailable) {
    guard window == nil else {
      throw .never(
        code: "no-window", message: "'\(fact.declaration.key)' is known for now only.",
        help: "Write it without a window.")
    }
  }

  /// The stretch of time that is asked for, or nil for all so far.
  func stretch() throws(FactUnavailable) -> Service.Window? {
    guard let window else { return nil }
    return try WorldClock(world: world).stretch(of: window)
  }
}

extension FactDeclaration {
  /// Whether a key is this one, or names one of the things that it is about: `rack.*.inlet`.
  func matches(_ other: String) -> Bool {
    guard key.contains("*") else { return key == other }
    let (mine, theirs) = (key.split(separator: "."), other.split(separator: "."))
    return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
