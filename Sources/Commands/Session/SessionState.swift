import Reports
import WorldModel

/// What a session stands at: the world, what experiments last reported, and how it came to this.
package struct SessionState: Sendable, Codable {
  /// The simulated world.
  package var world: World
  /// What the latest report of each subject found that is no part of the world, such as `queue`.
  package var findings: [String: Findings] = [:]
  /// The language models, which are computed and no part of the simulated world.
  package var models = ModelList()
  /// The statements, in canonical form, that lead here from the start.
  package var script: [String] = []
  /// The state at each mark.
  package var marked: [String: SessionState] = [:]

  /// The state of a world in which nothing has happened yet.
  package init(world: World) { self.world = world }
}

/// One line of history with its way back and forth.
package struct Branch: Sendable, Codable {
  /// How many states are kept for undo.
  ///
  /// `Chosen:` more than anybody steps back by hand; older states are reached by replaying the
  /// script.
  package static let pastLengthMax = 64

  /// Where the branch stands.
  package internal(set) var state: SessionState
  /// The states before, latest last; a bounded window on them.
  var past: [SessionState] = []
  /// The states that were undone, latest last.
  var future: [SessionState] = []
  /// The branch that it was forked from.
  package internal(set) var parent: String?
  /// How many statements of the script cannot be undone, because they set the scene of a lesson.
  package var floor = 0

  /// A branch at a state.
  init(state: SessionState, parent: String? = nil) {
    self.state = state
    self.parent = parent
  }

  /// Goes on to a new state.
  mutating func advance(to next: SessionState) {
    future.removeAll()
    step(to: next)
  }

  /// Goes to a later state, and keeps the way back.
  mutating func step(to next: SessionState) {
    past.append(state)
    if past.count > Branch.pastLengthMax { past.removeFirst() }
    state = next
  }
}
