import CommandLanguage
import Lessons
import Rendering
import Testing

/// A course of three: the fixture's lesson, one that needs it, and one that needs a measurement.
@Suite struct CourseMapTests {
  private static func lesson(_ id: String, _ more: String = "") -> Lesson {
    LessonParser.parse(Source(name: "lessons/\(id).md", text: text(id, more))).lesson
  }

  private static func text(_ id: String, _ more: String) -> String {
    Fixture.lesson.replacing("id: first-hours", with: "id: \(id)\(more)")
  }

  private static let lessons = [
    lesson("first-hours"), lesson("second-day", "\nneeds: first-hours"),
    lesson("third-week", "\nneeds: second-day"),
  ]

  private static func text(
    _ progress: [LessonProgress?], last: String? = nil, width: Int = 80, isAscii: Bool = false
  ) -> String {
    let map = CourseMap(zip(lessons, progress).map { CourseMap.Stage($0, $1) }, last: last)
    return TextRenderer(style: TextStyle(width: width, isAscii: isAscii)).text(map.report)
  }

  private static var done: LessonProgress {
    var progress = LessonProgress(lesson: "first-hours", seed: 7)
    progress.isOver = true
    return progress
  }

  /// The fixture asks four times; whoever has answered once is asked the second time.
  private static func begun() throws -> LessonProgress {
    var player = try Player(text("second-day", "\nneeds: first-hours"))
    try player.type("800")
    return player.runner.progress
  }

  @Test func whoHasNotBegunIsAtTheFirstLesson() {
    let text = Self.text([nil, nil, nil])
    #expect(text.contains("0 of 3 done"))
    #expect(text.contains("→ 1 first-hours"))
    #expect(text.contains("you are here, open\n"))
    #expect(text.contains("open, needs first-hours\n"))
    // Three lessons of eight minutes.
    #expect(text.contains("'learn' begins first-hours"))
    #expect(text.contains("24 minutes are left"))
  }

  @Test func whoIsWithinALessonSeesTheStep() throws {
    let text = try Self.text([Self.done, Self.begun(), nil], last: "second-day")
    #expect(text.contains("1 of 3 done"))
    #expect(text.contains("● 1 first-hours") && text.contains("min  done\n"))
    #expect(text.contains("→ 2 second-day"))
    #expect(text.contains("you are here, step 2 of 4\n"))
    #expect(text.contains("○ 3 third-week") && text.contains("open, needs second-day\n"))
    #expect(text.contains("'learn' goes on with second-day") && text.contains("16 minutes"))
  }

  @Test func whoHasDoneAllIsNowhere() {
    let text = Self.text([Self.done, Self.done, Self.done])
    #expect(text.contains("3 of 3 done") && !text.contains("→") && !text.contains("needs"))
    #expect(text.contains("All is done."))
  }

  @Test(arguments: [40, 60, 80, 120])
  func theMapFitsEveryScreenAndSaysAllInASCII(width: Int) throws {
    let text = try Self.text(
      [Self.done, Self.begun(), nil], last: "second-day", width: width, isAscii: true)
    #expect(text.utf8.allSatisfy { $0 < 128 })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    for words in ["* 1 first-hours", "-> 2 second-day", "o 3 third-week", "done", "you are here"] {
      #expect(text.contains(words), "\(words)")
    }
  }
}
