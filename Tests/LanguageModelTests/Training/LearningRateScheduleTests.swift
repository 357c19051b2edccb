import LanguageModel
import Testing

/// Warm-up and cosine, by hand.
@Suite struct LearningRateScheduleTests {
  private let schedule = LearningRateSchedule(peak: 1, floor: 0.1, warmUp: 4, steps: 13)

  @Test func warmUpIsALine() {
    #expect((0..<4).map { schedule.rate(step: $0) } == [0.25, 0.5, 0.75, 1])
  }

  /// From step 4 to step 12 the share goes from 0 to 1; cos is 1, √½, 0, −√½, −1 at its quarters.
  @Test func theRestIsHalfACosine() {
    let root = 0.5.squareRoot()
    let expected = [
      (4, 1), (6, 0.55 + 0.45 * root), (8, 0.55), (10, 0.55 - 0.45 * root), (12, 0.1),
    ]
    for (step, rate) in expected { #expect(abs(schedule.rate(step: step) - rate) < 1e-12) }
  }

  @Test func itStaysAtTheFloor() { #expect(abs(schedule.rate(step: 40) - 0.1) < 1e-12) }
}
