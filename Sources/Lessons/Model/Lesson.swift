import CommandLanguage

/// A lesson as its file says it: front matter, then prose and steps in the order of the file.
///
/// Everything keeps its range in the source, so that whatever is found wrong with it later has a
/// file, a line and a column.
package struct Lesson: Sendable {
  /// The file.
  package var source: Source
  /// What the file says about itself.
  package var frontMatter: FrontMatter
  /// Prose and steps in order.
  package var parts: [Part]

  /// A piece of a lesson.
  package enum Part: Sendable {
    /// Words to read.
    case prose(Prose)
    /// Something that happens, or something to do.
    case step(Step)
  }

  /// The lesson's name.
  package var id: String { frontMatter.id.text }

  /// Its prose, a line for each block.
  package var words: String {
    parts.map { part in
      guard case .prose(let prose) = part else { return "" }
      return prose.blocks.map { $0.text.words() + "\n" }.joined()
    }.joined()
  }

  /// The steps in order, each with its index among the parts.
  package var steps: [(index: Int, step: Step)] {
    parts.enumerated().compactMap { index, part in
      if case .step(let step) = part { (index, step) } else { nil }
    }
  }

  /// The step at an index of the parts, or nil if there is prose.
  package func step(at index: Int) -> Step? {
    if case .step(let step)? = parts.indices.contains(index) ? parts[index] : nil { return step }
    return nil
  }

  /// The index among the parts of the step with an id, or nil.
  package func index(of id: String) -> Int? { steps.first { $0.step.id?.text == id }?.index }

  /// The index among the parts of the step that `name(ofStepAt:)` calls so, or nil.
  package func index(ofName name: String) -> Int? {
    steps.first { self.name(ofStepAt: $0.index) == name }?.index
  }

  /// Where a way from one part to the step with an id comes down: at the prose and the setup that lead
  /// up to the step, so that a branch skips other steps and never the introduction of its target.
  package func landing(of id: String, from: Int) -> Int? {
    guard var index = index(of: id) else { return nil }
    while index - 1 > from, leadsUp(index - 1) { index -= 1 }
    return index
  }

  private func leadsUp(_ index: Int) -> Bool {
    guard case .step(let step) = parts[index] else { return true }
    switch step.kind {
    case .setup, .note: return true
    case .run, .predict, .choice, .task, .reflect: return false
    }
  }

  /// What a step is called in progress and in reports: its id, or its place in the file.
  package func name(ofStepAt index: Int) -> String {
    guard let step = step(at: index) else { return "part-\(index + 1)" }
    if let id = step.id { return id.text }
    let line = source.span(step.range).line
    return "\(step.kindName)-at-line-\(line)"
  }
}

/// A word of a lesson's file, with its place.
package struct Name: Hashable, Sendable {
  /// The word.
  package var text: String
  /// Where it stands.
  package var range: Range<Int>
}

/// What a lesson's file says about itself.
package struct FrontMatter: Sendable {
  /// Whether a step may be skipped.
  package enum SkipPolicy: String, Sendable, CaseIterable {
    case always
    case afterHints = "after-hints"
    case never
  }

  /// Where the random numbers come from.
  package enum Seed: Hashable, Sendable {
    /// The same for everybody.
    case number(UInt64)
    /// Each student's own.
    case student
  }

  /// Where it stands, fences included.
  package var range: Range<Int>
  /// The lesson's name.
  package var id: Name
  /// The title.
  package var title: Name
  /// What it is about, in one line.
  package var summary: Name
  /// The lessons that come before.
  package var needs: [Name] = []
  /// The catalogs of things that can be bought beside the program's own, relative to the course's folder.
  package var catalogs: [Name] = []
  /// The script that sets the scene, relative to the course's folder.
  package var start: Name?
  /// Where the random numbers come from.
  package var seed: Seed = .number(1)
  /// How long it takes.
  package var minutes = 0
  /// The most events that it may simulate.
  package var budget = FrontMatter.budgetDefault
  /// Where the budget stands, if it is given.
  package var budgetRange: Range<Int>?
  /// Whether a step may be skipped.
  package var skip = SkipPolicy.afterHints
  /// Concepts that appear for the first time.
  package var introduces: [Name] = []
  /// Concepts that are asked for again.
  package var retrieves: [Name] = []

  /// `Chosen:` about ten seconds of a learner's patience.
  package static let budgetDefault = 3_000_000
}

/// Words to read.
package struct Prose: Sendable {
  /// A heading, a paragraph, an item or a line of code.
  package struct Block: Sendable {
    /// What it is.
    package var kind: Kind
    /// The words.
    package var text: Template

    /// What a block of prose is.
    package enum Kind: Hashable, Sendable {
      /// A heading of a level from 1.
      case heading(Int)
      /// Words, wrapped to the width.
      case paragraph
      /// An item of a list, with what stands before it: `-`, `1.`.
      case item(String)
      /// A line that stands as it is.
      case code
    }
  }

  /// The blocks in order.
  package var blocks: [Block]
  /// Where it stands.
  package var range: Range<Int>
}

/// Something that happens, or something to do.
package struct Step: Sendable {
  /// What kind of step it is.
  package enum Kind: Sendable {
    /// Statements that are shown and run.
    case run(Statements)
    /// Statements that are run and not shown.
    case setup(Statements)
    /// A number to foretell.
    case predict(Prediction)
    /// One of several answers.
    case choice(Choice)
    /// A goal to reach.
    case task(LessonTask)
    /// A thought to write down.
    case reflect(Reflection)
    /// For whoever teaches it.
    case note(Range<Int>)
  }

  /// What a step needs that a machine may not have.
  package enum Need: String, Sendable, CaseIterable {
    case model, measurement, network
  }

  /// The name, or nil if it has none.
  package var id: Name?
  /// What kind of step it is.
  package var kind: Kind
  /// What it needs that a machine may not have.
  package var needs: [Need] = []
  /// Where to go afterwards: the first whose condition holds, or else the next part.
  package var branches: [Branch] = []
  /// Where its opening fence stands.
  package var range: Range<Int>

  /// The word after the fence.
  package var kindName: String {
    switch kind {
    case .run: "run"
    case .setup: "setup"
    case .predict: "predict"
    case .choice: "choice"
    case .task: "task"
    case .reflect: "reflect"
    case .note: "note"
    }
  }

  /// Whether the learner answers or types something.
  package var isAct: Bool {
    switch kind {
    case .predict, .choice, .task, .reflect: true
    case .run, .setup, .note: false
    }
  }
}

/// Where to go after a step.
package struct Branch: Sendable {
  /// The step to go to.
  package var target: Name
  /// The condition, or nil for always.
  package var condition: Expression?
  /// Where it stands.
  package var range: Range<Int>
}

/// Statements that stand in a lesson.
package struct Statements: Sendable {
  /// Where each of them stands.
  package var ranges: [Range<Int>]
  /// Where the whole stands.
  package var range: Range<Int>
}
