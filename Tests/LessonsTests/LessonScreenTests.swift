import CommandLanguage
import Foundation
import Lessons
import Rendering
import Testing

/// The words of every lesson of the course, as they stand in the files.
@Suite struct LessonScreenTests {
  private static let lessons: [Lesson] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "lessons")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.sorted().filter { $0.hasSuffix(".md") }.compactMap { name in
      (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map {
        LessonParser.parse(Source(name: name, text: $0)).lesson
      }
    }
  }()

  @Test func thereAreLessons() { #expect(!Self.lessons.isEmpty) }

  @Test(arguments: [40, 60, 80, 120], [false, true])
  func noProseOfALessonIsWiderThanTheScreen(width: Int, isAscii: Bool) {
    let renderer = TextRenderer(style: TextStyle(width: width, isAscii: isAscii))
    for lesson in Self.lessons {
      for case .prose(let prose) in lesson.parts {
        let text = renderer.text(markdown: lesson.source.text(prose.range))
        for line in text.split(separator: "\n") {
          #expect(line.displayWidth <= width, "\(lesson.id): \(line)")
        }
        #expect(!isAscii || text.utf8.allSatisfy { $0 < 128 }, "\(lesson.id)")
        #expect(!text.contains("**"), "\(lesson.id): emphasis that is not read as such")
      }
    }
  }
}
