import CommandLanguage
import Reports
import WorldModel

/// Why history does not go where it is asked to.
enum HistoryProblem: Error, Hashable {
  case nothingToUndo
  case nothingToRedo
  case branchExists(String)
  case noSuchBranch(String)
}

extension Session {
  /// Goes back by one statement of the script.
  ///
  /// A state that is no longer kept is found by replaying the script up to there.
  mutating func undo(_ context: CommandContext) throws {
    guard current.state.script.count > current.floor else { throw HistoryProblem.nothingToUndo }
    let previous: SessionState
    if let kept = current.past.popLast() {
      previous = kept
    } else {
      let script = Array(current.state.script.dropLast())
      previous = try Session.replayed(script, seed: seed, registry: registry, context).state
    }
    current.future.append(current.state)
    current.state = previous
  }

  /// Goes forward again by one statement that was undone.
  mutating func redo() throws(HistoryProblem) {
    guard let next = current.future.popLast() else { throw .nothingToRedo }
    current.step(to: next)
  }

  /// Makes a branch that stands where the current one does, and goes on in it.
  mutating func fork(_ name: String) throws(HistoryProblem) {
    guard branch(named: name) == nil else { throw .branchExists(name) }
    var copy = current
    copy.parent = currentName
    branches.append((name, copy))
    currentIndex = branches.count - 1
  }

  /// Goes on in another branch.
  mutating func switchTo(_ name: String) throws(HistoryProblem) {
    guard let index = branches.firstIndex(where: { $0.name == name }) else {
      throw .noSuchBranch(name)
    }
    currentIndex = index
  }

  /// Gives this moment a name, for windows and for lessons that come back to it.
  mutating func mark(_ name: String, canonical: String) {
    var next = state
    next.world.mark(name)
    next.script.append(canonical)
    next.marked[name] = nil
    var remembered = next
    remembered.marked = [:]
    next.marked[name] = remembered
    current.advance(to: next)
  }

  /// Goes to another state in a way that can be undone: a try that is given back, say.
  package mutating func restore(_ state: SessionState) { current.advance(to: state) }

  /// Makes what stands now the scene that undo does not go behind.
  package mutating func setFloor() {
    current.floor = current.state.script.count
    current.past.removeAll()
    current.future.removeAll()
  }

  /// The session that a script leads to.
  /// - Throws: `Diagnostic` if a statement of it fails, `Cancelled`.
  package static func replayed(
    _ script: [String], seed: UInt64, registry: Registry, _ context: CommandContext
  ) throws -> Session {
    var session = Session(registry: registry, seed: seed)
    let source = Source(name: "log", text: script.joined(separator: "\n"))
    for report in try session.run(source, context) where report.isError {
      throw report.diagnostics[0]
    }
    return session
  }
}
