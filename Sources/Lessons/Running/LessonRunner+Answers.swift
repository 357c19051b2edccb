import CommandLanguage
import Commands
import Quantities
import Reports

// MARK: - Predictions

extension LessonRunner {
  /// Takes a number for the present prediction; false if the text is none.
  mutating func takePrediction(
    _ text: String, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) -> Bool {
    guard let step = lesson.step(at: position), case .predict(let prediction) = step.kind,
      let guess = prediction.guess(text)
    else { return false }
    if let problem = dimensionProblem(guess, prediction.unit) {
      show(.notice(problem))
      return true
    }
    let name = lesson.name(ofStepAt: position)
    progress.guesses.removeAll { $0.step == name && $0.side == nil }
    if !progress.guesses.contains(where: { $0.step == name }) {
      progress.guesses.append(.init(step: name, value: guess.value))
    }
    pending.append(.init(step: name, guess: guess.value))
    let isRevealedLater = revealIsAhead(of: position) || !hasAnswer(prediction)
    if isRevealedLater { show(.notice("Noted: \(valueText(guess, prediction.unit)). Let us see.")) }
    if !isRevealedLater { settle(isLast: false, show: show) }
    follow(step, ending: nil, show: show)
    try advance(context, show: show)
    return true
  }

  private func valueText(_ guess: Quantity, _ unit: Unit) -> String {
    FactValue.quantity(guess, unit).text
  }

  private func dimensionProblem(_ guess: Quantity, _ unit: Unit) -> String? {
    guard guess.dimension != unit.dimension else { return nil }
    return "That is \(withArticle(guess.dimension.name)); the question asks for "
      + "\(withArticle(unit.dimension.name))\(unit.symbol.isEmpty ? "" : " in \(unit.symbol)")."
  }

  private func hasAnswer(_ prediction: Prediction) -> Bool {
    do {
      if case .value = try evaluator(session.state).evaluate(prediction.answer.expression) {
        return true
      }
    } catch {
      return true
    }
    return false
  }

  /// Reveals what can be told by now; at the end of the lesson, what cannot is the lesson's mistake.
  mutating func settle(isLast: Bool, show: (LessonOutput) -> Void) {
    let waiting = pending
    pending = []
    for item in waiting {
      guard let step = lesson.index(ofName: item.step).flatMap(lesson.step) else { continue }
      switch step.kind {
      case .predict(let prediction):
        if !reveal(prediction, item, isLast: isLast, show: show) { pending.append(item) }
      case .choice(let choice):
        if let option = item.option { reply(choice, option, show: show) }
      default: continue
      }
    }
  }

  /// Reveals one prediction; false if that has to wait.
  private mutating func reveal(
    _ prediction: Prediction, _ item: LessonProgress.Pending, isLast: Bool,
    show: (LessonOutput) -> Void
  ) -> Bool {
    let name = item.step
    guard let index = progress.guesses.firstIndex(where: { $0.step == name }) else { return true }
    let answer: FactValue
    do {
      switch try evaluator(session.state).evaluate(prediction.answer.expression) {
      case .value(let value): answer = value
      case .notYet(let reason):
        if isLast { fault(unanswered(prediction, reason), show: show) }
        return false
      }
    } catch {
      fault(error, show: show)
      return true
    }
    guard case .quantity(let quantity, let unit) = answer else {
      fault(unanswered(prediction, "it is \(answer.text)"), show: show)
      return true
    }
    let guess = item.guess ?? progress.guesses[index].value
    let (side, score) = prediction.tolerance.grade(guess, against: quantity.value)
    if progress.guesses[index].side == nil {
      progress.guesses[index].side = side
      progress.guesses[index].score = score
    }
    progress.note(name, side == .right ? .earned : .answered)
    let template =
      switch side {
      case .low: prediction.low
      case .right: prediction.right
      case .high: prediction.high
      }
    let words = fill(template, session.state, ["answer": answer], show: show)
    let count = progress.guesses.count { $0.side != nil }
    show(
      .revealed(
        Revelation(
          guess: .quantity(Quantity(guess, quantity.dimension), unit), answer: answer, side: side,
          reply: words, calibration: count > 1 ? progress.calibration : nil)))
    return true
  }

