import CommandLanguage

/// What a proof found out, claim by claim.
package struct ProofReport: Sendable {
  /// What became of a claim.
  package enum Outcome: Hashable, Sendable {
    /// It holds.
    case passed
    /// It does not, and why.
    case failed(String)
    /// It could not be tried, and why.
    case notRun(String)
  }

  /// One claim about a lesson.
  package struct Result: Sendable {
    /// The lesson.
    package var lesson: String
    /// The step, or nil for the lesson as a whole.
    package var step: String?
    /// The claim, as a sentence.
    package var claim: String
    /// What became of it.
    package var outcome: Outcome
    /// The place in the file.
    package var span: SourceSpan?

    /// Lesson, step and claim in one line.
    package var title: String {
      ([lesson] + [step].compactMap { $0 } + [claim]).joined(separator: " · ")
    }
  }

  /// The claims in the order of the lessons.
  package var results: [Result] = []

  /// The claims that do not hold.
  package var failures: [Result] {
    results.filter { if case .failed = $0.outcome { true } else { false } }
  }
}
