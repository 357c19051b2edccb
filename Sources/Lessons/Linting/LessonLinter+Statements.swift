import CommandLanguage
import Commands
import Reports

extension OneLessonLinter {
  /// Every statement of the lesson and of its scene, parsed and bound as it will be.
  mutating func lintStatements(scene: Source?) {
    if let scene {
      for range in Parser.statementRanges(in: scene, scene.all) { lint(scene, range, part: -1) }
    }
    for (index, step) in lesson.steps {
      switch step.kind {
      case .run(let statements), .setup(let statements):
        if statements.ranges.isEmpty {
          report("empty-block", "This \(step.kindName) has no statements.", step.range)
        }
        for range in statements.ranges { lint(source, range, part: index) }
      case .task(let task):
        let blocks = [task.solution].compactMap { $0 } + task.wrongs.map(\.statements)
        for range in blocks.flatMap(\.ranges) { lint(source, range, part: index) }
      case .predict, .choice, .reflect, .note: continue
      }
    }
  }

  private mutating func lint(_ source: Source, _ range: Range<Int>, part: Int) {
    do {
      let statement = try registry.parser.statement(in: source, range)
      if statement.verb == "probe" { probes = true }
      _ = try registry.bind(statement, goods: goods)
      if statement.verb == "mark", case .word(let name)? = statement.arguments.first?.value.kind {
        marks.append((name, part))
      }
    } catch let problem as Diagnostic {
      diagnostics.append(problem)
    } catch let problems as Diagnostics {
      // What a machine measures when the lesson is read is in the catalog from then on.
      diagnostics += problems.list.filter { !probes || $0.code != "not-probed" }
    } catch {
      preconditionFailure("an error of an unknown type: \(error)")
    }
  }

  // MARK: - Spans of code

  /// Spans of code that look like statements, as a learner would type them.
  ///
  /// A span with a gap (`…`), of one word, or of a word that is no verb is taken as it is.
  mutating func lintSpans() {
    for (template, _, _) in templates where !template.pieces.isEmpty {
      for span in spans(in: template.range) {
        let text = source.text(span)
        guard text.contains(" "), !text.contains("…"), !text.hasSuffix("="),
          registry.command(verb(span).text) != nil
        else { continue }
        let known = diagnostics.count
        lint(source, span, part: .max)
        for index in known..<diagnostics.count { diagnostics[index].severity = .warning }
      }
    }
  }

  private func spans(in range: Range<Int>) -> [Range<Int>] {
    let ticks = range.filter { source.bytes[$0] == UInt8(ascii: "`") }
    return stride(from: 0, to: ticks.count - 1, by: 2).map { ticks[$0] + 1..<ticks[$0 + 1] }
  }

  // MARK: - Verbs

  /// A task's solution uses only verbs that were shown before: in an earlier lesson, in a `run`, in a
  /// span of code, in a hint of the task.
  mutating func lintVerbs() {
    var known = taught
    for part in lesson.parts {
      switch part {
      case .prose(let prose): for block in prose.blocks { known.formUnion(verbs(in: block)) }
      case .step(let step):
        known.formUnion(verbs(shownBy: step))
        guard case .task(let task) = step.kind else { continue }
        for range in task.solution?.ranges ?? [] { requireTaught(range, known) }
        known.formUnion(verbs(task.solution?.ranges ?? []))
      }
    }
    taught = known
  }

  private mutating func requireTaught(_ range: Range<Int>, _ known: Set<String>) {
    let verb = verb(range)
    guard !known.contains(verb.text), registry.command(verb.text) != nil else { return }
    report(
      "untaught-verb", "The solution uses '\(verb.text)', which nothing before it has shown.",
      verb.range, "Show it in a run, in prose as `\(verb.text) …`, or in a hint.")
  }

  private func verbs(shownBy step: Step) -> Set<String> {
    switch step.kind {
    case .run(let statements): return verbs(statements.ranges)
    case .setup, .note: return []
    case .predict(let prediction):
      return verbs(in: [prediction.ask, prediction.low, prediction.high, prediction.right])
    case .choice(let choice):
      return verbs(
        in: [choice.ask] + choice.options.flatMap { [$0.text, $0.reply].compactMap { $0 } })
    case .task(let task):
      return verbs(in: [task.goal] + task.hints + task.checks.compactMap(\.otherwise))
    case .reflect(let reflection): return verbs(in: [reflection.ask, reflection.model])
    }
  }

  private func verbs(in block: Prose.Block) -> Set<String> {
    block.kind == .code ? [verb(block.text.range).text] : verbs(in: [block.text])
  }

  /// The first words of spans of code.
  private func verbs(in templates: [Template]) -> Set<String> {
    var verbs: Set<String> = []
    for template in templates {
      let pieces = template.words().split(separator: "`", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() where index % 2 == 1 {
        if let word = piece.split(separator: " ").first { verbs.insert(String(word)) }
      }
    }
    return verbs
  }

  private func verbs(_ ranges: [Range<Int>]) -> Set<String> { Set(ranges.map { verb($0).text }) }

  func verb(_ range: Range<Int>) -> Name {
    let end = range.first { Ascii.isBlank(source.bytes[$0]) } ?? range.upperBound
    return Name(text: source.text(range.lowerBound..<end), range: range.lowerBound..<end)
  }
}
