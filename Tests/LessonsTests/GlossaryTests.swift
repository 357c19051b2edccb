import CommandLanguage
import Commands
import Foundation
import Lessons
import Testing

@Test func everyConceptOfTheCourseHasItsTermInTheGlossary() throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "lessons")
  let source = Source(
    name: "concepts.yaml",
    bytes: Array(try Data(contentsOf: folder.appending(path: "concepts.yaml"))))
  let (map, _) = ConceptMap.parse(source)
  #expect(map.concepts.count > 40)
  #expect(map.concepts.map(\.name).filter { Glossary.term($0) == nil } == [])
}
