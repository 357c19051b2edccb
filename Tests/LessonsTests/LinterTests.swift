import CommandLanguage
import Commands
import Lessons
import Testing

/// Files of a course that live in memory.
struct MemoryFiles: CourseFiles {
  var files: [String: String] = ["scenarios/morning.room": Fixture.scene]

  func read(_ path: String) throws(HostError) -> [UInt8] {
    guard let text = files[path] else { throw .failed("no such file") }
    return Array(text.utf8)
  }
}

@Suite("lesson lint")
struct LinterTests {
  static func lint(_ text: String, files: MemoryFiles = MemoryFiles()) -> [Diagnostic] {
    LessonLinter(files: files).lint([Source(name: "lessons/first-hours.md", text: text)])
  }

  /// `line:column code` of each.
  static func places(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.span?.line ?? 0):\($0.span?.column ?? 0) \($0.code)" }
  }

  @Test("A good lesson has no errors")
  func good() {
    let found = Self.lint(Fixture.lesson)
    #expect(Self.places(found.filter { $0.severity == .error }) == [])
  }

  @Test("Ten planted mistakes are all reported at their places in one go")
  func tenMistakes() {
    let found = Self.lint(Mistakes.ten)
    #expect(Self.places(found.filter { $0.severity == .error }) == Mistakes.places)
  }
}

enum Mistakes {
  /// More than ten mistakes of as many kinds.
  static let ten = """
    ---
    format: 1
    id: first-hours
    title: The first hours
    sumary: One server, one morning
    minutes: 8
    start: scenarios/morning.room
    ---
    # The first hours

    This is simply a shop. {{shop.latency}} people came.

    ```run
    run 1 hours
    ```

    ```predict next-hour
    ask: How many people come between ten and eleven?
    answer: shop.visits
    naive: shop.revenue
    low: It was {{answer}}.
    high: It was {{answer}}.
    right: {{answer}}, as you said.
    ```

    ```choice which-limit
    ask: What is the limit? See `show shop`.
    - [ ] The line
    - [x] Nothing :: It was {{shop.bottleneck}}.
    go: nowhere when shop.lost > 0
    ```

    ```tsk later
    ```

    ```task two-servers
    goal: Serve an hour with two servers.
    check: servers.count >= 2 s
      else: There were {{value}}.
    hint: Look at `show shop`.
    solution: |
      buy sever
      run 1 h
    wrong: |
      run 1 h
      expect: there were 1
    """

  static let places = [
    "1:1 missing-key",  // summary, because it is misspelt
    "5:1 unknown-key",  // 1 sumary
    "11:9 banned-word",  // 2 simply
    "11:26 unknown-fact",  // 3 shop.latency
    "13:1 run-without-question",  // 4
    "14:7 unknown-unit",  // 5 hours
    "20:8 wrong-dimension",  // 6 money for a count
    "28:1 option-without-reply",  // 7
    "30:5 unknown-step",  // 8
    "33:4 unknown-directive",  // 9 tsk
    "36:1 unclosed-fence",  // 10
    "38:8 wrong-dimension",  // 11 a count and a time
    "42:3 untaught-verb",  // 12 nothing has shown 'buy'
    "42:7 unknown-thing",  // 13 sever
  ]
}
