import CommandLanguage
import Quantities
import Reports

extension OneLessonLinter {
  /// Every expression of the lesson against the declared facts.
  mutating func lintExpressions() {
    for (template, variables, _) in templates {
      var checker = checker(variables)
      for expression in template.expressions { _ = checker.kind(of: expression) }
      diagnostics += checker.diagnostics
      for expression in template.expressions { lintMarks(expression, before: .max) }
    }
    for (index, step) in lesson.steps {
      for branch in step.branches {
        guard let condition = branch.condition else { continue }
        requireCondition(condition)
      }
      switch step.kind {
      case .predict(let prediction):
        lint(prediction)
        lintSubjects(prediction, foretoldAt: index)
      case .task(let task):
        for check in task.checks {
          requireCondition(check.condition.expression)
          lintMarks(check.condition.expression, before: index + 1)
        }
      default: continue
      }
    }
  }

  private func checker(_ variables: Set<String> = []) -> ExpressionChecker {
    ExpressionChecker(catalog: registry.catalog, source: source, variables: variables)
  }

  private mutating func requireCondition(_ expression: Expression) {
    var checker = checker()
    checker.requireCondition(expression)
    diagnostics += checker.diagnostics
  }

  /// A prediction's answer and naive guess are numbers of the dimension of its unit.
  private mutating func lint(_ prediction: Prediction) {
    for formula in [prediction.answer, prediction.naive] {
      var checker = checker()
      let kind = checker.kind(of: formula.expression)
      diagnostics += checker.diagnostics
      lintMarks(formula.expression, before: .max)
      switch kind {
      case .unknown, .quantity(prediction.unit.dimension): continue
      case .quantity(let dimension):
        report(
          "wrong-dimension",
          "This is \(withArticle(dimension.name)), but the prediction asks for "
            + "\(withArticle(prediction.unit.dimension.name)).", formula.range,
          "'unit:' says what a bare number means.")
      case .text, .moment, .flag:
        report("not-a-number", "A prediction is about a number.", formula.range)
      }
    }
  }

  /// A fact such as `run.span` is of the latest `run`: where the step that reveals the answer has several,
  /// the guess is held against the last.
  private mutating func lintSubjects(_ prediction: Prediction, foretoldAt index: Int) {
    let revealing = lesson.steps.first { step in
      guard step.index > index, case .run = step.step.kind else { return false }
      return true
    }
    guard let revealing, case .run(let statements) = revealing.step.kind else { return }
    let verbs = statements.ranges.map { verb($0).text }
    for reference in prediction.answer.expression.facts {
      let subject = reference.key.split(separator: ".").first.map(String.init) ?? ""
      let count = verbs.count { $0 == subject }
      guard count > 1 else { continue }
      report(
        "which-run",
        "'\(reference.key)' will be of the last of \(count) '\(subject)' in the step that answers this.",
        reference.range, "Give that one a step of its own.", severity: .warning)
    }
  }

  /// Windows since a mark that a statement has made.
  private mutating func lintMarks(_ expression: Expression, before part: Int) {
    for reference in expression.facts {
      let name: String
      switch reference.window {
      case .since(.mark(let mark)), .at(.mark(let mark)): name = mark
      default: continue
      }
      guard !marks.contains(where: { $0.name == name && $0.part < part }) else { continue }
      report(
        "unknown-mark", "No statement before this makes the mark '\(name)'.", reference.range,
        NearMiss.question(for: name, among: marks.map(\.name))
          ?? "'mark \(name)' in a run or setup makes it.")
    }
  }
}
