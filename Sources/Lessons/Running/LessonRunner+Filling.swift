import CommandLanguage
import Commands
import Reports

extension LessonRunner {
  /// Computes expressions of the lesson in a state.
  func evaluator(_ state: SessionState, _ variables: [String: FactValue] = [:]) -> Evaluator {
    Evaluator(
      catalog: session.registry.catalog, facts: WorldFacts(state), source: lesson.source,
      variables: variables)
  }

  /// The words with their expressions filled in from a state.
  ///
  /// An expression that is wrong is shown as the lesson's mistake. One without a value yet is noted
  /// among the problems only: a learner's own way may lead there.
  mutating func fill(
    _ template: Template, _ state: SessionState, _ variables: [String: FactValue] = [:],
    show: (LessonOutput) -> Void
  ) -> String {
    let evaluator = evaluator(state, variables)
    var wrong: [Diagnostic] = []
    var open: [Diagnostic] = []
    let text = template.filled { expression, range in
      do throws(Diagnostic) {
        switch try evaluator.evaluate(expression) {
        case .value(let value): return value.text
        case .notYet(let reason):
          open.append(
            Diagnostic(
              "no-value", "This has no value here: \(reason).", at: lesson.source.span(range),
              help: "Ask for it after the run that gives it one."))
          return "(no value yet)"
        }
      } catch {
        wrong.append(error)
        return "(no value)"
      }
    }
    problems += open
    for diagnostic in wrong { fault(diagnostic, show: show) }
    return text
  }
}
