import Quantities
import Reports
import WorldModel

/// The names of things that exist now, for completion.
///
/// They are found when somebody asks for them, which may take reading files.
package struct NamesInUse {
  private var sources: [String: () -> [Completer.Candidate]] = [:]

  /// No names at all.
  package init() {}

  /// The names of one kind of thing, by the word that parameters use for it: `branch`.
  ///
  /// `Parameter.Kind.name` says which words there are.
  package subscript(kind: String) -> [Completer.Candidate] { sources[kind]?() ?? [] }

  /// Says where the names of one kind of thing come from.
  package mutating func provide(_ kind: String, _ names: @escaping () -> [Completer.Candidate]) {
    sources[kind] = names
  }
}

extension Session {
  /// The names of this session: its branches, the marks of its world, its days.
  package var namesInUse: NamesInUse {
    var names = NamesInUse()
    names.provide("branch") {
      branches.map { name, branch in
        let place = name == currentName ? "you are here, at" : "stands at"
        return .init(name, "\(place) \(branch.state.world.now)")
      }
    }
    let world = state.world
    names.provide("mark") { world.marks.map { .init($0.name, "\($0.moment)") } }
    names.provide("day") {
      [
        .init("\(world.now.date)", "today"),
        .init("\((world.now - .days(1)).date)", "yesterday"),
      ]
    }
    return names
  }
}

extension Catalog {
  /// What each server is, for completion.
  static var serverMeanings: [String: String] {
    Dictionary(
      uniqueKeysWithValues: servers.map {
        ($0.id, "\($0.summary), \(FactValue.money($0.price).text)")
      })
  }

  /// What each line carries and costs, for completion.
  static var uplinkMeanings: [String: String] {
    Dictionary(
      uniqueKeysWithValues: uplinks.map { line in
        let rate = FactValue.quantity(Quantity(line.rate), .megabitPerSecond).text
        return (line.id, "\(rate), \(FactValue.money(line.monthly).text) a month")
      })
  }
}
