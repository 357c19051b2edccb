import CommandLanguage
import Quantities
import Reports

/// Something that a lesson shows.
///
/// It says what, never how wide or in which colour.
package enum LessonOutput: Sendable {
  /// The lesson begins: title, minutes, how many questions and tasks it has.
  case title(String, minutes: Int, acts: Int)
  /// Words to read, filled from the world, as Markdown within a block.
  case prose([ProseText])
  /// A statement that the lesson runs.
  case statement(String)
  /// What a statement found out.
  case report(Report)
  /// A number is asked for, in a unit or without one.
  case predict(ask: String, unit: Unit)
  /// A choice is asked for; the options in order, from `a`.
  case choice(ask: String, options: [String])
  /// A goal is set.
  case task(goal: String)
  /// A thought is asked for.
  case reflect(ask: String)
  /// What a good thought looks like.
  case model(String)
  /// A prediction against the truth.
  case revealed(Revelation)
  /// What is said to an answer.
  case reply(isRight: Bool, String)
  /// What became of a try.
  case verdict(TaskVerdict)
  /// A hint, its number from 1, and how many there are.
  case hint(String, number: Int, of: Int)
  /// Each check of the task with its value now.
  case checks([CheckLine])
  /// A word from the lesson itself: what was noted, what can be typed.
  case notice(String)
  /// A mistake of whoever wrote the lesson; it never counts against the learner.
  case authorError(Diagnostic)
  /// The lesson is over.
  case finished(Summary)
}

/// A block of prose with everything filled in.
package struct ProseText: Hashable, Sendable {
  /// What it is.
  package var kind: Prose.Block.Kind
  /// The words, with the Markdown of the file within the block.
  package var text: String
}

/// A prediction against the truth.
package struct Revelation: Hashable, Sendable {
  /// On which side of the truth the guess was.
  package enum Side: String, Hashable, Sendable, Codable {
    case low, right, high
  }

  /// What was guessed.
  package var guess: FactValue
  /// What it was.
  package var answer: FactValue
  /// On which side the guess was.
  package var side: Side
  /// The lesson's reply.
  package var reply: String
  /// How the predictions have gone so far; nil while there is one only.
  package var calibration: String?
}

/// What became of a try.
package enum TaskVerdict: Hashable, Sendable {
  /// The goal is reached; what the lesson says to it.
  case pass(say: String?)
  /// It is not; the reasons with measured values, and whether the world was given back.
  case notYet(reasons: [String], isGivenBack: Bool, hintsLeft: Int)
}

/// One check of a task, in words.
package struct CheckLine: Hashable, Sendable {
  /// The condition.
  package var condition: String
  /// Whether it holds now; nil if that cannot be told yet.
  package var holds: Bool?
  /// The value now, or why there is none.
  package var value: String?
}

/// How a lesson went.
package struct Summary: Hashable, Sendable {
  /// The lesson's title.
  package var title: String
  /// Tasks and choices that were done without being shown.
  package var earned: Int
  /// Steps whose solution was shown.
  package var shown: Int
  /// How the predictions went, or nil if there were none.
  package var calibration: String?
}
