/// The language models of a session, by name, and what was said with them.
///
/// Beside the simulated world, because weights depend on the processor's instruction set: the list holds the
/// hash of each model's bytes, never the bytes.
package struct ModelList: Hashable, Sendable, Codable {
  /// A model.
  package struct Entry: Hashable, Sendable, Codable {
    /// What it is called.
    package var name: String
    /// The hash of its bytes.
    package var digest: String
    /// How many learned numbers it has.
    package var parameters: Int
    /// How many steps it was trained for.
    package var steps: Int
    /// Where it comes from.
    package var origin: Origin
  }

  /// Where a model comes from.
  package enum Origin: Hashable, Sendable, Codable {
    /// It was trained on so many conversations of the shop.
    case conversations(Int)
    /// It was trained on a text.
    case text(path: String)
    /// It was read from a file.
    case file(path: String)

    /// Whether it learned from conversations of the shop.
    package var isConversations: Bool {
      if case .conversations = self { true } else { false }
    }
  }

  /// A question, and what a model answered.
  package struct Turn: Hashable, Sendable, Codable {
    package var question: String
    package var answer: String
  }

  /// The models, in the order of their making.
  package private(set) var entries: [Entry] = []
  /// The one in use; nil for none.
  package private(set) var inUse: String?
  /// What was said with it so far.
  package private(set) var talk: [Turn] = []

  /// No models.
  package init() {}

  /// The model of a name, or the one in use.
  package func entry(_ name: String?) -> Entry? {
    (name ?? inUse).flatMap { name in entries.first { $0.name == name } }
  }

  /// Adds a model or puts it in the place of the one of its name, and uses it.
  package mutating func add(_ entry: Entry) {
    entries.removeAll { $0.name == entry.name }
    entries.append(entry)
    use(entry.name)
  }

  /// Takes a model for what is said from now on; the talk begins anew.
  package mutating func use(_ name: String) {
    inUse = name
    talk = []
  }

  /// Takes a model away.
  package mutating func remove(_ name: String) {
    entries.removeAll { $0.name == name }
    if inUse == name {
      inUse = entries.last?.name
      talk = []
    }
  }

  /// Writes down what was said.
  package mutating func say(_ turn: Turn) { talk.append(turn) }
}