  private func unanswered(_ prediction: Prediction, _ reason: String) -> Diagnostic {
    Diagnostic(
      "no-answer", "The answer of this prediction has no value: \(reason).",
      at: lesson.source.span(prediction.answer.range))
  }
}

extension Prediction {
  /// The number that somebody typed, a bare one in the prediction's unit; nil if it is none.
  package func guess(_ text: String) -> Quantity? {
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first, words.count <= 2, let reading = NumberText.read(first) else {
      return nil
    }
    switch reading {
    case .quantity(let quantity): return words.count == 1 ? quantity : nil
    case .period: return nil
    case .plain(let number):
      guard words.count == 2 else { return Quantity(number, unit: unit) }
      if case .quantity(let quantity)? = NumberText.read(number, unit: words[1]) { return quantity }
      return nil
    }
  }
}

// MARK: - Choices

extension LessonRunner {
  /// Takes a letter, a number or the words of an option; false if the text is none.
  mutating func takeChoice(
    _ text: String, isAgain: Bool, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) -> Bool {
    guard let step = lesson.step(at: position), case .choice(let choice) = step.kind,
      let index = choice.index(of: text)
    else { return false }
    let isRight = choice.options[index].isRight
    progress.note(lesson.name(ofStepAt: position), isRight ? .earned : .answered)
    let hasEnding = choice.onPass != nil || choice.onFail != nil || !step.branches.isEmpty
    if runFollows(position), !hasEnding {
      pending.append(.init(step: lesson.name(ofStepAt: position), option: index))
      show(.notice("Noted: \(Choice.letter(index)). Let us see."))
    } else {
      reply(choice, index, show: show)
      if !isRight, choice.onFail == nil {
        waiting = .choice(isAgain: true)
        show(.notice("Choose again, or press Enter to go on."))
        return true
      }
    }
    let ending = isRight ? choice.onPass : choice.onFail
    say(ending, session.state, show: show)
    follow(step, ending: ending, show: show)
    try advance(context, show: show)
    return true
  }

  mutating func reply(_ choice: Choice, _ index: Int, show: (LessonOutput) -> Void) {
    let option = choice.options[index]
    let words = option.reply.map { fill($0, session.state, show: show) } ?? ""
    show(.reply(isRight: option.isRight, words))
  }

  /// Says what an ending says.
  mutating func say(_ ending: Ending?, _ state: SessionState, show: (LessonOutput) -> Void) {
    guard let words = ending?.say else { return }
    show(.prose([ProseText(kind: .paragraph, text: fill(words, state, show: show))]))
  }

  // MARK: - Thoughts

  /// Takes a line of thought, and shows what a good one looks like.
  mutating func takeReflection(
    _ text: String, _ context: CommandContext, show: (LessonOutput) -> Void
  ) throws(Cancelled) {
    guard let step = lesson.step(at: position), case .reflect(let reflection) = step.kind else {
      return
    }
    progress.note(lesson.name(ofStepAt: position), .earned)
    show(.model(fill(reflection.model, session.state, show: show)))
    follow(step, ending: nil, show: show)
    try advance(context, show: show)
  }
}

extension Choice {
  /// The letter of an option by its index.
  package static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(97 + min(index, 25))))
  }

  /// The option that a letter, a number from 1 or its own words name, or nil.
  package func index(of text: String) -> Int? {
    let words = text.lowercased()
    if words.count == 1, let byte = words.utf8.first, (97...122).contains(byte) {
      let index = Int(byte) - 97
      return options.indices.contains(index) ? index : nil
    }
    if let number = Int(words) {
      return options.indices.contains(number - 1) ? number - 1 : nil
    }
    return options.firstIndex { $0.text.words().lowercased() == words }
  }
}
