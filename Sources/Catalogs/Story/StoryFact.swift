import CommandLanguage
import StrictYAML

/// Something that the story tells of the world, with its day and where it is known from.
package struct StoryFact: Sendable {
  /// What it is called: `ec2-beta`.
  package let id: String
  /// When it was, as far as that is known.
  package let date: String
  /// What is told, in the course's own words.
  package let says: String
  /// Author, title and date, one after the other.
  package let sources: [String]

  /// All of them, in the order of the story.
  package static let all: [StoryFact] = {
    let (facts, diagnostics) = parse(
      Source(
        name: "story.yaml", text: String(decoding: PackageResources.story_yaml, as: UTF8.self)))
    precondition(diagnostics.isEmpty, "the story's facts: \(diagnostics)")
    return facts
  }()

  /// The facts of a file, and all that is wrong with it.
  static func parse(_ source: Source) -> (facts: [StoryFact], diagnostics: [Diagnostic]) {
    var reader = YAMLReader(source: source)
    var facts: [StoryFact] = []
    for node in reader.list() {
      reader.check(node, keys: ["id", "date", "says", "sources"])
      let sources = reader.list("sources", of: node)
      if sources.isEmpty {
        reader.report("missing-source", "This says not where it is known from.", node)
      }
      let texts = sources.compactMap { reader.text(of: $0) }
      for (place, text) in zip(sources, texts) where !text.contains(#/\b(19|20)\d\d\b|Wikipedia/#) {
        reader.report("bad-source", "A source has a year, and this has none: '\(text)'.", place)
      }
      guard let id = reader.text("id", of: node), let date = reader.text("date", of: node),
        let says = reader.text("says", of: node)
      else { continue }
      facts.append(StoryFact(id: id, date: date, says: says, sources: texts))
    }
    return (facts, reader.diagnostics)
  }
}
