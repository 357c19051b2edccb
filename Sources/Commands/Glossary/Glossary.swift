import CommandLanguage

/// The words of the trade, each in a sentence or two: what `?WORD` answers where the word is neither a
/// command nor a fact.
///
/// Every concept of the course's map is here, under the name that the map has for it.
package enum Glossary {
  /// A term.
  package struct Term: Hashable, Sendable {
    /// Its name, with `-` between words.
    package let name: String
    /// What it means.
    package let meaning: String
    /// What people call it too.
    package let aliases: [String]
    /// The commands and facts in which it shows.
    package let shownBy: [String]

    init(_ name: String, _ meaning: String, aliases: [String] = [], shownBy: [String] = []) {
      self.name = name
      self.meaning = meaning
      self.aliases = aliases
      self.shownBy = shownBy
    }
  }

  /// All terms, sorted by name.
  package static let terms =
    (machineTerms + serviceTerms + roomTerms + cloudTerms + operatorTerms + customerTerms
    + modelTerms)
    .sorted { $0.name < $1.name }

  /// The term of a name or of another name for it, whatever its case, or nil.
  package static func term(_ word: String) -> Term? {
    let wanted = word.lowercased()
    return terms.first { $0.name == wanted || $0.aliases.contains { $0.lowercased() == wanted } }
  }

  /// Every name that has an answer.
  package static var names: [String] { terms.flatMap { [$0.name] + $0.aliases } }
}
