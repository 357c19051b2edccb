import CommandLanguage
import Testing

@testable import Catalogs

@Suite("What the story tells")
struct StoryFactTests {
  @Test("has a name of its own, a day and a source with a year")
  func complete() {
    #expect(StoryFact.all.count > 10)
    #expect(Set(StoryFact.all.map(\.id)).count == StoryFact.all.count)
    // Both sides of the dispute are there.
    #expect(StoryFact.all.contains { $0.id == "aws-origin-for" })
    #expect(StoryFact.all.contains { $0.id == "aws-origin-against" })
  }

  @Test(
    "is refused without a source, and without a year in it",
    arguments: [
      ("- id: a\n  date: 2006\n  says: b\n  sources: []\n", "missing-source"),
      ("- id: a\n  date: 2006\n  says: b\n  sources:\n    - somebody said so\n", "bad-source"),
      ("- id: a\n  date: 2006\n  sources:\n    - c, 2006\n", "missing-key"),
      ("- id: a\n  date: 2006\n  says: b\n  why: c\n  sources:\n    - c, 2006\n", "unknown-key"),
    ])
  func mistakes(text: String, code: String) {
    let found = StoryFact.parse(Source(text: text)).diagnostics
    #expect(found.contains { $0.code == code }, "\(found.map(\.code))")
  }
}
