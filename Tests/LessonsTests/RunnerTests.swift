import CommandLanguage
import Commands
import Lessons
import Testing

@Suite("Playing a lesson")
struct RunnerTests {
  @Test("The fixture has no problems")
  func fixtureIsClean() {
    #expect(Fixture.parsed().diagnostics.map(\.message) == [])
  }

  @Test("The right way through reaches the end")
  func rightWay() throws {
    var player = try Player()
    #expect(player.runner.waiting == .prediction)
    #expect(player.text.contains("PREDICT: How many people"))
    try player.type("300")
    #expect(player.runner.waiting == .choice(isAgain: false))
    try player.type("b")
    #expect(player.runner.waiting == .task)
    try player.type("buy server", "run 1 h")
    #expect(player.text.contains("PASS"))
    try player.type("", "when busy")
    #expect(player.runner.waiting == .over)
    #expect(player.runner.problems.map(\.message) == [])
  }
}
