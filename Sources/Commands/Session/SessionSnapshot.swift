import Reports

/// All that a session would find by replaying its log, as a value that can be written down.
///
/// It is a cache: whoever keeps one answers for the log that it belongs to. What is left out is what
/// a replay would not bring back either, the answers to questions, and states far back, which undo
/// then finds by replaying the script.
package struct SessionSnapshot: Codable, Sendable {
  /// How many states of each branch are kept for undo.
  ///
  /// `Chosen:` a few steps back are instant; more would make every start slower.
  package static let pastLengthMax = 4

  private struct Line: Codable, Sendable {
    var name: String
    var branch: Branch
  }

  private let seed: UInt64
  private let lines: [Line]
  private let currentIndex: Int

  /// The snapshot of a session.
  package init(_ session: Session) {
    seed = session.seed
    currentIndex = session.currentIndex
    lines = session.branches.map { name, branch in
      var kept = branch
      kept.past = branch.past.suffix(SessionSnapshot.pastLengthMax)
      return Line(name: name, branch: kept.withoutAnswers(session.registry))
    }
  }

  /// The session that the snapshot was taken of.
  /// - Parameter log: the log that it belongs to.
  /// - Returns: nil if it cannot be of any session.
  package func session(log: [String], registry: Registry = .standard) -> Session? {
    guard lines.indices.contains(currentIndex) else { return nil }
    var session = Session(registry: registry, seed: seed)
    session.branches = lines.map { ($0.name, $0.branch) }
    session.currentIndex = currentIndex
    session.log = log
    return session
  }
}

extension Branch {
  /// The branch without what questions found: they are not in the log.
  fileprivate func withoutAnswers(_ registry: Registry) -> Branch {
    var branch = self
    branch.state.dropAnswers(registry)
    for index in branch.past.indices { branch.past[index].dropAnswers(registry) }
    for index in branch.future.indices { branch.future[index].dropAnswers(registry) }
    return branch
  }
}

extension SessionState {
  fileprivate mutating func dropAnswers(_ registry: Registry) {
    findings = findings.filter { !(registry.command($0.key) is any Question.Type) }
    for name in marked.keys { marked[name]?.dropAnswers(registry) }
  }
}
