import Quantities
import Reports

/// How far a lesson has come: what is saved, and what a later session goes on from.
///
/// The world is not in it: the script that led to it is, and replays to the same world.
package struct LessonProgress: Codable, Hashable, Sendable {
  /// A prediction with its guess in base units.
  package struct Guess: Codable, Hashable, Sendable {
    /// The step's name.
    package var step: String
    /// The guess in base units of the answer's dimension.
    package var value: Double
    /// On which side of the truth it was; nil while the truth is not out.
    package var side: Revelation.Side?
    /// The score from 0 to 1; nil while the truth is not out.
    package var score: Double?
  }

  /// What became of a step.
  package enum Mark: String, Codable, Hashable, Sendable {
    /// Done by the learner.
    case earned
    /// Answered, and not rightly at first.
    case answered
    /// Skipped, its solution shown.
    case shown
    /// Left out, as this machine lacks what it needs.
    case notRun
  }

  /// What became of one step.
  package struct Outcome: Codable, Hashable, Sendable {
    /// The step's name.
    package var step: String
    /// What became of it.
    package var mark: Mark
  }

  /// A step where the learner was asked, and the script that led there.
  package struct Stop: Codable, Hashable, Sendable {
    /// The step's name.
    package var step: String
    /// The statements that lead to the world there.
    package var script: [String]
    /// Predictions and choices that wait for a run.
    package var pending: [Pending]
    /// Whether its task is done, and Enter goes on.
    package var isDone = false
  }

  /// An answer that waits for the run that reveals it.
  package struct Pending: Codable, Hashable, Sendable {
    /// The step's name.
    package var step: String
    /// The index of the option chosen, for a choice.
    package var option: Int?
    /// The guess in base units, for a prediction.
    package var guess: Double?
  }

  /// A mark and the script that led to it.
  package struct MarkScript: Codable, Hashable, Sendable {
    /// The mark.
    package var name: String
    /// The statements that lead to it, itself included.
    package var script: [String]
  }

  /// The lesson.
  package var lesson: String
  /// The seed of its world.
  package var seed: UInt64
  /// The steps where the learner was asked, the present one last.
  package var stops: [Stop] = []
  /// The marks that tasks may start from.
  package var marks: [MarkScript] = []
  /// What became of the steps.
  package var outcomes: [Outcome] = []
  /// The predictions in order.
  package var guesses: [Guess] = []
  /// Whether the lesson is over.
  package var isOver = false

  /// No progress yet.
  package init(lesson: String, seed: UInt64) {
    self.lesson = lesson
    self.seed = seed
  }
}

extension LessonProgress {
  /// Notes what became of a step; the first time counts.
  mutating func note(_ step: String, _ mark: Mark) {
    guard !outcomes.contains(where: { $0.step == step }) else { return }
    outcomes.append(Outcome(step: step, mark: mark))
  }

  /// The predictions so far in one sentence; nil if none is out.
  package var calibration: String? {
    let sides = guesses.compactMap(\.side)
    guard !sides.isEmpty else { return nil }
    let right = sides.count { $0 == .right }
    let low = sides.count { $0 == .low }
    let high = sides.count - right - low
    let head = "Predictions so far: \(right) of \(sides.count) near enough"
    guard low + high > 0 else { return head + "." }
    let misses = [low > 0 ? "\(low) too low" : nil, high > 0 ? "\(high) too high" : nil]
    return head + ", " + misses.compactMap { $0 }.joined(separator: ", ") + "."
  }
}

extension Prediction.Tolerance {
  /// The side of a guess, and its score.
  ///
  /// `Chosen:` full marks within the tolerance, half within twice of it (a factor squared).
  package func grade(_ guess: Double, against answer: Double) -> (
    side: Revelation.Side, score: Double
  ) {
    if isWithin(guess, answer, times: 1) { return (.right, 1) }
    return (guess < answer ? .low : .high, isWithin(guess, answer, times: 2) ? 0.5 : 0)
  }

  private func isWithin(_ guess: Double, _ answer: Double, times: Int) -> Bool {
    switch self {
    case .share(let share):
      return (guess - answer).magnitude <= share * Double(times) * answer.magnitude
    case .factor(let factor):
      guard guess > 0, answer > 0 else { return guess == answer }
      let limit = times == 1 ? factor : factor * factor
      return guess <= answer * limit && answer <= guess * limit
    }
  }
}
