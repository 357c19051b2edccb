import CommandLanguage
import Quantities

/// A number to foretell, before the run that reveals it.
package struct Prediction: Sendable {
  /// How near is near enough.
  package enum Tolerance: Hashable, Sendable {
    /// A share of the answer.
    case share(Double)
    /// So many times too much or too little.
    case factor(Double)
  }

  /// The question.
  package var ask: Template
  /// The unit of a bare number, `.none` for a plain one.
  package var unit: Unit
  /// The true answer.
  package var answer: Formula
  /// A newcomer's likely guess.
  package var naive: Formula
  /// How near earns full marks.
  package var tolerance = Prediction.toleranceDefault
  /// The reply to a guess below the answer.
  package var low: Template
  /// The reply to a guess above the answer.
  package var high: Template
  /// The reply to a guess near enough.
  package var right: Template

  /// `Chosen:` a quarter.
  package static let toleranceDefault = Tolerance.share(0.25)
}

/// An expression that stands in a lesson.
package struct Formula: Sendable {
  /// The expression.
  package var expression: Expression
  /// Where it stands.
  package var range: Range<Int>
}

/// One of several answers.
package struct Choice: Sendable {
  /// One answer.
  package struct Option: Sendable {
    /// Whether it is right.
    package var isRight: Bool
    /// The words.
    package var text: Template
    /// What is said to whoever chooses it.
    package var reply: Template?
    /// Where it stands.
    package var range: Range<Int>
  }

  /// The question.
  package var ask: Template
  /// The answers in order.
  package var options: [Option]
  /// What follows a right answer.
  package var onPass: Ending?
  /// What follows a wrong answer.
  package var onFail: Ending?
}

/// A goal to reach.
package struct LessonTask: Sendable {
  /// A condition on the world.
  package struct Check: Sendable {
    /// The condition.
    package var condition: Formula
    /// What is said if it does not hold.
    package var otherwise: Template?
  }

  /// A way that does not reach the goal.
  package struct Wrong: Sendable {
    /// What is tried.
    package var statements: Statements
    /// Words that must come back.
    package var expect: Name?
    /// Where it stands.
    package var range: Range<Int>
  }

  /// The mark that each try starts from, or nil for where the step began.
  package var from: Name?
  /// The goal.
  package var goal: Template
  /// The conditions, all of which must hold.
  package var checks: [Check]
  /// The hints in order.
  package var hints: [Template]
  /// A way that reaches the goal.
  package var solution: Statements?
  /// Ways that do not.
  package var wrongs: [Wrong]
  /// What follows when the goal is reached.
  package var onPass: Ending?
  /// What follows when it is given up.
  package var onFail: Ending?
}

/// What follows the end of a step.
package struct Ending: Sendable {
  /// The step to go to, or nil for the next.
  package var target: Name?
  /// What is said.
  package var say: Template?
  /// Where it stands.
  package var range: Range<Int>
}

/// A thought to write down, which nobody grades.
package struct Reflection: Sendable {
  /// The question.
  package var ask: Template
  /// A good answer, shown afterwards.
  package var model: Template
}
