import CommandLanguage
import Commands
import Lessons
import Testing

@Suite("lesson test")
struct ProofTests {
  static func prove(
    _ text: String = Fixture.lesson, _ change: (inout LessonProof.Options) -> Void = { _ in }
  ) throws -> ProofReport {
    var options = LessonProof.Options()
    change(&options)
    return try LessonProof(files: MemoryFiles(), options: options).prove(
      [Source(name: "lessons/first-hours.md", text: text)], Fixture.context)
  }

  @Test("A good lesson is proved in full")
  func good() throws {
    let report = try Self.prove { $0.mutates = true }
    print(ProofFormat.tap.text(report))
    #expect(report.failures.map(\.title) == [])
  }
}
